import type { Refusal } from '../lib/refused.ts'

export const purposes = ['call', 'visit', 'accounts', 'identity', 'other'] as const
export type Purpose = (typeof purposes)[number]
export type Reason = { purpose: Purpose | null; reason: string | null }

/** PRV-02: a value is shown for a reason: one of the usual ones, or at least so many characters of one's own. */
export function reasonProblems({ purpose, reason }: Reason, least: number): Refusal[] {
  const length = Array.from(reason ?? '').length
  if (purpose && purpose !== 'other') return []
  if (length === 0) return [{ rule: 'PRV-02', reason: 'unmaskings:refused.reasonMissing', field: 'reason' }]
  if (length >= least) return []
  return [{ rule: 'PRV-02', reason: 'unmaskings:refused.reasonShort', field: 'reason', params: { least } }]
}

export function hourlyProblems(already: number, most: number): Refusal[] {
  if (already < most) return []
  return [{ rule: 'PRV-02', reason: 'unmaskings:refused.tooMany', params: { most } }]
}
