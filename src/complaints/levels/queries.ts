import { db } from '../../db.ts'
import type { Complaint } from '../queries.ts'

/** CMP-06: every level it had, newest first, with who and why. */
export async function levelChanges({ id }: Pick<Complaint, 'id'>) {
  const changes = await db.levelChange.findMany({ where: { complaintId: id }, orderBy: { id: 'desc' }, take: 20 })
  const ids = changes.flatMap(({ byId }) => byId ?? [])
  const people = await db.staff.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } })
  return changes.map((one) => ({ ...one, by: people.find((person) => person.id === one.byId)?.name ?? null }))
}
export type Changed = Awaited<ReturnType<typeof levelChanges>>[number]
