import type { Actor } from '../../access/actor.ts'
import { translate, type Translate } from '../../i18n.ts'
import { dateText } from '../../lib/dates.ts'
import { mayEver } from '../../access/policy.ts'
import { tabs, type PlansQuery } from './forms.ts'
import type { LineRow } from './listing.ts'
import { stateOf } from './rules.ts'
import { fenYuan, yuan } from '../saying.ts'
import { stateTag } from './saying.ts'

type Found = { rows: LineRow[]; more: boolean }
const path = '/repayment-plans'
const address = (fields: Record<string, string>) => {
  const search = new URLSearchParams(Object.entries(fields).filter(([, value]) => value !== '')).toString()
  return search ? `${path}?${search}` : path
}

/** /repayment-plans: what is promised for this week, what was promised and has not come, and all. */
export function plansPage(actor: Actor, query: PlansQuery, { rows, more }: Found, now: Date) {
  const t = translate[actor.language]
  const today = dateText(now)
  const last = rows.at(-1)
  return {
    rows: rows.map((row) => rowOf(t, row, today)),
    views: tabs.map((tab) => ({
      href: address({ tab: tab === 'due' ? '' : tab, customer: query.customer }),
      word: t(`repayment:tab.${tab}`),
      current: tab === query.tab,
    })),
    customer: query.customer,
    clear: query.customer === '' ? null : address({ tab: query.tab }),
    pager: {
      words: t('repayment:lines', { n: rows.length }),
      ...(query.after ? { previous: address({ tab: query.tab, customer: query.customer }) } : {}),
      ...(more && last ? { next: address({ ...query, after: `${last.plan}-${last.n}` }) } : {}),
    },
    nothing: { heading: t(`repayment:nothing.${query.tab}`), hint: t('repayment:nothing.hint') },
    mayFile: mayEver(actor, 'credit.plan'),
  }
}

function rowOf(t: Translate, row: LineRow, today: string) {
  const state = stateOf(Number(row.promised), Number(row.inTime), Number(row.received), row.due < today)
  const amount = Math.round(Number(row.amount) * 100)
  const got = Math.min(amount, Math.max(0, Number(row.received) - (Number(row.promised) - amount)))
  return {
    href: `${path}/${row.plan}`,
    plan: row.plan,
    customer: { name: row.name, href: `/credit/customers/${row.customer}` },
    due: row.due,
    amount: yuan(t, row.amount),
    got: fenYuan(t, got),
    promisedBy: row.promisedBy ?? '',
    owner: row.owner ?? t('repayment:noOwner'),
    state: row.withdrawn ? { tone: 'warn' as const, word: t('repayment:state.withdrawn') } : stateTag(t, state),
  }
}
