import { IncidentKind } from '../../prisma/client/enums.ts'
import { businessNumber } from '../lib/numbers.ts'
import type { Refusal } from '../lib/refused.ts'

export const incidentKinds = Object.values(IncidentKind) as [IncidentKind, ...IncidentKind[]]

/** X2026000001 */
export const incidentNumber = (year: number, n: number): string => businessNumber('X', year, n)

/** Nobody reports what is yet to happen: a slip of the keyboard. */
export function happenedProblems(happenedAt: Date | null | undefined, now: Date): Refusal[] {
  if (!happenedAt || happenedAt <= now) return []
  return [{ rule: 'ARC-20', reason: 'incidents:refused.future', field: 'happenedAt' }]
}
