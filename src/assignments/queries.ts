import { db } from '../db.ts'

/** People who may own customers, for choosing one. */
export function possibleOwners(): Promise<{ number: string; name: string }[]> {
  return db.staff.findMany({
    where: { state: 'active', grants: { some: { role: { in: ['sales', 'dept_head', 'area_manager'] } } } },
    orderBy: { pinyin: 'asc' },
    take: 500,
    select: { number: true, name: true },
  })
}
