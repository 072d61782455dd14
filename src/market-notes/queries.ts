import { Prisma } from '../../prisma/client/client.ts'
import type { MarketNoteKind } from '../../prisma/client/enums.ts'
import type { Actor } from '../access/actor.ts'
import type { Placed } from '../access/policy.ts'
import { visibleCustomersSql } from '../customers/policy.ts'
import { ask, db, type Tx } from '../db.ts'
import { NotFound } from '../lib/refused.ts'
import { visibleVisitsSql } from '../visits/policy.ts'
import { conditionsSql, visibleNotesSql } from './conditions.ts'
import type { NoteQuery } from './forms.ts'
import { notePolicy } from './policy.ts'

export const pageSize = 25
/** Counting stops here, as on other lists. */
export const countedTo = 10_000

export type NoteRow = Placed & {
  id: bigint
  kind: MarketNoteKind
  about: string | null
  text: string
  notedOn: string
  owner: string
  ownerNumber: string
  department: string | null
  region: string | null
  /** Who it was heard from: to who sees the customer or the visit. */
  customer: { number: string; name: string } | null
  visit: string | null
  recordedAt: Date
  withdrawnAt: Date | null
  version: number
}

/** What a note tells, of `market_note as n`. */
export const rowSql = (actor: Actor) => Prisma.sql`
  n.id, n.kind::text, n.about, n.text, to_char(n.noted_on, 'YYYY-MM-DD') as "notedOn", n.owner_id as "ownerId",
  n.department_id as "departmentId", n.region_id as "regionId", o.name as owner, o.number as "ownerNumber",
  (select name from department where id = n.department_id) as department,
  (select name from region where id = n.region_id) as region,
  (select json_build_object('number', number, 'name', name) from customer
    where id = n.customer_id and ${visibleCustomersSql(actor)}) as customer,
  (select number from visit where id = n.visit_id and ${visibleVisitsSql(actor)}) as visit,
  n.recorded_at as "recordedAt", n.withdrawn_at as "withdrawnAt", n.version`

export type NoteList = { rows: NoteRow[]; more: boolean; count: number }

/** One page of what was heard, the newest first. */
export async function notesFor(actor: Actor, query: NoteQuery): Promise<NoteList> {
  const where = conditionsSql(actor, query)
  const [rows, [counted]] = await Promise.all([
    pageOf(actor, where, query.after, pageSize + 1),
    ask<{ n: number }>`
      select count(*)::int as n from (select from market_note where ${where} limit ${countedTo + 1}) found`,
  ])
  return { rows: rows.slice(0, pageSize), more: rows.length > pageSize, count: counted!.n }
}

const atOnce = 1000

/** All that the conditions find and that may leave the house, in pieces, for a file. */
export async function* everyNote(actor: Actor, query: NoteQuery): AsyncGenerator<NoteRow> {
  const where = conditionsSql(actor, query, true)
  for (let after: string | undefined; ;) {
    const rows: NoteRow[] = await pageOf(actor, where, after, atOnce)
    yield* rows
    if (rows.length < atOnce) return
    after = String(rows.at(-1)!.id)
  }
}

function pageOf(actor: Actor, where: Prisma.Sql, after: string | undefined, most: number): Promise<NoteRow[]> {
  const beyond = after
    ? Prisma.sql`and (noted_on, id) < (select noted_on, id from market_note where id = ${BigInt(after)})`
    : Prisma.empty
  // Materialized: a few hits of a search are sorted, not looked for along the whole of the dates.
  return ask<NoteRow>`
    select ${rowSql(actor)} from (select id, noted_on from market_note where ${where} ${beyond}
      order by noted_on desc, id desc limit ${most}) page join market_note n using (id) join staff o on o.id = n.owner_id
    order by n.noted_on desc, n.id desc`
}

/** The notes of a visit, as far as this person reads notes. */
export function notesOfVisit(actor: Actor, visitId: bigint): Promise<NoteRow[]> {
  return ask<NoteRow>`
    select ${rowSql(actor)} from market_note n join staff o on o.id = n.owner_id
    where n.id in (select id from market_note where visit_id = ${visitId} and ${visibleNotesSql(actor)})
    order by n.noted_on desc, n.id desc limit 50`
}

/** The only way to a note: what the actor may not know of does not exist. */
export async function noteFor(actor: Actor, id: string): Promise<NoteRow> {
  if (!/^\d{1,18}$/.test(id)) throw new NotFound()
  const [note] = await ask<NoteRow>`
    select ${rowSql(actor)} from market_note n join staff o on o.id = n.owner_id where n.id = ${BigInt(id)}`
  if (!note || !notePolicy.view(actor, note)) throw new NotFound()
  return note
}

export type Locked = Prisma.MarketNoteGetPayload<{ include: typeof heard }>
const heard = { customer: { select: { name: true } }, visit: { select: { party: true } } } as const

/** Holds the row until the transaction ends; take it before checking any rule. */
export async function lockNote(tx: Tx, id: bigint): Promise<Locked> {
  await tx.$queryRaw`select from market_note where id = ${id} for update`
  return tx.marketNote.findUniqueOrThrow({ where: { id }, include: heard })
}

/** What was last spoken of, so that the same competitor is written the same way. */
export async function aboutsKnown(actor: Actor): Promise<string[]> {
  const rows = await ask<{ about: string }>`
    select about from (select about, max(id) as last from (select about, id from market_note
      where about is not null and ${visibleNotesSql(actor)} order by noted_on desc, id desc limit 500) newest
      group by about) known order by last desc limit 50`
  return rows.map(({ about }) => about)
}

export type NotePlaces = {
  departments: { id: bigint; name: string }[]
  regions: { id: bigint; name: string }[]
}

export async function placesOf(): Promise<NotePlaces> {
  const some = { select: { id: true, name: true }, orderBy: { id: 'asc' } } as const
  const [departments, regions] = await Promise.all([db.department.findMany(some), db.region.findMany(some)])
  return { departments, regions }
}

/** What happened to a note, newest first. */
export async function noteHistory({ id }: { id: bigint }) {
  const lines = await db.auditEntry.findMany({
    where: { subject: `market_note:${id}` },
    orderBy: { id: 'desc' },
    take: 50,
    select: { id: true, at: true, actorName: true, action: true, before: true, after: true, why: true },
  })
  const fields = (value: unknown) => (value ?? {}) as Record<string, unknown>
  return lines.map((line) => ({ ...line, before: fields(line.before), after: fields(line.after) }))
}
