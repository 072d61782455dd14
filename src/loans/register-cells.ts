import { markOf } from '../archive/marks.ts'
import type { Translate } from '../i18n.ts'
import { dateTimeText } from '../lib/dates.ts'
import type { RegisterQuery } from './forms.ts'
import type { LoanRow } from './queries.ts'
import { conditionWords, confirmedText, dueText, latenessText } from './rows.ts'

export const columns = [
  'number',
  'item',
  'level',
  'title',
  'customer',
  'copies',
  'borrower',
  'lentAt',
  'due',
  'reason',
  'confirmed',
  'back',
  'condition',
  'lateness',
  'exceptional',
] as const
export type Column = (typeof columns)[number]

/** A cell of the register as text; of what is classified no more than on the page (ARC-02). */
export function cellOf(t: Translate, loan: LoanRow, column: Column, now: Date): string {
  const cells: Record<Column, () => string> = {
    number: () => loan.number,
    item: () => loan.item,
    level: () => markOf(t, loan.secrecy),
    title: () => (loan.known ? loan.title : t('loans:unknown')),
    customer: () => loan.customer?.name ?? '',
    copies: () => String(loan.copies),
    borrower: () => `${loan.borrower.name} ${loan.borrower.number}`,
    lentAt: () => dateTimeText(loan.lentAt),
    due: () => dueText(loan),
    reason: () => (loan.known ? loan.reason : ''),
    confirmed: () => confirmedText(t, loan),
    back: () => (loan.returnedAt ? dateTimeText(loan.returnedAt) : ''),
    condition: () =>
      [conditionWords(t, loan.conditionBack ?? loan.condition), loan.difference].filter(Boolean).join('；'),
    lateness: () => latenessText(t, loan, now),
    exceptional: () => (loan.exceptional ? t('customers:trail.yes') : ''),
  }
  return cells[column]()
}

/** What was asked for, as the trail keeps it. */
export const trailOf = ({ after: _after, before: _before, ...query }: RegisterQuery) =>
  Object.fromEntries(Object.entries(query).filter(([, value]) => value))
