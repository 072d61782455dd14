import type { Role } from '../../../prisma/client/enums.ts'
import type { Climbing, To } from './ladder.ts'
import { seniorsOf, signersOf, type Signing } from './signing.ts'
import type { Staffing } from './staffing.ts'

export type Whose = {
  ownerId: bigint | null
  departmentId: bigint | null
  regionId: bigint | null
  /** Of an approval: who may sign. */
  signing: Signing | null
  /** CMP-03: whom a complaint is about is told nothing of it. */
  accused?: readonly bigint[]
}

/** Whom a step reached. Failed: nobody is there to be told; `instead` is who was told in that place, if anybody. */
export type Told = { to: To; staff: bigint[]; state: 'sent' | 'failed'; reason?: 'nobody'; instead?: To }

/**
 * Who is to be told of a deadline. Where nobody has the role there, it climbs on at once: to the next rungs, at last to
 * the general managers, and the failure stays on record.
 */
export function tell(staffing: Staffing, whose: Whose, to: To, higher: readonly Climbing[]): Told {
  const [first, ...above] = meant(whose, to)
  const staff = reached(staffing, whose, first!)
  if (staff.length > 0) return { to: first!, staff, state: 'sent' }
  const others: To[] = [...above, ...higher.flatMap((rung) => meant(whose, rung.to)), 'general_manager']
  const instead = others.find((other) => reached(staffing, whose, other).length > 0)
  const failed = { to: first!, state: 'failed', reason: 'nobody' } as const
  return instead ? { ...failed, staff: reached(staffing, whose, instead), instead } : { ...failed, staff: [] }
}

/** Seniors of a step go upwards role by role. */
function meant({ signing }: Whose, to: To): To[] {
  if (to !== 'senior') return [to]
  const seniors = signing ? seniorsOf(signing) : []
  return seniors.length > 0 ? seniors : [to]
}

const reached = (staffing: Staffing, whose: Whose, to: To): bigint[] =>
  people(staffing, whose, to).filter((id) => !whose.accused?.includes(id))

function people(staffing: Staffing, { ownerId, signing, ...place }: Whose, to: To): bigint[] {
  if (to === 'owner') return staffing.nameOf(ownerId) === null ? [] : [ownerId!]
  if (signing) return signersOf(staffing, signing, place, to)
  return to === 'step' || to === 'senior' ? [] : staffing.holders(to, place)
}

/** APR-05: the role that may sign as well from now on. */
export function seniorIn({ to, instead, staff }: Told): Role | null {
  const role = instead ?? to
  return staff.length === 0 || role === 'owner' || role === 'step' || role === 'senior' ? null : role
}
