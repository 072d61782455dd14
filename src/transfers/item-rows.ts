import type { Actor } from '../access/actor.ts'
import { sealOf } from '../archive/marks.ts'
import type { Translate } from '../i18n.ts'
import { dayText } from '../lib/days.ts'
import { knowsItem } from './known.ts'
import type { Transfer, TransferItem } from './queries.ts'
import { carrierFrom } from './rules.ts'

/** An item of the list as it is read: with what each of the three counted, and where that differs. */
export function itemRow(t: Translate, actor: Actor, transfer: Transfer, item: TransferItem) {
  const known = knowsItem(actor, transfer, item)
  const { n, secrecy, durable, certificate, attachment, checkedPages, takenPages } = item
  return {
    n,
    seal: sealOf(secrecy),
    number: item.item?.number ?? '',
    href: item.item ? `/archive/items/${item.item.number}` : null,
    attachment,
    certificate,
    known,
    durable,
    title: known ? item.title : t('transfers:item.hidden'),
    type: known ? t(`archive:type.${item.type}`) : '',
    part: known ? t(`archive:part.${item.part}`) : '',
    datedOn: known ? dayText(item.datedOn) : '',
    pages: known ? item.pages : '',
    copies: known ? item.copies : '',
    carrier: known ? t(`transfers:carrier.${carrierFrom(item)}`) : '',
    about: known && certificate ? [item.certKind, item.certNumber, item.certOwner].filter(Boolean).join(' · ') : '',
    checked: known ? countCell(t, item.pages, checkedPages) : null,
    taken: known ? countCell(t, item.pages, takenPages) : null,
  }
}
export type ItemRow = ReturnType<typeof itemRow>

function countCell(t: Translate, listed: number, counted: number | null) {
  if (counted === null) return null
  const differs = counted - listed
  return { counted, differs: differs === 0 ? '' : t('transfers:item.differs', { n: signed(differs) }) }
}

export const signed = (n: number): string => (n > 0 ? `+${n}` : String(n))

export function sums(items: readonly TransferItem[]) {
  const numbered = items.filter(({ attachment }) => !attachment)
  return {
    items: numbered.length,
    pages: numbered.reduce((sum, { pages }) => sum + pages, 0),
    attachments: items.length - numbered.length,
    certificates: numbered.filter(({ certificate }) => certificate).length,
  }
}
