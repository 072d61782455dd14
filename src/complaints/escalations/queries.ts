import { db } from '../../db.ts'
import { namesById } from '../../staff/naming.ts'

export const shown = 50

/** How often and by which way it came again, the last first. */
export async function escalationsOf(complaintId: bigint) {
  const rows = await db.complaintEscalation.findMany({
    where: { complaintId },
    orderBy: { id: 'desc' },
    take: shown,
  })
  const names = await namesById(rows.map(({ byId }) => byId))
  return rows.map((row) => ({ ...row, by: names.get(row.byId) ?? '' }))
}
export type EscalationRow = Awaited<ReturnType<typeof escalationsOf>>[number]
