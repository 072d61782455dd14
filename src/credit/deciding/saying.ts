import type { Translate } from '../../i18n.ts'
import type { Figure } from '../reckoning.ts'
import { fenYuan, yuan } from '../saying.ts'
import type { Ageing, OpenComplaints, Past } from './queries.ts'

/** CRD-01: which of the three is missing. */
export function eligibleText(t: Translate, figure: Figure): string {
  if (figure.eligible) return t('overrides:eligible.yes')
  const missing = [
    ...(figure.closed ? [t('overrides:eligible.closed')] : []),
    ...(figure.confirmed ? [] : [t('overrides:eligible.confirmed')]),
    ...(figure.identity ? [] : [t('overrides:eligible.identity')]),
    ...(figure.contract ? [] : [t('overrides:eligible.contract')]),
    ...(figure.lastYear === 0 ? [] : [t('overrides:eligible.lastYear', { amount: fenYuan(t, figure.lastYear) })]),
  ]
  return t('overrides:eligible.no', { missing: missing.join(t('web:comma')) })
}

export const equationText = (t: Translate, { limit, exposure, available }: Figure): string =>
  t('overrides:fact.equation', {
    limit: fenYuan(t, limit),
    exposure: fenYuan(t, exposure),
    available: fenYuan(t, available),
  })

export function ageingText(t: Translate, ageing: Ageing, { overdue, overdueDays }: Figure): string {
  const buckets = (['current', 'd30', 'd60', 'd90', 'older'] as const)
    .filter((name) => name === 'current' || ageing[name] !== '0.00')
    .map((name) => t(`overrides:ageing.${name}`, { amount: yuan(t, ageing[name]) }))
  const stopped = overdue > 0 ? [t('overrides:ageing.oldest', { days: overdueDays })] : []
  return [...buckets, ...stopped].join(t('web:comma'))
}

/** 2026-08 首次 ¥21,000.00，按时还清 */
export const pastText = (t: Translate, one: Past): string =>
  t('overrides:past.text', {
    month: one.month,
    kind: t(`credit:override.${one.kind}`),
    amount: yuan(t, one.amount),
    by: one.by,
    outcome: outcomeText(t, one),
  })

function outcomeText(t: Translate, { unpaid, shipped, open, late, cancelled }: Past): string {
  if (cancelled) return t('overrides:past.cancelled')
  if (unpaid !== null && unpaid !== '0.00') return t('overrides:past.unpaid', { amount: yuan(t, unpaid) })
  if (!shipped) return t('overrides:past.notShipped')
  if (open !== '0.00') return t('overrides:past.open', { amount: yuan(t, open!) })
  return t(late ? 'overrides:past.late' : 'overrides:past.inTime')
}

export function complaintsText(t: Translate, { n, latest }: OpenComplaints): string {
  const named = latest.map(({ number, title, level }) => `${number} ${title} ${t(`complaints:level.${level}`)}`)
  const list = named.join(t('regulations:semicolon'))
  return n > latest.length ? t('overrides:fact.more', { list, n }) : list
}
