import type { Actor } from '../access/actor.ts'
import { mayEver } from '../access/policy.ts'
import { archiveTabs } from '../archive/tabs.ts'
import type { Calendar } from '../calendar/reckoning.ts'
import { deadlineTag } from '../deadlines/tag.ts'
import { translate, type Translate } from '../i18n.ts'
import { tabs as tabNames, type ListQuery } from './forms.ts'
import { countedTo, type TransferList } from './list.ts'
import type { Transfer } from './queries.ts'

export const tones = { listing: 'wait', handed: 'go', checked: 'go', taken: 'ok', cancelled: 'bad' } as const

export const stateTag = (t: Translate, { state }: Pick<Transfer, 'state'>) => ({
  tone: tones[state],
  word: t(`transfers:state.${state}`),
})

/** Whose turn it is. */
export const turnOf = ({ state, officer, checker, archivist }: Transfer) =>
  ({ listing: officer, handed: checker, checked: archivist, taken: null, cancelled: null })[state]

const capped = (n: number) => (n > countedTo ? `${countedTo}+` : String(n))
const addressOf = (query: Partial<ListQuery>) => `/transfers?${new URLSearchParams(query as Record<string, string>)}`

export function listPage(actor: Actor, query: ListQuery, list: TransferList, now: Date, calendar: Calendar) {
  const t = translate[actor.language]
  const { tab } = query
  const [first, last] = [list.rows[0], list.rows.at(-1)]
  return {
    archive: archiveTabs(actor, '/transfers'),
    tabs: tabNames.map((name) => ({
      href: addressOf({ tab: name }),
      word: t(`transfers:tab.${name}`),
      count: capped(list.counts[name]),
      current: name === tab,
    })),
    rows: list.rows.map((row) => rowOf(t, row, now, calendar)),
    mayMake: mayEver(actor, 'transfers.make'),
    nothing: { heading: t(`transfers:none.${tab}`), hint: t('transfers:noneHint') },
    pager: {
      words: t('transfers:count', { n: capped(list.counts[tab]) }),
      ...(list.earlier && first ? { previous: addressOf({ tab, before: first.number }) } : {}),
      ...(list.later && last ? { next: addressOf({ tab, after: last.number }) } : {}),
    },
  }
}

function rowOf(t: Translate, transfer: Transfer, now: Date, calendar: Calendar) {
  const { number, title, customer, endedOn, officer, checker, archivist, clock } = transfer
  return {
    number,
    href: `/transfers/${number}`,
    title,
    customer: customer.name,
    endedOn,
    state: stateTag(t, transfer),
    tag: clock ? deadlineTag(t, clock, now, calendar) : null,
    turn: turnOf(transfer)?.name ?? '',
    people: [officer, checker, archivist].map(({ name }) => name).join(' → '),
  }
}
