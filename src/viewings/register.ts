import { Prisma } from '../../prisma/client/client.ts'
import type { ReadingWay, SecrecyLevel } from '../../prisma/client/enums.ts'
import type { Actor } from '../access/actor.ts'
import { withinSql } from '../access/policy.ts'
import { knownSql } from '../archive/policy.ts'
import { isDay } from '../calendar/week.ts'
import { ask } from '../db.ts'
import { dayStart } from '../lib/dates.ts'
import type { RegisterQuery } from './forms.ts'

/** A line of the register of viewing, as this reader may know the item: title and customer are null where not. */
export type Line = {
  id: bigint
  at: Date
  staff: string
  staffNumber: string
  item: string
  secrecy: SecrecyLevel
  known: boolean
  title: string | null
  customer: string | null
  customerNumber: string | null
  way: ReadingWay
  viewing: string | null
  emergency: boolean | null
  visitor: string | null
}

export const linesShown = 50
export const countedTo = 1000

/** Newest first, from the line before which a page begins. */
export function linesFor(actor: Actor, query: RegisterQuery, now: Date, limit = linesShown + 1): Promise<Line[]> {
  const before = query.before ? Prisma.sql`r.id < ${BigInt(query.before)}` : Prisma.sql`true`
  return ask<Line>`
    select r.id, r.at, s.name as staff, s.number as "staffNumber", i.number as item, i.secrecy::text, seen.known,
      case when seen.known then i.title end as title, case when seen.known then c.name end as customer,
      case when seen.known then c.number end as "customerNumber", r.way::text, v.number as viewing, v.emergency, r.visitor
    from item_reading r join archive_item i on i.id = r.item_id join customer c on c.id = r.customer_id
      join staff s on s.id = r.staff_id left join viewing v on v.id = r.viewing_id
      cross join lateral (select ${knownSql(actor, now)} as known) seen
    where ${conditions(actor, query)} ${ofCustomer(query, Prisma.sql`seen.known`)} and ${before}
    order by r.id desc limit ${limit}`
}

/** How many that is, to 1,000. */
export async function countLines(actor: Actor, query: RegisterQuery, now: Date): Promise<number> {
  const [row] = await ask<{ n: number }>`
    select count(*)::int as n from (select 1 from item_reading r join archive_item i on i.id = r.item_id
      where ${conditions(actor, query)} ${ofCustomer(query, knownSql(actor, now))} limit ${countedTo + 1}) as found`
  return row!.n
}

/** ARC-02: by a customer only what this reader may know to be that customer's. */
const ofCustomer = ({ customer }: RegisterQuery, known: Prisma.Sql): Prisma.Sql =>
  customer?.trim() ? Prisma.sql`and ${known}` : Prisma.empty

function conditions(actor: Actor, { person, customer, item, from, until }: RegisterQuery): Prisma.Sql {
  const parts = [
    Prisma.sql`r.customer_id in (select id from customer where ${withinSql(actor, 'archive.registers')})`,
    ...one(person, (typed) => Prisma.sql`r.staff_id = (select id from staff where number = ${typed})`),
    ...one(customer, (typed) => Prisma.sql`r.customer_id = (select id from customer where number = ${typed})`),
    ...one(item, (typed) => Prisma.sql`r.item_id = (select id from archive_item where number = ${typed})`),
    ...(from && isDay(from) ? [Prisma.sql`r.at >= ${dayStart(from)}::timestamptz`] : []),
    ...(until && isDay(until) ? [Prisma.sql`r.at < ${dayStart(until, 1)}::timestamptz`] : []),
  ]
  return Prisma.join(parts, ' and ')
}

const one = (typed: string | undefined, sql: (value: string) => Prisma.Sql): Prisma.Sql[] =>
  typed?.trim() ? [sql(typed.trim().toUpperCase())] : []

/** All of them in steps, for the file. */
export async function* everyLine(actor: Actor, query: RegisterQuery, now: Date): AsyncGenerator<Line> {
  let before = query.before
  for (;;) {
    const lines = await linesFor(actor, { ...query, ...(before ? { before } : {}) }, now, 1000)
    yield* lines
    if (lines.length < 1000) return
    before = String(lines.at(-1)!.id)
  }
}
