import { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import { visibleCustomersSql } from '../customers/policy.ts'
import { db, type Tx } from '../db.ts'
import { NotFound } from '../lib/refused.ts'
import { visibleTasksSql } from '../tasks/policy.ts'
import { tasksSql } from '../tasks/queries.ts'
import { foundSql, type Thing } from './things.ts'
import { knownSql, seenSql } from './unseen.ts'

/** PRV-02: what it is called only where the reader sees the customer it is about, or the task itself. */
const aboutSql = (actor: Actor, thing: Prisma.Sql) => Prisma.sql`
  case when f.customer_id is null or exists
      (select from customer where id = f.customer_id and ${visibleCustomersSql(actor)}) then f.about
    when ${thing} in ('task', 'given_task') and exists
      (select from ${tasksSql} as v where id = f.id and ${visibleTasksSql(actor)}) then f.about end`

export type Item = { id: bigint; label: string; about: string | null }
export const mostItems = 200

const soughtSql = (q: string) => {
  const like = `%${q.replace(/[\\%_]/g, '\\$&')}%`
  return q === '' ? Prisma.sql`true` : Prisma.sql`(label ilike ${like} or about ilike ${like})`
}

/** What the leaver still has of a thing, by its number or name; one more than a page shows. */
export function itemsOf(actor: Actor, leaver: bigint, thing: Thing, q: string, now: Date): Promise<Item[]> {
  return db.$queryRaw<Item[]>`
    select id, label, about from (
      select f.id, f.label, ${aboutSql(actor, Prisma.sql`${thing}::text`)} as about
      from (${seenSql(actor, thing, leaver, now)}) f) seen
    where ${soughtSql(q.trim())} order by id limit ${mostItems + 1}`
}

export async function countOf(actor: Actor, leaver: bigint, thing: Thing, q: string, now: Date): Promise<number> {
  return (await wantedIds(db as unknown as Tx, actor, { leaver, thing, q, items: null, now })).length
}

type Wanted = { leaver: bigint; thing: Thing; q: string; items: bigint[] | null; now: Date }

/** The ids of all that match, or of those picked, as far as they are still the leaver's. */
export async function wantedIds(tx: Tx, actor: Actor, { leaver, thing, q, items, now }: Wanted): Promise<bigint[]> {
  const picked = items === null ? Prisma.sql`true` : Prisma.sql`id = any(${items}::bigint[])`
  const rows = await tx.$queryRaw<{ id: bigint }[]>`
    select id from (
      select f.id, f.label, ${aboutSql(actor, Prisma.sql`${thing}::text`)} as about
      from (${seenSql(actor, thing, leaver, now)}) f) seen
    where ${soughtSql(q.trim())} and ${picked} order by id`
  return rows.map(({ id }) => id)
}

/** What they are called, before they are the leaver's no more. */
export async function labelsOf(tx: Tx, leaver: bigint, thing: Thing, ids: bigint[], now: Date) {
  const rows = await tx.$queryRaw<{ id: bigint; label: string }[]>`
    select id, label from (${foundSql(thing, leaver, now)}) f where id = any(${ids}::bigint[])`
  return new Map(rows.map(({ id, label }) => [id, label]))
}

type NewLine = { id: bigint; label: string }

/** What came back and goes again is one line: the last one. */
export async function writeLines(
  tx: Tx,
  { handoverId, thing, toId }: { handoverId: bigint; thing: Thing; toId: bigint | null },
  lines: NewLine[],
  now: Date,
): Promise<void> {
  const rows = JSON.stringify(lines.map(({ id, label }) => ({ subject: `${thing}:${id}`, label })))
  await tx.$executeRaw`
    insert into handover_line (handover_id, kind, subject, label, to_id, at)
    select ${handoverId}, ${thing}, subject, label, ${toId}::bigint, ${now}::timestamptz
    from json_to_recordset(${rows}::json) as v(subject text, label text)
    on conflict (handover_id, subject) do update set to_id = excluded.to_id, label = excluded.label, at = excluded.at`
}

/** CMP-03: of `handover_line l`. */
const lineKnownSql = (actor: Actor) =>
  knownSql(actor, Prisma.sql`l.kind`, Prisma.sql`split_part(l.subject, ':', 2)::bigint`)

export type Share = {
  toId: bigint | null
  name: string | null
  number: string | null
  kind: Thing
  n: number
  last: Date
  received: Date | null
  /** Came after the receipt. */
  since: number
}

/** ACC-02: how much of what went to whom, and whether it was received: a receipt is a line of the trail. */
export function sharesOf(actor: Actor, handoverId: bigint, toId?: bigint): Promise<Share[]> {
  const one = toId === undefined ? Prisma.sql`true` : Prisma.sql`l.to_id = ${toId}`
  return db.$queryRaw<Share[]>`
    select l.to_id as "toId", s.name, s.number, l.kind, count(*)::int as n, max(l.at) as last, r.at as received,
      (count(*) filter (where r.at is null or l.at > r.at))::int as since
    from handover_line l left join staff s on s.id = l.to_id
      left join lateral (select max(at) as at from audit_entry a where a.subject = ${`handover:${handoverId}`}
        and a.action = 'handover.received' and a.actor_id = l.to_id) r on true
    where l.handover_id = ${handoverId} and ${one} and ${lineKnownSql(actor)}
    group by l.to_id, s.name, s.number, l.kind, r.at order by s.name nulls last, l.to_id, l.kind`
}

export type Line = { id: bigint; kind: Thing; label: string; about: string | null; at: Date; to: string | null }

/** The lines themselves, with names as far as the reader sees them. */
export function linesOf(
  actor: Actor,
  handoverId: bigint,
  { after = 0n, toId, limit }: { after?: bigint; toId?: bigint; limit: number },
): Promise<Line[]> {
  const one = toId === undefined ? Prisma.sql`true` : Prisma.sql`l.to_id = ${toId}`
  return db.$queryRaw<Line[]>`
    select l.id, l.kind, l.label, l.at, s.name as to,
      case l.kind
        when 'customer' then (select name from customer where number = l.label and ${visibleCustomersSql(actor)})
        when 'task' then (select title from ${tasksSql} as v where number = l.label and ${visibleTasksSql(actor)})
        when 'given_task' then (select title from ${tasksSql} as v where number = l.label and ${visibleTasksSql(actor)})
      end as about
    from handover_line l left join staff s on s.id = l.to_id
    where l.handover_id = ${handoverId} and l.id > ${after} and ${one} and ${lineKnownSql(actor)} order by l.id limit ${limit}`
}

export type Receipt = { id: bigint; number: string; leaver: string; startedBy: string; startedById: bigint }

/** What somebody took on in a handover: nobody else's receipt exists. */
export async function receiptFor(actor: Actor, number: string): Promise<Receipt> {
  const found = await db.handover.findFirst({
    where: { number: number.toUpperCase(), lines: { some: { toId: actor.id } } },
    select: {
      id: true,
      number: true,
      leaver: { select: { name: true } },
      startedById: true,
      startedBy: { select: { name: true } },
    },
  })
  if (!found) throw new NotFound()
  const { id, leaver, startedBy, startedById } = found
  return { id, number: found.number, leaver: leaver.name, startedBy: startedBy.name, startedById }
}
