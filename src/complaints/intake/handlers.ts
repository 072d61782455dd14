import type { Role } from '../../../prisma/client/enums.ts'
import { rowOf } from '../../access/table.ts'
import type { Db, Tx } from '../../db.ts'
import { handlersAt } from '../handlers.ts'

/** Somebody who may handle complaints, with how many are in hand. */
export type Handler = {
  id: bigint
  number: string
  name: string
  department: string | null
  departmentId: bigint | null
  inHand: number
}

const mostHandlers = 300
const roles = Object.keys(rowOf('complaints.handle') as Record<string, unknown>) as Role[]

type Where = { departmentId: bigint | null; receivingDepartmentId: bigint | null; accused: readonly bigint[] }

/**
 * CMP-02, CMP-03: who may handle a complaint of a department, those who work there first, and among them who has least in
 * hand; everybody who handles complaints where no department is responsible yet. Never whom it is about.
 */
export async function handlersOf(from: Pick<Tx, '$queryRaw'>, where: Where): Promise<Handler[]> {
  const { departmentId, accused } = where
  const there = departmentId === null ? null : await handlersAt(from, { ...where, regionId: null }, departmentId)
  return from.$queryRaw<Handler[]>`
    with recursive below as (
      select id from department where id = ${departmentId}::bigint
      union all select d.id from department d join below on d.parent_id = below.id)
    select s.id, s.number, s.name, d.name as department, s.department_id as "departmentId",
      (select count(*)::int from complaint c where c.owner_id = s.id and c.state not in ('closed', 'void')) as "inHand"
    from staff s left join department d on d.id = s.department_id
    where s.state = 'active' and s.id <> all(${[...accused]}::bigint[])
      and (${there}::bigint[] is null or s.id = any(${there}::bigint[]))
      and not exists (select from handover h where h.leaver_id = s.id and h.state = 'open')
      and exists (select from role_grant g where g.staff_id = s.id and g.role = any(${roles}::role[]))
    order by exists (select from below where below.id = s.department_id) desc, d.id nulls last, "inHand", s.name, s.id
    limit ${mostHandlers}`
}

/** People called by name or number; `none`: nobody is called so, `several`: more than one is. */
export async function peopleCalled(from: Pick<Db, 'staff'>, texts: readonly string[]) {
  const found = await from.staff.findMany({
    where: { state: 'active', OR: [{ name: { in: [...texts] } }, { number: { in: [...texts] } }] },
    orderBy: { id: 'asc' },
    select: { id: true, name: true, number: true, department: { select: { name: true } } },
  })
  const of = (text: string) => {
    const byNumber = found.filter(({ number }) => number === text)
    return byNumber.length > 0 ? byNumber : found.filter(({ name }) => name === text)
  }
  const people = [
    ...new Map(texts.flatMap((text) => (of(text).length === 1 ? of(text) : [])).map((one) => [one.id, one])).values(),
  ]
  return {
    people,
    none: texts.filter((text) => of(text).length === 0),
    several: texts.filter((text) => of(text).length > 1),
  }
}
