import { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import { mayEver, permit, waysWithin } from '../access/policy.ts'
import { visibleCustomersSql } from '../customers/policy.ts'
import { visibleTasksSql } from '../tasks/policy.ts'

export const promisePolicy = {
  list: permit('tasks.view'),
  export: permit('visits.export'),
}

/**
 * Which promises exist for this person, over the columns of `promisesSql`: those whose task is seen, and those made to
 * a customer that is seen.
 */
export function visiblePromisesSql(actor: Actor): Prisma.Sql {
  if (!mayEver(actor, 'customers.view')) return visibleTasksSql(actor)
  return Prisma.sql`(${visibleTasksSql(actor)}
    or customer_id in (select id from customer where ${visibleCustomersSql(actor)}))`
}

const ofOwner = {
  owner: Prisma.sql`t.owner_id`,
  department: Prisma.sql`t.owner_department_id`,
  region: Prisma.sql`t.customer_region_id`,
}
const ofCustomer = {
  owner: Prisma.sql`t.customer_owner_id`,
  department: Prisma.sql`t.customer_department_id`,
  region: Prisma.sql`t.customer_region_id`,
}

/** The same as ways, over `promise as t`, each of which an index walks in the order of a list. */
export function promiseWays(actor: Actor): Prisma.Sql[] {
  const tasks = waysWithin(actor, 'tasks.view', ofOwner)
  if (tasks === null) return [Prisma.sql`true`]
  const own = [Prisma.sql`t.owner_id = ${actor.id}`, Prisma.sql`t.created_by_id = ${actor.id}`]
  return distinct([...own, ...tasks, ...customerWays(actor)])
}

/** Who has promises to keep that this person sees, over the columns of `staff`: a probe of an index for each of them. */
export function keepersSql(actor: Actor): Prisma.Sql {
  const has = (way: Prisma.Sql) => Prisma.sql`exists (select from promise t where t.owner_id = staff.id and ${way})`
  const tasks = waysWithin(actor, 'tasks.view', { ...ofOwner, ...ofStaff })
  if (tasks === null) return has(Prisma.sql`true`)
  const given = (state: Prisma.Sql) =>
    Prisma.sql`select t.owner_id from promise t where t.created_by_id = ${actor.id} and t.state ${state}`
  return Prisma.sql`(staff.id in (${given(Prisma.sql`= 'open'`)} union all ${given(Prisma.sql`<> 'open'`)})
    or ${Prisma.join([Prisma.sql`staff.id = ${actor.id}`, ...tasks, ...customerWays(actor)].map(has), ' or ')})`
}

const ofStaff = { owner: Prisma.sql`staff.id`, department: Prisma.sql`staff.department_id` }

const known = Prisma.sql`exists (select from customer k where k.id = t.customer_id and k.withdrawn_at is null)`
const customerWays = (actor: Actor) =>
  mayEver(actor, 'customers.view') ? (waysWithin(actor, 'customers.view', ofCustomer) ?? [known]) : []

const distinct = (ways: Prisma.Sql[]) => [
  ...new Map(ways.map((way) => [`${way.sql} ${way.values.join()}`, way])).values(),
]
