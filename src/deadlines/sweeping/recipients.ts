import type { Role } from '../../../prisma/client/enums.ts'
import type { Rung } from '../../regulations/parameters.ts'
import type { Staffing } from './staffing.ts'

type To = 'owner' | Role
export type Whose = { ownerId: bigint | null; departmentId: bigint | null; regionId: bigint | null }

/** Whom a step reached. Failed: nobody is there to be told; `instead` is who was told in that place, if anybody. */
export type Told = { to: To; staff: bigint[]; state: 'sent' | 'failed'; reason?: 'nobody'; instead?: To }

/**
 * Who is to be told of a deadline. Where nobody has the role there, it climbs on at once: to the next rungs, at last to
 * the general managers, and the failure stays on record.
 */
export function tell(staffing: Staffing, whose: Whose, to: To, higher: readonly Rung[]): Told {
  const staff = reached(staffing, whose, to)
  if (staff.length > 0) return { to, staff, state: 'sent' }
  const others = [...higher.map((rung) => rung.to), 'general_manager' as const]
  const instead = others.find((other) => reached(staffing, whose, other).length > 0)
  const failed = { to, state: 'failed', reason: 'nobody' } as const
  return instead ? { ...failed, staff: reached(staffing, whose, instead), instead } : { ...failed, staff: [] }
}

function reached(staffing: Staffing, { ownerId, ...place }: Whose, to: To): bigint[] {
  if (to !== 'owner') return staffing.holders(to, place)
  return staffing.nameOf(ownerId) === null ? [] : [ownerId!]
}
