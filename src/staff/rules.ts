import type { Role } from '../../prisma/client/enums.ts'
import { leftProblems } from '../handovers/rules.ts'
import type { Left } from '../handovers/things.ts'
import type { Refusal } from '../lib/refused.ts'
import type { GrantInput } from './forms.ts'

const alone: readonly Role[] = ['system_admin', 'security_admin', 'auditor']
export const guarded = ['security_admin', 'system_admin'] as const
export type Guarded = (typeof guarded)[number]

const classOf = (role: Role) => (alone.includes(role) ? role : 'business')

/** PPL-02: system_admin, security_admin and auditor exclude one another and every business role. */
export function separationProblems(held: readonly Role[], wanted: Role): Refusal[] {
  const inTheWay = [...new Set(held)].filter((role) => classOf(role) !== classOf(wanted))
  return inTheWay.map((role) => ({ rule: 'PPL-02', reason: `staff:refused.inTheWay.${role}`, field: 'role' }))
}

/**
 * PPL-02: one person asks for these and another agrees: who rules accounts, rights and parameters, who reads everything,
 * and who decides what others ask for in the whole company's name.
 */
const powerful: readonly Role[] = ['general_manager', 'sales_director', 'auditor', 'security_admin', 'system_admin']
export const needsTwo = (role: Role) => powerful.includes(role)

/** PPL-02: nobody gives or takes his own roles. */
export function ownRoleProblems(actorId: bigint, staffId: bigint): Refusal[] {
  return actorId === staffId ? [{ rule: 'PPL-02', reason: 'staff:refused.ownRole' }] : []
}

/** ACC-02: an account is closed when nothing of the person's is left, and no handover is under way. */
export function closingProblems(handover: { number: string; state: string } | null, left: Left): Refusal[] {
  const open: Refusal[] =
    handover?.state === 'open'
      ? [{ rule: 'ACC-02', reason: 'staff:refused.handoverOpen', params: { number: handover.number } }]
      : []
  const things = leftProblems(left).map((problem) => ({ ...problem, reason: 'staff:refused.left' as const }))
  return [...open, ...things]
}

type Held = { role: Role; departmentId: bigint | null; regionId: bigint | null }

/** PPL-01: a grant names exactly the place its scope speaks of, and stands once. */
export function grantProblems(held: readonly Held[], input: GrantInput): Refusal[] {
  const { role, scope, departmentId, regionId } = input
  const refuse = (reason: Refusal['reason'], field: string): Refusal[] => [{ rule: 'PPL-01', reason, field }]
  if (scope !== 'company' && alone.includes(role)) return refuse('staff:refused.wholeCompany', 'scope')
  if (scope === 'department' && departmentId === null) return refuse('staff:refused.departmentMissing', 'departmentId')
  if (scope === 'region' && regionId === null) return refuse('staff:refused.regionMissing', 'regionId')
  const place = placeOf(input)
  const twice = held.some(
    (one) => one.role === role && one.departmentId === place.departmentId && one.regionId === place.regionId,
  )
  return twice ? refuse('staff:refused.heldAlready', 'role') : []
}

/** What a form says of the other kinds of place does not count. */
export function placeOf({ scope, departmentId, regionId }: Omit<GrantInput, 'role'>) {
  return {
    departmentId: scope === 'department' ? departmentId : null,
    regionId: scope === 'region' ? regionId : null,
  }
}

/** PPL-02: someone must always be left who can grant roles, and someone who can keep accounts. */
export function lastOneProblems(losing: readonly Role[], others: Record<Guarded, number>): Refusal[] {
  return guarded
    .filter((role) => losing.includes(role) && others[role] === 0)
    .map((role) => ({ rule: 'PPL-02', reason: `staff:refused.last.${role}` }))
}
