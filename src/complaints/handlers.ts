import type { Role } from '../../prisma/client/enums.ts'
import { table } from '../access/table.ts'
import { holdersAt, type Reads } from '../approvals/holders.ts'
import { db, type Tx } from '../db.ts'
import type { PlacedComplaint } from './policy.ts'

/** Who can handle complaints at all, by the table. */
const handlingRoles = Object.keys(table['complaints.handle']) as Role[]

type Where = Pick<PlacedComplaint, 'receivingDepartmentId' | 'regionId' | 'accused'>

/** CMP-03: who may handle it there: people of the responsible or of the receiving department, never whom it is about. */
export async function handlersAt(tx: Reads, where: Where, departmentId: bigint | null): Promise<bigint[]> {
  const { receivingDepartmentId, regionId, accused } = where
  const there = await holdersAt(tx, handlingRoles, { departmentId, regionId })
  const received = await holdersAt(tx, handlingRoles, { departmentId: receivingDepartmentId, regionId: null })
  return [...new Set([...there, ...received])].filter((id) => !accused.includes(id))
}

/** One of them, held so that nobody puts the account out of use meanwhile; ACC-02: who is leaving gets nothing more. */
export async function lockHandler(
  tx: Tx,
  where: Where,
  { departmentId, ownerId }: { departmentId: bigint | null; ownerId: bigint },
): Promise<{ id: bigint; name: string } | null> {
  await tx.$queryRaw`select 1 from staff where id = ${ownerId} for key share`
  if (!(await handlersAt(tx, where, departmentId)).includes(ownerId)) return null
  return tx.staff.findFirst({
    where: { id: ownerId, state: 'active', leaving: { none: { state: 'open' } } },
    select: { id: true, name: true },
  })
}

/**
 * CMP-11: everybody who ever handled it, the present handler included, in the register that triggers keep. Whom it was given
 * to in error, and who had it taken back before anything was done, never did.
 */
export async function everHandled(
  tx: Reads,
  { id, ownerId }: { id: bigint; ownerId: bigint | null },
): Promise<bigint[]> {
  const rows = await tx.$queryRaw<{ staffId: bigint }[]>`
    select staff_id as "staffId" from complaint_handler where complaint_id = ${id} group by staff_id
    having count(*) filter (where not taken_back) > count(*) filter (where taken_back) order by staff_id`
  return [...new Set([...rows.map(({ staffId }) => staffId), ...(ownerId === null ? [] : [ownerId])])]
}

/** For choosing: everybody who may handle complaints at some department, with where they work. */
export function handlersToChoose({ accused }: Pick<Where, 'accused'>) {
  return db.staff.findMany({
    where: {
      id: { notIn: [...accused] },
      state: 'active',
      leaving: { none: { state: 'open' } },
      grants: { some: { role: { in: handlingRoles } } },
    },
    orderBy: [{ departmentId: 'asc' }, { pinyin: 'asc' }, { id: 'asc' }],
    take: 1000,
    select: { id: true, number: true, name: true, departmentId: true, department: { select: { name: true } } },
  })
}
