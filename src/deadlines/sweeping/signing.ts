import type { Role } from '../../../prisma/client/enums.ts'
import { isAbove, seniors } from '../../approvals/kinds.ts'
import type { To } from './ladder.ts'
import type { Staffing } from './staffing.ts'

/** Of the step of an approval: whose signature it may have (approvals/standing.ts). */
export type Signing = {
  kind: string
  role: Role | null
  senior: Role | null
  staff: string | null
  excluded: string[]
  /** The role that signs after a colleague who was asked to sign before it. */
  asker: Role | null
}

/** Who can sign by this right, for themselves or another; never the excluded, nor for them. */
export function signersOf(
  staffing: Staffing,
  { kind, role, senior, staff, excluded }: Signing,
  place: { departmentId: bigint | null; regionId: bigint | null },
  to: To,
): bigint[] {
  if (to === 'owner' || to === 'senior') return []
  const roles = to === 'step' ? [role, senior].filter((one) => one !== null) : [to]
  const named = to === 'step' && staff !== null && staffing.nameOf(BigInt(staff)) !== null ? [BigInt(staff)] : []
  const allowed = (id: bigint) => !excluded.includes(String(id))
  const signers = [...named, ...roles.flatMap((one) => staffing.holders(one, place))].filter(allowed)
  return [...new Set([...signers, ...staffing.deputies(signers, kind).filter(allowed)])]
}

/** APR-05: upwards from who signs now; from a colleague who was asked, to whoever asked and on. */
export function seniorsOf({ role, senior, asker }: Signing): Role[] {
  // Who signs beside the role from the first moment is no step upwards.
  const own = senior !== null && (role === null || isAbove(senior, role)) ? senior : role
  const found = own === null && asker !== null ? [asker] : []
  for (let at = own ?? asker; at !== null;) {
    const next = seniors[at] ?? null
    if (next) found.push(next)
    at = next
  }
  return found
}
