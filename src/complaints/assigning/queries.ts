import type { Actor } from '../../access/actor.ts'
import type { Tx } from '../../db.ts'

export const departmentName = async (tx: Pick<Tx, 'department'>, id: bigint | null) =>
  id === null ? null : ((await tx.department.findUnique({ where: { id }, select: { name: true } }))?.name ?? null)

export type LastAssignment = {
  actorId: bigint | null
  at: Date
  before: { ids: { owner: string | null; department: string | null } }
  after: { version: number }
}

/** The newest assignment of a complaint, as the trail has it. */
export async function lastAssignment(tx: Pick<Tx, 'auditEntry'>, subject: string): Promise<LastAssignment | null> {
  const found = await tx.auditEntry.findFirst({
    where: { subject, action: { in: ['complaint.assigned', 'complaint.assignment_undone'] } },
    orderBy: { id: 'desc' },
    select: { actorId: true, at: true, action: true, before: true, after: true },
  })
  return found?.action === 'complaint.assigned' ? (found as unknown as LastAssignment) : null
}

/** Whether this is the assignment that this person made last, and nothing came after it. */
export const isUndoable = (last: LastAssignment | null, actor: Actor, version: number, now: Date, seconds: number) =>
  last !== null &&
  last.actorId === actor.id &&
  last.after.version === version &&
  now.getTime() - last.at.getTime() <= seconds * 1000
