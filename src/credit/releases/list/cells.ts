import type { Translate } from '../../../i18n.ts'
import { dateText, dateTimeText } from '../../../lib/dates.ts'
import { numberOf } from '../../../calendar/week.ts'
import { moneyText } from '../../../lib/money.ts'
import { holdWords, stateTag } from '../saying.ts'
import type { ReleaseRow } from './rows.ts'

/** A row as the list shows it. */
export function rowOf(row: ReleaseRow, t: Translate, now: Date) {
  return {
    number: row.number,
    href: `/releases/${row.number}`,
    customer: row.customer,
    grade: row.grade,
    amount: moneyText(row.amount),
    goods: row.goods,
    state: stateTag(t, row.state),
    why: row.state === 'held' ? holdWords(t, row.holds) : groundWord(row, t),
    short: row.state === 'held' && Number(row.short) > 0 ? moneyText(row.short) : null,
    held: heldWord(row, t, now),
    next: nextWord(row, t),
    requested: `${dateText(row.requestedAt).slice(5)} ${row.requestedBy}`,
  }
}

const groundWord = ({ ground, cancelReason }: ReleaseRow, t: Translate): string =>
  cancelReason ?? (ground ? t(`credit:ground.${ground}`) : '')

const daysHeld = ({ heldSince }: ReleaseRow, now: Date): number | null =>
  heldSince && numberOf(dateText(now)) - numberOf(dateText(heldSince))

function heldWord(row: ReleaseRow, t: Translate, now: Date): string | null {
  const days = daysHeld(row, now)
  if (days === null) return null
  return days === 0 ? t('releaseList:heldToday') : t('releaseList:heldDays', { n: days })
}

/** Wish 52: by whom it goes on. */
function nextWord({ state, waits, holds, owner }: ReleaseRow, t: Translate): string {
  if (state === 'released') return t('releaseList:next.ship')
  if (state !== 'held') return ''
  if (waits) return t('releaseList:next.signs', { what: t(`credit:override.${waits}`) })
  const who = owner ?? t('releaseList:next.nobody')
  const first = (['closed', 'no_plan', 'rest_plan', 'overdue', 'over', 'unpaid'] as const).find((hold) =>
    holds.includes(hold),
  )
  return first ? t(`releaseList:next.${first}`, { who }) : t('releaseList:next.check', { who })
}

/** Columns of a file, in their order. */
export const fileColumns = [
  'number',
  'customer',
  'customerNumber',
  'grade',
  'goods',
  'amount',
  'state',
  'holds',
  'short',
  'heldDays',
  'next',
  'ground',
  'cash',
  'requested',
  'requestedBy',
  'released',
  'shipped',
  'shippedAmount',
  'cancelReason',
  'owner',
  'department',
] as const
type FileColumn = (typeof fileColumns)[number]

const moment = (at: Date | null) => (at === null ? '' : dateTimeText(at))

/** The same as texts, for a file. */
export function textsOf(row: ReleaseRow, t: Translate, now: Date): string[] {
  const texts: Record<FileColumn, string> = {
    number: row.number,
    customer: row.customer,
    customerNumber: row.customerNumber,
    grade: row.grade ?? '',
    goods: row.goods,
    amount: row.amount,
    state: t(`credit:state.${row.state}`),
    holds: row.state === 'held' ? holdWords(t, row.holds) : '',
    short: row.state === 'held' ? row.short : '',
    heldDays: String(daysHeld(row, now) ?? ''),
    next: nextWord(row, t),
    ground: row.ground ? t(`credit:ground.${row.ground}`) : '',
    cash: row.cash,
    requested: moment(row.requestedAt),
    requestedBy: row.requestedBy,
    released: moment(row.releasedAt),
    shipped: moment(row.shippedAt),
    shippedAmount: row.shippedAmount ?? '',
    cancelReason: row.cancelReason ?? '',
    owner: row.owner ?? '',
    department: row.department ?? '',
  }
  return fileColumns.map((column) => texts[column])
}
