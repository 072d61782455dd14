import type { Refusal } from '../lib/refused.ts'

export const purposes = ['call', 'visit', 'accounts', 'identity', 'other'] as const
export type Purpose = (typeof purposes)[number]
export type Reason = { purpose: Purpose | null; reason: string | null }

/** How long a value is shown, and how many of them one person may ask for in an hour. */
export const shownSeconds = 60
export const mostAnHour = 60
export const shortestReason = 4

/** PRV-02: a value is shown for a reason: one of the usual ones, or one's own words. */
export function reasonProblems({ purpose, reason }: Reason): Refusal[] {
  const length = Array.from(reason ?? '').length
  if (purpose && purpose !== 'other') return []
  if (length === 0) return [{ rule: 'PRV-02', reason: 'unmaskings:refused.reasonMissing', field: 'reason' }]
  if (length >= shortestReason) return []
  return [
    { rule: 'PRV-02', reason: 'unmaskings:refused.reasonShort', field: 'reason', params: { least: shortestReason } },
  ]
}

export function hourlyProblems(already: number): Refusal[] {
  if (already < mostAnHour) return []
  return [{ rule: 'PRV-02', reason: 'unmaskings:refused.tooMany', params: { most: mostAnHour } }]
}
