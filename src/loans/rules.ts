import type { ItemMedium, ItemState, SecrecyLevel } from '../../prisma/client/enums.ts'
import { isWorkingDay, type Calendar } from '../calendar/week.ts'
import { endOfDayAfter } from '../calendar/reckoning.ts'
import { dateText, dayStart } from '../lib/dates.ts'
import type { Params, Refusal } from '../lib/refused.ts'

/** ARC-10: 24:00 of the n-th calendar day after the day it was lent on; days off count like all others. */
export const dueMoment = (lentAt: Date, days: number): Date => endOfDayAfter(lentAt, days)

/** What is due by the end of tomorrow is due soon. */
export const soonUntil = (now: Date): Date => dayStart(dateText(now), 2)

/**
 * Wish 2: who is reminded on this working morning of what is not overdue yet: what is due by the end of the next working
 * day, so that everybody hears on the last working morning before, and on the day.
 */
export function remindedUntil(calendar: Calendar, now: Date): Date {
  const today = dateText(now)
  for (let n = 1; n < 40; n++) {
    const day = dateText(dayStart(today, n))
    if (isWorkingDay(calendar, day)) return dayStart(day, 1)
  }
  return dayStart(today, 2)
}

export const mostItems = 20
const hour = 3_600_000

/** What a rule has to know of an item. */
export type Wanted = {
  number: string
  customerId: bigint
  medium: ItemMedium
  state: ItemState
  secrecy: SecrecyLevel
  copies: number
  loan: { number: string; borrowerId: string; borrower: string; dueAt: string } | null
}

/** ARC-12: why this item cannot be lent to anybody now. ARC-02: of what is not `told`, that it cannot, and no more. */
export function itemProblems(item: Wanted, told: boolean, dueText: (due: Date) => string): Refusal[] {
  const { number, medium, state, loan } = item
  const refuse = (reason: Refusal['reason'], params: Params = {}): Refusal[] => [
    { rule: 'ARC-12', reason, field: 'item', params: { number, ...params } },
  ]
  if (!told) return medium === 'paper' && state === 'in_place' && !loan ? [] : refuse('loans:refused.notNow')
  if (medium === 'electronic') return refuse('loans:refused.electronic')
  if (state !== 'in_place') return refuse(`loans:refused.${state}`)
  if (!loan) return []
  return refuse('loans:refused.onLoanBy', { by: loan.borrower, due: dueText(new Date(loan.dueAt)) })
}

type Asking = { items: readonly Wanted[]; told?: readonly Wanted[]; copies: number; days: number; mostDays: number }

/** ARC-09, ARC-10: what an application may ask for; how many there are of what is not `told` is counted when it is lent. */
export function askProblems({ items, told = items, copies, days, mostDays }: Asking): Refusal[] {
  const problems: Refusal[] = []
  if (items.length > mostItems)
    problems.push({ rule: 'ARC-09', reason: 'loans:refused.tooManyItems', field: 'item', params: { most: mostItems } })
  if (items.some(({ customerId }) => customerId !== items[0]!.customerId))
    problems.push({ rule: 'ARC-09', reason: 'loans:refused.otherCustomer', field: 'item' })
  const few = told.find((item) => copies > item.copies)
  if (few) {
    const params = { number: few.number, n: few.copies }
    problems.push({ rule: 'ARC-09', reason: 'loans:refused.copies', field: 'copies', params })
  }
  if (days < 1 || days > mostDays)
    problems.push({ rule: 'ARC-10', reason: 'loans:refused.days', field: 'days', params: { most: mostDays } })
  return problems
}

/** ARC-11: with something overdue only by an exceptional approval (wish 11). */
export function overdueProblems(overdue: number, exceptional: boolean, field = 'exceptional'): Refusal[] {
  if (overdue === 0 || exceptional) return []
  return [{ rule: 'ARC-11', reason: 'loans:refused.overdue', field, params: { n: overdue } }]
}

/** How somebody else's hands are told from one's own: nobody lends or takes back alone. */
export function lenderProblems(lenderId: bigint, borrowerId: bigint): Refusal[] {
  return lenderId === borrowerId ? [{ rule: 'ARC-10', reason: 'loans:refused.ownLending' }] : []
}

export function takerProblems(takerId: bigint, borrowerId: bigint, bringerId: bigint): Refusal[] {
  if (takerId === borrowerId) return [{ rule: 'ARC-11', reason: 'loans:refused.ownReturn' }]
  if (takerId === bringerId) return [{ rule: 'ARC-11', reason: 'loans:refused.twoNames', field: 'bringer' }]
  return []
}

export const conditions = ['intact', 'worn', 'damaged'] as const
export type Condition = (typeof conditions)[number]
export type Counted = { pages: number; copies: number; condition: Condition; note: string | null }

/** As it stands in the register: what the clerk chose, and what the clerk wrote. */
export const conditionText = ({ condition, note }: Pick<Counted, 'condition' | 'note'>): string =>
  note ? `${condition}: ${note}` : condition

export function conditionIn(text: string | null): { condition: Condition; note: string | null } {
  const [, word, note] = /^(\w+)(?:: ([\s\S]*))?$/.exec(text ?? '') ?? []
  const condition = conditions.find((one) => one === word) ?? 'intact'
  return { condition, note: note ?? null }
}

export type Difference = 'pages' | 'copies' | 'condition'

/** ARC-11: what came back other than it went out. More than went out is as much of a difference as less. */
export function differencesOf(lent: Omit<Counted, 'note'>, back: Omit<Counted, 'note'>): Difference[] {
  const worse = conditions.indexOf(back.condition) > conditions.indexOf(lent.condition)
  return [
    ...(lent.pages === back.pages ? [] : (['pages'] as const)),
    ...(lent.copies === back.copies ? [] : (['copies'] as const)),
    ...(worse ? (['condition'] as const) : []),
  ]
}

/** A difference is written down in words. */
export function noteProblems(differences: readonly Difference[], note: string | null): Refusal[] {
  if (differences.length === 0 || note) return []
  return [{ rule: 'ARC-11', reason: 'loans:refused.differenceNote', field: 'note' }]
}

/** Wish 3: at most once an hour, so that a reminder stays one. */
export function urgeProblems(
  { urgedAt, returnedAt }: { urgedAt: Date | null; returnedAt: Date | null },
  now: Date,
  timeText: (at: Date) => string,
): Refusal[] {
  if (returnedAt) return [{ rule: 'ARC-11', reason: 'loans:refused.returned' }]
  const next = urgedAt && new Date(urgedAt.getTime() + hour)
  if (!next || next <= now) return []
  return [{ rule: 'ARC-11', reason: 'loans:refused.urgedLately', params: { at: timeText(next) } }]
}
