import { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import { ask } from '../db.ts'
import { overdueSql, promisesBy, promisesSql, type PromiseRow } from './queries.ts'

/** How many, of these how many overdue, and the most urgent of them with its clock. List: /promises. */
export type PromisesAtHome = { count: number; overdue: number; first: PromiseRow } | null

/** As the first page counts (home/queries.ts). */
const most = 1001

/** VIS-07: the promises that this person has to keep. */
export async function promisesAtHome(actor: Actor, now: Date): Promise<PromisesAtHome> {
  const mine = Prisma.sql`t.owner_id = ${actor.id} and t.state = 'open'`
  const [[first], [counts]] = await Promise.all([
    promisesBy(actor, Prisma.sql`where ${mine} order by t.due_on, t.id limit 1`, now),
    ask<{ count: number; overdue: number }>`
      select count(*)::int as count, count(*) filter (where overdue)::int as overdue
      from (select ${overdueSql(now)} as overdue from ${promisesSql} as t where ${mine} limit ${most}) found`,
  ])
  return first ? { ...counts!, first } : null
}
