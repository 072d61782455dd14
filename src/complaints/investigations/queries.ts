import { db } from '../../db.ts'
import { namesInOrder, writtenAs } from '../../staff/naming.ts'
import type { Complaint } from '../queries.ts'

/** CMP-09: the report of a complaint with the names that belong to it; null where none was begun. */
export async function reportOf({ id }: Pick<Complaint, 'id'>) {
  const report = await db.investigationReport.findUnique({ where: { complaintId: id } })
  if (!report) return null
  const [by, people, written] = await Promise.all([
    namesInOrder([report.byId]),
    namesInOrder(report.responsible),
    writtenAs(db, report.responsible),
  ])
  return { ...report, by: by[0] ?? '', people, written }
}
export type Report = NonNullable<Awaited<ReturnType<typeof reportOf>>>
