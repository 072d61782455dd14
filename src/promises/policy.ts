import { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import { mayEver, permit, withinSql } from '../access/policy.ts'
import { visibleCustomersSql } from '../customers/policy.ts'
import { visibleTasksSql } from '../tasks/policy.ts'

export const promisePolicy = {
  list: permit('tasks.view'),
  export: permit('visits.export'),
}

/**
 * Which promises exist for this person, over the columns of `promisesSql`: those whose task is seen, and those made to
 * a customer that is seen. What leaves the house reaches as far as the act for it.
 */
export function visiblePromisesSql(actor: Actor, act: 'tasks.view' | 'visits.export' = 'tasks.view'): Prisma.Sql {
  if (act === 'visits.export') return Prisma.sql`(${withinSql(actor, act)})`
  if (!mayEver(actor, 'customers.view')) return visibleTasksSql(actor)
  return Prisma.sql`(${visibleTasksSql(actor)}
    or customer_id in (select id from customer where ${visibleCustomersSql(actor)}))`
}
