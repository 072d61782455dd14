import type { Actor } from '../../access/actor.ts'
import { mayEver } from '../../access/policy.ts'
import { translate, type Translate } from '../../i18n.ts'
import { dateText } from '../../lib/dates.ts'
import { contractTabs, type ContractQuery } from './forms.ts'
import { tones } from './pages.ts'
import { countedTo, soonDays, type ContractRow, type Contracts } from './queries.ts'
import { standingOf } from './rules.ts'

/** /contracts */
export function listPage(actor: Actor, query: ContractQuery, { rows, more, counts }: Contracts, now: Date) {
  const t = translate[actor.language]
  return {
    tabs: contractTabs.map((tab) => ({
      href: addressOf({ ...query, tab, after: '' }),
      word: t(`contracts:tab.${tab}`),
      count: counts[tab] > countedTo ? `${countedTo}+` : String(counts[tab]),
      current: tab === query.tab,
    })),
    rows: rows.map((row) => rowOf(t, row, dateText(now))),
    filters: {
      action: '/contracts',
      find: { name: 'q', value: query.q, label: t('contracts:find') },
      kept: { tab: query.tab },
      ...(query.q ? { clear: addressOf({ ...query, q: '', after: '' }) } : {}),
    },
    pager: {
      words: t('contracts:count', { n: counts[query.tab] > countedTo ? `${countedTo}+` : counts[query.tab] }),
      ...(query.after ? { previous: addressOf({ ...query, after: '' }) } : {}),
      ...(more ? { next: addressOf({ ...query, after: rows.at(-1)!.number }) } : {}),
    },
    nothing: { heading: t(query.q ? 'contracts:noneFound' : `contracts:none.${query.tab}`) },
    mayRecord: mayEver(actor, 'contracts.record'),
  }
}

function addressOf({ tab, q, after }: ContractQuery): string {
  const kept = { ...(tab === 'soon' ? {} : { tab }), q, after }
  const search = new URLSearchParams(Object.entries(kept).filter(([, value]) => value) as [string, string][])
  return search.size > 0 ? `/contracts?${search}` : '/contracts'
}

function rowOf(t: Translate, row: ContractRow, today: string) {
  const standing = standingOf(row, today)
  return {
    href: `/contracts/${row.number}`,
    number: row.number,
    document: row.document ?? '',
    name: row.name,
    customer: `/credit/customers/${row.customer}`,
    kind: t(`credit:contractKind.${row.kind}`),
    dates: `${row.startsOn} – ${row.endedOn || row.endsOn}`,
    term: t('credit:days', { n: row.termDays }),
    state: { tone: tones[standing], word: t(`contracts:standing.${standing}`) },
    left:
      standing === 'inForce' && row.endedOn === '' && row.days <= soonDays * 2
        ? t('contracts:endsIn', { n: row.days })
        : '',
  }
}
