import { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import { ask } from '../db.ts'
import { asClock, clockedKinds, clockSql, type Clock } from './clocks.ts'
import type { Request } from './contract.ts'
import { kindNames, type ApprovalKind } from './kinds.ts'
import { inboxMark, type Mark } from './marks.ts'
import { forNameSql, mineSql, rightsOf, type Right } from './mine.ts'
import { requestColumns } from './reading.ts'

export const pageSize = 25
/** Counting stops here: one more stands for more. */
export const countedTo = 1000

/** How many of the oldest are looked at for being late. */
export const lateTo = 50

/** `count` reaches to 1,001, `late` to 50; `oldest`: since when the first of them waits. */
export type InboxCount = { kind: ApprovalKind; count: number; oldest: Date; late: number }

/** APR-03: what waits for this person, by kind; kinds of which nothing waits are left out. */
export async function inboxCounts(actor: Actor, now: Date): Promise<InboxCount[]> {
  const rights = await rightsOf(actor, now)
  const rows = await ask<InboxCount>`${Prisma.join(
    kindNames.map((kind) => countSql(mineOf(actor, rights, kind), kind, now)),
    ' union all ',
  )}`
  return rows.filter(({ count }) => count > 0)
}

/** One request that this person may decide now. */
export type InboxRow = Request & {
  stepId: bigint
  step: number
  filedBy: string
  /** Since when it has been waiting for this signature. */
  openedAt: Date
  clock: Clock | null
  /** APR-04: for whom, where it is theirs only by delegation. */
  forName: string | null
}

/** Before or after which request, by its number. */
export type InboxQuery = {
  kind?: ApprovalKind | '' | undefined
  after?: string | undefined
  before?: string | undefined
}
export type InboxPage = { rows: InboxRow[]; earlier: boolean; later: boolean }

/** A page of the inbox by keyset, what has waited longest first. */
export async function inboxFor(actor: Actor, query: InboxQuery, now: Date): Promise<InboxPage> {
  const rights = await rightsOf(actor, now)
  const mark = await inboxMark(query.after ?? query.before)
  const back = mark !== null && query.after === undefined
  const order = back ? Prisma.sql`s.opened_at desc, s.id desc` : Prisma.sql`s.opened_at, s.id`
  const beyond = mark === null ? Prisma.sql`true` : beyondSql(mark, back)
  // Each kind by its own index; of what they find the first are taken.
  const pages = (query.kind ? [query.kind] : kindNames).map(
    (kind) => Prisma.sql`(select s.id, s.opened_at from approval_step s
      where ${mineOf(actor, rights, kind)} and ${beyond} order by ${order} limit ${pageSize + 1})`,
  )
  const found = await ask<InboxRow>`
    with page as (select s.id from (${Prisma.join(pages, ' union all ')}) as s order by ${order} limit ${pageSize + 1})
    select ${requestColumns}, s.id as "stepId", s.n as step, s.opened_at as "openedAt", f.name as "filedBy",
      ${clockSql} as clock, ${forNameSql(rights)} as "forName"
    from page join approval_step s using (id) join approval_request r on r.id = s.request_id
      join staff f on f.id = r.filed_by_id
    order by ${order}`
  const rows = found.slice(0, pageSize).map((row) => ({ ...row, clock: asClock(row.clock) }))
  if (back) rows.reverse()
  const more = found.length > pageSize
  return { rows, earlier: back ? more : mark !== null, later: back || more }
}

const signedSeen = 200

/** The steps whose clocks concern this person: what may be signed or was asked for, and what they signed last. */
export async function stepsToSign(actor: Actor, now: Date): Promise<bigint[]> {
  const mine = mineSql(actor, await rightsOf(actor, now))
  const rows = await ask<{ id: bigint }>`
    (select s.id from approval_step s where s.state = 'open' and ((${mine}) or s.filed_by_id = ${actor.id})
      order by s.opened_at, s.id limit ${countedTo + 1})
    union all
    (select s.id from approval_step s where s.decided_by_id = ${actor.id} order by s.id desc limit ${signedSeen})`
  return rows.map(({ id }) => id)
}

/** Whether one step of one request waits for this person: what the inbox would hold. */
export async function mayDecide(actor: Actor, requestId: bigint, now: Date): Promise<boolean> {
  const mine = mineSql(actor, await rightsOf(actor, now))
  const [found] = await ask`
    select 1 from approval_step s where s.request_id = ${requestId} and s.state = 'open' and ${mine}`
  return found !== undefined
}

const mineOf = (actor: Actor, rights: Right[], kind: ApprovalKind) =>
  Prisma.sql`s.state = 'open' and s.kind = ${kind} and ${mineSql(actor, rights)}`

function countSql(mine: Prisma.Sql, kind: ApprovalKind, now: Date): Prisma.Sql {
  const clocked = clockedKinds.includes(kind)
  const subject = clocked ? Prisma.sql`'approval_step:' || s.id` : Prisma.sql`r.subject`
  const request = clocked ? Prisma.empty : Prisma.sql`join approval_request r on r.id = s.request_id`
  return Prisma.sql`(
    with mine as materialized (select s.id, s.request_id, s.opened_at from approval_step s where ${mine}
      order by s.opened_at, s.id limit ${countedTo + 1})
    select ${kind} as kind, count(*)::int as count, min(opened_at) as oldest, (
      select count(*)::int from (select * from mine order by opened_at, id limit ${lateTo}) as s ${request}
        join deadline d on d.subject = ${subject} and d.kind = ${clocked ? 'approval.step' : kind}
          and d.met_at is null and d.cancelled_at is null and d.paused_at is null and d.due_at < ${now}::timestamptz) as late
    from mine)`
}

function beyondSql({ at, id }: Mark, back: boolean): Prisma.Sql {
  const place = Prisma.sql`(${at}::timestamptz, ${id}::bigint)`
  return back ? Prisma.sql`(s.opened_at, s.id) < ${place}` : Prisma.sql`(s.opened_at, s.id) > ${place}`
}
