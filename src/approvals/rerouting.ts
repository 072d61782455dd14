import type { Role } from '../../prisma/client/enums.ts'
import type { Place } from './contract.ts'
import { holdersAt, signerOf, type Reads } from './holders.ts'
import { kindOf, type ApprovalKind } from './kinds.ts'

type RoleStep = Place & { requestId: bigint; n: number; kind: string; role: Role | null; excluded: bigint[] }

/**
 * APR-01: whose signature a step needs since nobody else holds its role any more; null where somebody does, or where
 * nobody is there instead either: then it waits for whoever is given the role.
 */
export async function signerInstead(tx: Reads, step: RoleStep): Promise<{ role: Role; insteadOf: Role | null } | null> {
  if (step.role === null) return null
  const holders = await holdersAt(tx, step.role, step)
  if (holders.some((id) => !step.excluded.includes(id))) return null
  // As the kind counts them: without the colleagues who were asked between.
  const [{ at }] = await tx.$queryRaw<[{ at: number }]>`
    select count(*)::int as at from approval_step
    where request_id = ${step.requestId} and n <= ${step.n} and role is not null`
  const row = kindOf(step.kind as ApprovalKind).steps[at - 1]
  if (!row) return null
  const { role, insteadOf, staff } = await signerOf(tx, row, step, step.excluded)
  return staff.length > 0 && role !== step.role ? { role, insteadOf } : null
}
