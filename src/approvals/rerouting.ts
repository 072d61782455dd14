import type { Role } from '../../prisma/client/enums.ts'
import type { Place } from './contract.ts'
import { holdersAt, signerOf, type Reads } from './holders.ts'
import { stepOf, type ApprovalKind } from './kinds.ts'

type RoleStep = Place & { kind: string; role: Role | null; insteadOf: Role | null; excluded: bigint[] }

/**
 * APR-01: whose signature a step needs since nobody else holds its role any more; null where somebody does, or where
 * nobody is there instead either: then it waits for whoever is given the role.
 */
export async function signerInstead(tx: Reads, step: RoleStep): Promise<{ role: Role; insteadOf: Role | null } | null> {
  if (step.role === null) return null
  const holders = await holdersAt(tx, step.role, step)
  if (holders.some((id) => !step.excluded.includes(id))) return null
  const row = stepOf(step.kind as ApprovalKind, step.insteadOf ?? step.role)
  const { role, insteadOf, staff } = await signerOf(tx, row, step, step.excluded)
  return staff.length > 0 && role !== step.role ? { role, insteadOf } : null
}
