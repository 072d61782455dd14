import { db, type Db } from '../../db.ts'

/** What was asked for a visit and is still wanted. */
export function costsOf({ id }: { id: bigint }, from: Pick<Db, 'visitSpending'> = db) {
  return from.visitSpending.findMany({ where: { visitId: id, removedAt: null }, orderBy: { id: 'asc' } })
}
