import type { Actor } from '../access/actor.ts'
import { sealOf } from '../archive/marks.ts'
import { keeperOptions, type keepersToChoose } from '../archive/keepers.ts'
import { translate, type Translate } from '../i18n.ts'
import { signed } from './item-rows.ts'
import type { Transfer, TransferItem } from './queries.ts'
import { isForSafe, type PlaceChoice } from './shelving.ts'

type Who = 'checked' | 'taken'

/** ARC-03: item by item, with what the list says and what was counted; what differs stands out. */
export function checkPage(actor: Actor, transfer: Transfer, items: TransferItem[]) {
  const t = translate[actor.language]
  const rows = items.map((item) => countRow(t, item, 'checked'))
  const differing = rows.filter(({ differs }) => differs !== '').length
  return {
    transfer,
    home: `/transfers/${transfer.number}`,
    rows,
    labels: labelsOf(t, items),
    differs: differing > 0 ? t('transfers:checking.listedDiffers', { n: differing }) : '',
  }
}

type Around = {
  file: { number: string } | null
  keepers: Awaited<ReturnType<typeof keepersToChoose>>
  places: PlaceChoice[]
}

export function takingPage(actor: Actor, transfer: Transfer, items: TransferItem[], around: Around) {
  const t = translate[actor.language]
  const rows = items.map((item) => ({ ...countRow(t, item, 'taken'), placed: !item.attachment }))
  const differing = rows.filter(({ differs }) => differs !== '').length
  return {
    transfer,
    home: `/transfers/${transfer.number}`,
    rows,
    labels: labelsOf(t, items),
    differs: differing > 0 ? t('transfers:taking.differs', { n: differing }) : '',
    lede: around.file ? t('transfers:taking.file', { file: around.file.number }) : t('transfers:taking.newFile'),
    // The file's keeper is named where it is opened.
    keepers: around.file ? null : keeperOptions(around.keepers),
    keeper: actor.number,
    places: around.places.map(({ text }) => text),
    common: items.some((item) => !item.attachment && !isForSafe(item)),
    safe: items.some((item) => !item.attachment && isForSafe(item)),
    first: around.places.find(({ separate }) => !separate)?.text ?? '',
    firstSafe: around.places.find(({ separate }) => separate)?.text ?? '',
  }
}

function countRow(t: Translate, item: TransferItem, who: Who) {
  const { n, pages, copies, certificate, checkedPages, takenPages, checkedCopies, takenCopies } = item
  const counted = who === 'checked' ? checkedPages : takenPages
  const pieces = who === 'checked' ? checkedCopies : takenCopies
  const off = counted !== null && counted !== pages ? [t('transfers:item.differs', { n: signed(counted - pages) })] : []
  const short =
    certificate && pieces !== null && pieces !== copies
      ? [t('transfers:item.differsCopies', { n: signed(pieces - copies) })]
      : []
  return {
    n,
    title: item.title,
    seal: sealOf(item.secrecy),
    part: t(`archive:part.${item.part}`),
    about: certificate ? [item.certKind, item.certNumber, item.certOwner].filter(Boolean).join(' · ') : '',
    pages,
    copies,
    certificate,
    attachment: item.attachment,
    durable: item.durable,
    counted: counted === null ? '' : String(counted),
    pieces: pieces === null ? '' : String(pieces),
    checked: who === 'taken' && checkedPages !== null ? String(checkedPages) : '',
    before:
      who === 'checked' && takenPages !== null && takenPages !== pages
        ? t('transfers:checking.taken', { n: takenPages })
        : '',
    differs: [...off, ...short].join(t('web:comma')),
  }
}

function labelsOf(t: Translate, items: TransferItem[]): Record<string, string> {
  const all = items.flatMap(({ n }) =>
    (['pages', 'copies', 'same', 'place'] as const).map((name) => [
      `rows.${n}.${name}`,
      `${t('transfers:item.row', { row: n })} ${t(`transfers:item.${name}`)}`,
    ]),
  )
  const heads = (['place', 'safe', 'keeper'] as const).map((name) => [name, t(`transfers:field.${name}`)])
  return Object.fromEntries([...all, ...heads]) as Record<string, string>
}
