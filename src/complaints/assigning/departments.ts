import type { ComplaintKind } from '../../../prisma/client/enums.ts'
import { db } from '../../db.ts'

/** All departments, and the one that answers complaints of this kind (CMP-02). */
export async function departmentsToChoose(kind: ComplaintKind) {
  const [all, destination] = await Promise.all([
    db.department.findMany({ orderBy: { id: 'asc' }, select: { id: true, name: true } }),
    db.complaintDestination.findUnique({ where: { kind }, select: { departmentId: true } }),
  ])
  return {
    options: all.map(({ id, name }) => ({ value: String(id), word: name })),
    suggested: destination?.departmentId ?? null,
  }
}
