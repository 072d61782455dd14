import { Prisma } from '../../../prisma/client/client.ts'
import type { Role } from '../../../prisma/client/enums.ts'
import type { Actor } from '../../access/actor.ts'
import { may, withinSql } from '../../access/policy.ts'
import { ask, db } from '../../db.ts'
import { NotFound } from '../../lib/refused.ts'
import { planningRole } from '../posts.ts'

export type Person = {
  id: bigint
  number: string
  name: string
  pinyin: string
  departmentId: bigint | null
  department: string | null
  roles: Role[]
}
/** VIS-01: who must plan stands in it also with nothing to show. */
export async function plannersSeen(actor: Actor, unit: string): Promise<bigint[]> {
  const place = { owner: Prisma.sql`id`, department: Prisma.sql`department_id`, region: Prisma.sql`null::bigint` }
  const rows = await ask<{ id: bigint }>`
    select id from staff where state = 'active' and ${withinSql(actor, 'assessments.view', place)}
      and ${unit ? Prisma.sql`department_id = ${BigInt(unit)}` : Prisma.sql`true`}
      and id in (select staff_id from role_grant where role = ${planningRole}::role)`
  return rows.map(({ id }) => id)
}

export function peopleOf(ids: bigint[]): Promise<Person[]> {
  return ask<Person>`
    select s.id, s.number, s.name, s.pinyin, s.department_id as "departmentId", d.name as department,
      array(select distinct role::text from role_grant g where g.staff_id = s.id) as roles
    from staff s left join department d on d.id = s.department_id
    where s.id = any(${ids}::bigint[]) order by s.pinyin, s.id`
}

/** Whom one may look at: who works within reach, and whoever's visits lie there. */
export async function personFor(actor: Actor, number: string): Promise<Person & { ownerId: bigint; regionId: null }> {
  const staff = await db.staff.findUnique({
    where: { number: number.toUpperCase() },
    select: { id: true, departmentId: true },
  })
  if (!staff) throw new NotFound()
  const placed = { ownerId: staff.id, departmentId: staff.departmentId, regionId: null }
  const seen = may(actor, 'assessments.view', placed) || (await hasVisitsSeen(actor, staff.id))
  const [person] = seen ? await peopleOf([staff.id]) : []
  if (!person) throw new NotFound()
  return { ...person, ownerId: staff.id, regionId: null }
}
export type PersonFound = Awaited<ReturnType<typeof personFor>>

async function hasVisitsSeen(actor: Actor, id: bigint): Promise<boolean> {
  const rows = await ask`
    select 1 from visit where owner_id = ${id} and ${withinSql(actor, 'assessments.view')} limit 1`
  return rows.length > 0
}
