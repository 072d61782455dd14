import { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import { withinSql } from '../access/policy.ts'
import { ask } from '../db.ts'
import type { Tagged } from '../deadlines/tag.ts'
import { mostCounted } from './queries.ts'

type Waiting = { number: string; name: string; createdAt: Date; createdBy: string }
export type ToConfirm = { count: number; urgent: Waiting & { clock: Tagged | null } } | null

const waiting = Prisma.sql`standing = 'provisional' and withdrawn_at is null`

/**
 * CUS-05: how many customers wait for this person's confirmation, counted like every figure to 1,000, and the one that
 * is due first. By hand, because only the word itself in the query finds the index of the provisional ones.
 */
export async function toConfirm(actor: Actor): Promise<ToConfirm> {
  const found = await ask<{ id: bigint }>`
    select id from customer where ${waiting} and ${withinSql(actor, 'customers.confirm')}
    order by id limit ${mostCounted + 1}`
  if (found.length === 0) return null
  const ids = found.map(({ id }) => id)
  const urgent = (await mostUrgent(actor, ids)) ?? (await recorded(ids[0]!))
  return { count: found.length, urgent }
}

/** Few are looked at each; of very many the clocks are walked, the one due first at the front. */
async function mostUrgent(actor: Actor, ids: bigint[]) {
  const few = ids.length <= mostCounted
  const among = few ? Prisma.sql`id = any(${ids}::bigint[])` : withinSql(actor, 'customers.confirm')
  const [row] = await ask<Waiting & Tagged>`
    select c.number, c.name, c.created_at as "createdAt",
      (select s.name from staff s where s.id = c.created_by_id) as "createdBy", d.unit::text,
      d.started_at as "startedAt", d.due_at as "dueAt", d.soon_at as "soonAt", d.paused_at as "pausedAt",
      d.met_at as "metAt", d.cancelled_at as "cancelledAt"
    from deadline d join lateral (select number, name, created_at, created_by_id from customer
      where id = d.customer_id and ${waiting} and ${among}) c on true
    where d.kind = 'customer.confirmation' and d.met_at is null and d.cancelled_at is null
    order by d.due_at, d.id limit 1`
  if (!row) return null
  const { number, name, createdAt, createdBy, ...clock } = row
  return { number, name, createdAt, createdBy, clock }
}

/** No clock yet: the sweep has not come by. */
async function recorded(id: bigint) {
  const [row] = await ask<Waiting>`
    select number, name, created_at as "createdAt",
      (select s.name from staff s where s.id = customer.created_by_id) as "createdBy"
    from customer where id = ${id}`
  return { ...row!, clock: null }
}
