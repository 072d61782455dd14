/** ARC-10: where a line of the register stands. Reckoned from its moments, never stored (wish 9). */
export type LoanState = 'out' | 'soon' | 'overdue' | 'returned' | 'late'

type Moments = { dueAt: Date; returnedAt: Date | null }

/** `soonUntil`: what is due up to then is due soon. */
export function loanState({ dueAt, returnedAt }: Moments, now: Date, soonUntil: Date): LoanState {
  if (returnedAt) return returnedAt > dueAt ? 'late' : 'returned'
  if (now > dueAt) return 'overdue'
  return dueAt <= soonUntil ? 'soon' : 'out'
}
