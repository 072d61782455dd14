import { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import { ask } from '../db.ts'
import { asClock, clockedKinds, clockSql, type Clock } from './clocks.ts'
import { kindNames, type ApprovalKind } from './kinds.ts'
import { inboxMark, type Mark } from './marks.ts'
import { forNameSql, mineSql, rightsOf } from './mine.ts'
import { seenColumns, type SeenRequest } from './reading.ts'

export const pageSize = 25
/** Counting stops here: one more stands for more. */
export const countedTo = 200

/** How many of the oldest are looked at for being late. */
export const lateTo = 50

/** `count` reaches to 201, `late` to 50; `oldest`: since when the first of them waits. */
export type InboxCount = { kind: ApprovalKind; count: number; oldest: Date; late: number }

/** APR-03: what waits for this person, by kind; kinds of which nothing waits are left out. */
export async function inboxCounts(actor: Actor, now: Date): Promise<InboxCount[]> {
  const rights = await rightsOf(actor, now)
  const mine = mineSql(actor, rights)
  // One plan for all kinds, each by its own index.
  return ask<InboxCount>`
    with mine as materialized (
      select k.kind, k.clocked, s.* from unnest(${kindNames}::text[], ${kindNames.map(isClocked)}::boolean[]) as k(kind, clocked)
        cross join lateral (
          select s.id, s.request_id, s.opened_at, row_number() over (order by s.opened_at, s.id) as at
          from approval_step s where s.state = 'open' and s.kind = k.kind and ${mine}
          order by s.opened_at, s.id limit ${countedTo + 1}) s),
    first as materialized (
      select m.kind, case when clocked then 'approval_step:' || m.id else r.subject end as subject,
        case when clocked then 'approval.step' else m.kind end as clock
      from mine m left join approval_request r on r.id = m.request_id where m.at <= ${lateTo})
    select kind, count(*)::int as count, min(opened_at) as oldest, (
      select count(*)::int from first cross join lateral (
        select from deadline d where d.subject = first.subject and d.kind = first.clock and d.met_at is null
          and d.cancelled_at is null and d.paused_at is null and d.due_at < ${now}::timestamptz limit 1) late
      where first.kind = mine.kind) as late
    from mine group by kind order by array_position(${kindNames}::text[], kind)`
}

const isClocked = (kind: ApprovalKind): boolean => clockedKinds.includes(kind)

/** One request that this person may decide now. */
export type InboxRow = SeenRequest & {
  stepId: bigint
  step: number
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
  const kinds = query.kind ? [query.kind] : kindNames
  const found = await ask<InboxRow>`
    with page as (
      select s.id from unnest(${kinds}::text[]) as k(kind) cross join lateral (
        select s.id, s.opened_at from approval_step s
        where s.state = 'open' and s.kind = k.kind and ${mineSql(actor, rights)} and ${beyond}
        order by ${order} limit ${pageSize + 1}) s
      order by ${order} limit ${pageSize + 1})
    select ${seenColumns}, s.id as "stepId", s.n as step, s.opened_at as "openedAt",
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

function beyondSql({ at, id }: Mark, back: boolean): Prisma.Sql {
  const place = Prisma.sql`(${at}::timestamptz, ${id}::bigint)`
  return back ? Prisma.sql`(s.opened_at, s.id) < ${place}` : Prisma.sql`(s.opened_at, s.id) > ${place}`
}
