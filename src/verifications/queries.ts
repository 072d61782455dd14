import { createHash } from 'node:crypto'
import { Prisma } from '../../prisma/client/client.ts'
import type { VerificationWay } from '../../prisma/client/enums.ts'
import type { Actor } from '../access/actor.ts'
import { visibleCustomersSql } from '../customers/policy.ts'
import { ask, type Db } from '../db.ts'
import type { Tagged } from '../deadlines/tag.ts'
import { regulationAt } from '../regulations/in-force.ts'

/** The last time a part was made sure of; without a way, it was recorded then. */
export type Verified = { part: string; way: VerificationWay | null; note: string | null; at: Date; by: string }

/** The last one of each part, as JSON: for one query together with what else a customer's page asks. */
export const lastVerificationsSql = (customerId: bigint) => Prisma.sql`(
  select coalesce(json_agg(l), '[]') from (
    select distinct on (v.part) v.part, v.way, v.note, v.at, s.name as by
    from verification v join staff s on s.id = v.by_id where v.customer_id = ${customerId}
    order by v.part, v.at desc, v.id desc) l)`

export const seenVerification = (one: Verified): Verified => ({ ...one, at: new Date(one.at) })

type Contact = { id: bigint; version: number; name: string }
type Address = { id: bigint; version: number; address: string }
export type Belongings = { contacts: Contact[]; addresses: Address[] }

/** What there is to verify beside the record itself. */
export async function belongingsOf(
  from: Pick<Db, 'contact' | 'customerAddress'>,
  customerId: bigint,
): Promise<Belongings> {
  const where = { customerId, removedAt: null }
  const contacts = await from.contact.findMany({
    where,
    orderBy: [{ main: 'desc' }, { id: 'asc' }],
    select: { id: true, version: true, name: true },
  })
  const addresses = await from.customerAddress.findMany({
    where,
    orderBy: [{ use: 'asc' }, { id: 'asc' }],
    select: { id: true, version: true, address: true },
  })
  return { contacts, addresses }
}

/** Tells whether the record is still what somebody saw: a mark of the versions of all its parts. */
export function seenMark({ version }: { version: number }, { contacts, addresses }: Belongings): string {
  const versions = [contacts, addresses].map((of) => of.map((one) => `${one.id}.${one.version}`))
  return createHash('sha256')
    .update(JSON.stringify([version, ...versions]))
    .digest('hex')
    .slice(0, 32)
}

const mostCounted = 1000

export type ToVerify = { count: number; months: number; oldest: { number: string; name: string }; clock: Tagged } | null

/** CUS-07: one's own customers whose clock ran out, counted to 1,000, and the one that waits longest. */
export async function toVerify(actor: Actor, now: Date): Promise<ToVerify> {
  type Row = Tagged & { number: string; name: string; count: number }
  const [found] = await ask<Row>`
    with mine as materialized (select id, number, name from customer
        where owner_id = ${actor.id} and ${visibleCustomersSql(actor)}),
      waiting as (select d.*, m.number, m.name from mine m join deadline d on d.customer_id = m.id
        where d.kind = 'customer.verification' and d.met_at is null and d.cancelled_at is null
          and d.due_at < ${now}::timestamptz order by d.due_at, d.id limit ${mostCounted + 1})
    select number, name, unit::text, started_at as "startedAt", due_at as "dueAt", soon_at as "soonAt",
      paused_at as "pausedAt", met_at as "metAt", cancelled_at as "cancelledAt",
      (select count(*)::int from waiting) as count
    from waiting order by due_at, id limit 1`
  if (!found) return null
  const { number, name, count, ...clock } = found
  const months = (await regulationAt(now)).value('customers.verify_months')
  return { count, months, oldest: { number, name }, clock }
}
