import { db } from '../../db.ts'

export const shown = 50

/** How often and by which way it came again, the last first. */
export async function escalationsOf(complaintId: bigint) {
  const rows = await db.complaintEscalation.findMany({
    where: { complaintId },
    orderBy: { id: 'desc' },
    take: shown,
  })
  const people = await db.staff.findMany({
    where: { id: { in: rows.map(({ byId }) => byId) } },
    select: { id: true, name: true },
  })
  const names = new Map(people.map(({ id, name }) => [id, name]))
  return rows.map((row) => ({ ...row, by: names.get(row.byId) ?? '' }))
}
export type EscalationRow = Awaited<ReturnType<typeof escalationsOf>>[number]
