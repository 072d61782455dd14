import { db, type Db, type Tx } from '../db.ts'
import type { Actor } from '../access/actor.ts'
import { NotFound } from '../lib/refused.ts'
import type { Kind, Unit } from './tree.ts'
import type { Occupancy } from './rules.ts'

/** The two tables have the same columns; their generated types only differ in what points at them. */
export function delegate(tx: Tx, kind: Kind): Tx['department'] {
  return kind === 'department' ? tx.department : (tx.region as unknown as Tx['department'])
}

const columns = { id: true, name: true, parentId: true, version: true } as const

export function unitsOf(kind: Kind, from: Tx | Db = db): Promise<Unit[]> {
  return delegate(from as Tx, kind).findMany({ select: columns, orderBy: { id: 'asc' } })
}

export async function unitFor(kind: Kind, _actor: Actor, id: string): Promise<Unit> {
  const unit = /^\d{1,18}$/.test(id) ? await findUnit(kind, BigInt(id), db as unknown as Tx) : null
  if (!unit) throw new NotFound()
  return unit
}

/** Holds the whole tree: a circle can only be seen, and kept out, with nobody else moving branches. */
export async function lockTree(tx: Tx, kind: Kind): Promise<Unit[]> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtext(${`organisation.${kind}`}))`
  return unitsOf(kind, tx)
}

/** Holds one unit against everything that would newly point at it. */
export async function lockUnit(tx: Tx, kind: Kind, id: bigint): Promise<Unit> {
  if (kind === 'department') await tx.$queryRaw`select 1 from department where id = ${id} for update`
  else await tx.$queryRaw`select 1 from region where id = ${id} for update`
  const unit = await findUnit(kind, id, tx)
  if (!unit) throw new NotFound()
  return unit
}

export async function occupancy(tx: Tx, kind: Kind, id: bigint): Promise<Occupancy> {
  const where = kind === 'department' ? { departmentId: id } : { regionId: id }
  return {
    children: await delegate(tx, kind).count({ where: { parentId: id } }),
    staff: kind === 'department' ? await tx.staff.count({ where: { departmentId: id } }) : 0,
    customers: await tx.customer.count({ where }),
    grants: await tx.roleGrant.count({ where }),
    imports: await tx.customerImport.count({ where }),
  }
}

export function company() {
  return db.company.findUnique({ where: { id: 1 } })
}

export type Counted = Unit & { staff: number; customers: number }

/** Every unit with how many people and customers lie directly in it. */
export async function countedUnits(kind: Kind): Promise<Counted[]> {
  const column = kind === 'department' ? 'departmentId' : 'regionId'
  const units = await unitsOf(kind)
  const customers = await db.customer.groupBy({ by: [column], _count: true })
  const staff = kind === 'department' ? await db.staff.groupBy({ by: ['departmentId'], _count: true }) : []
  const count = (groups: { departmentId?: bigint | null; regionId?: bigint | null; _count: number }[], id: bigint) =>
    groups.find((group) => group[column] === id)?._count ?? 0
  return units.map((unit) => ({ ...unit, staff: count(staff, unit.id), customers: count(customers, unit.id) }))
}

export function otherSystemAdmins(tx: Tx, actor: Actor): Promise<number> {
  return tx.staff.count({
    where: { id: { not: actor.id }, state: 'active', grants: { some: { role: 'system_admin' } } },
  })
}

function findUnit(kind: Kind, id: bigint, from: Tx): Promise<Unit | null> {
  return delegate(from, kind).findUnique({ where: { id }, select: columns })
}

/** Keeps a department and a region where they are until the transaction ends; names the field whose place is gone. */
export async function goneOf(
  tx: Tx,
  { departmentId, regionId }: { departmentId: bigint | null; regionId: bigint | null },
): Promise<'departmentId' | 'regionId' | null> {
  const [held] = await tx.$queryRaw<{ department: number; region: number }[]>`
    with d as (select 1 from department where id = ${departmentId} for key share),
      r as (select 1 from region where id = ${regionId} for key share)
    select (select count(*)::int from d) as department, (select count(*)::int from r) as region`
  if (departmentId !== null && held!.department === 0) return 'departmentId'
  return regionId !== null && held!.region === 0 ? 'regionId' : null
}
