import { db } from '../../db.ts'
import { namesById } from '../../staff/naming.ts'
import type { Complaint } from '../queries.ts'

/** CMP-06: every level it had, newest first, with who and why. */
export async function levelChanges({ id }: Pick<Complaint, 'id'>) {
  const changes = await db.levelChange.findMany({ where: { complaintId: id }, orderBy: { id: 'desc' }, take: 20 })
  const names = await namesById(changes.map(({ byId }) => byId))
  return changes.map((one) => ({ ...one, by: one.byId === null ? null : (names.get(one.byId) ?? null) }))
}
export type Changed = Awaited<ReturnType<typeof levelChanges>>[number]
