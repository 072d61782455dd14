import type { Tx } from '../db.ts'
import type { Refusal } from '../lib/refused.ts'
import { lockOwner } from './queries.ts'

/** Why this number is nobody's who may own customers: unknown, in no such role, or leaving (ACC-02). */
export async function ownerProblem(tx: Tx, number: string): Promise<Refusal> {
  const leaver = await tx.staff.findFirst({
    where: { number, leaving: { some: { state: 'open' } } },
    select: { name: true },
  })
  if (!leaver) return { rule: 'CUS-06', reason: 'assignments:refused.ownerUnknown', field: 'owner' }
  const params = { name: leaver.name }
  return { rule: 'ACC-02', reason: 'assignments:refused.ownerLeaving', field: 'owner', params }
}

/** Why this person may own customers no more; null where they may. Held, as by lockOwner. */
export async function lostOwner(tx: Tx, id: bigint): Promise<Refusal | null> {
  if (await lockOwner(tx, { id })) return null
  const { number } = await tx.staff.findUniqueOrThrow({ where: { id }, select: { number: true } })
  const { field: _field, ...problem } = await ownerProblem(tx, number)
  return problem
}
