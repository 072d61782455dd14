import type { Actor } from '../../access/actor.ts'
import { translate } from '../../i18n.ts'
import { dateTimeText } from '../../lib/dates.ts'
import { daysOfMonth, monthOf } from '../../lib/months.ts'
import { signed } from '../saying.ts'
import type { Month } from './months.ts'

/** /ledger/months */
export function monthsPage(
  actor: Actor,
  {
    year,
    years,
    months,
    closable,
    now,
  }: { year: string; years: string[]; months: Month[]; closable: string | null; now: Date },
) {
  const t = translate[actor.language]
  const list = (kind: 'shipments' | 'receipts', month: string) => `/${kind}?from=${month}-01&to=${lastDay(month)}`
  return {
    at: 'months',
    years: years.map((one) => ({ href: `/ledger/months?year=${one}`, word: one, current: one === year })),
    closable,
    rows: months.map((one) => ({
      month: one.month,
      shipments: { n: one.shipments, sum: sumOf(one.shipped), href: list('shipments', one.month) },
      receipts: { n: one.receipts, sum: sumOf(one.received), href: list('receipts', one.month) },
      state: stateOf(one, closable, monthOf(now)),
      closed: one.closedAt
        ? t('ledger:months.closedBy', { by: one.closedBy ?? '', at: dateTimeText(one.closedAt) })
        : '',
    })),
  }
  function stateOf({ month, closedAt }: Month, next: string | null, current: string) {
    if (closedAt) return { tone: 'ok', word: t('ledger:months.closed') }
    if (month === current) return { tone: 'go', word: t('ledger:months.running') }
    if (month === next) return { tone: 'wait', word: t('ledger:months.next') }
    return next !== null && month < next ? null : { tone: 'wait', word: t('ledger:months.open') }
  }
}

const lastDay = (month: string): string => daysOfMonth(month).at(-1)!

const sumOf = (yuan: string): string => signed(Number(yuan) === 0 ? '0.00' : yuan)
