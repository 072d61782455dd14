import type { Actor } from '../access/actor.ts'
import { archiveTabs } from '../archive/tabs.ts'
import { fileKinds } from '../archive/parts.ts'
import type { Calendar } from '../calendar/reckoning.ts'
import { addWorkingDays } from '../calendar/reckoning.ts'
import type { Customer } from '../customers/queries.ts'
import { translate, type Translate } from '../i18n.ts'
import { dateText, dateTimeText } from '../lib/dates.ts'
import type { NewQuery } from './forms.ts'
import { sums } from './item-rows.ts'
import type { Signer } from './people.ts'
import type { OneSupplement, Transfer, TransferItem } from './queries.ts'

const homeOf = ({ number }: Pick<Transfer, 'number'>) => `/transfers/${number}`

const options = (people: Signer[]) =>
  people.map(({ number, name, department }) => ({
    value: number,
    word: [name, department].filter(Boolean).join(' · '),
  }))

const kindOptions = (t: Translate) => fileKinds.map((kind) => ({ value: kind, word: t(`archive:fileKind.${kind}`) }))

type Template = { number: string; title: string; fileKind: Transfer['fileKind'] }
type People = { checkers: Signer[]; archivists: Signer[] }

export function newPage(
  actor: Actor,
  query: NewQuery,
  { customer, templates, people }: { customer: Customer | null; templates: Template[]; people: People },
  now: Date,
) {
  const t = translate[actor.language]
  return {
    archive: archiveTabs(actor, '/transfers'),
    home: customer ? `/customers/${customer.number}` : '/transfers',
    customer: customer && { number: customer.number, name: customer.name },
    kinds: kindOptions(t),
    checkers: options(people.checkers.filter(({ id }) => id !== actor.id)),
    archivists: options(people.archivists.filter(({ id }) => id !== actor.id)),
    today: dateText(now),
    from: query.from.toUpperCase(),
    templates: templates.map(({ number, title, fileKind }) => ({
      value: number,
      word: `${number} ${title} · ${t(`archive:fileKind.${fileKind}`)}`,
    })),
  }
}

export function headPage(actor: Actor, transfer: Transfer, { checkers, archivists }: People, now: Date) {
  const t = translate[actor.language]
  return {
    transfer,
    home: homeOf(transfer),
    kinds: kindOptions(t),
    checkers: options(checkers.filter(({ id }) => id !== transfer.officerId)),
    archivists: options(archivists.filter(({ id }) => id !== transfer.officerId)),
    today: dateText(now),
  }
}

export function handOverPage(actor: Actor, transfer: Transfer, items: TransferItem[], days: number) {
  const t = translate[actor.language]
  const { items: n, pages } = sums(items)
  return {
    transfer,
    home: homeOf(transfer),
    lede: t('transfers:handingOver.lede', { items: n, pages, checker: transfer.checker.name }),
    notice: t('transfers:handingOver.notice', { days }),
  }
}

export function returnPage(actor: Actor, transfer: Transfer, to: 'ledeOfficer' | 'ledeChecker') {
  const t = translate[actor.language]
  const name = to === 'ledeOfficer' ? transfer.officer.name : transfer.checker.name
  return { transfer, home: homeOf(transfer), lede: t(`transfers:returning.${to}`, { name }) }
}

export function latePage(actor: Actor, transfer: Transfer, limit: Date) {
  const t = translate[actor.language]
  const lede = t('transfers:late.lede', { endedOn: transfer.endedOn, limit: dateTimeText(limit) })
  return { transfer, home: homeOf(transfer), lede }
}

export const cancelPage = (transfer: Transfer) => ({ transfer, home: homeOf(transfer) })

export function supplementPage(actor: Actor, transfer: Transfer, now: Date, calendar: Calendar) {
  const t = translate[actor.language]
  return {
    transfer,
    home: homeOf(transfer),
    lede: t('transfers:supplementing.lede', { name: transfer.officer.name }),
    today: dateText(now),
    due: dateText(addWorkingDays(calendar, now, 3)),
  }
}

export function onePage({ supplement, ...transfer }: OneSupplement) {
  return { home: `/transfers/${transfer.number}`, number: transfer.number, n: supplement.n, what: supplement.what }
}
