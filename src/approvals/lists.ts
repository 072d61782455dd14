import { Prisma } from '../../prisma/client/client.ts'
import type { ApprovalState, Role, StepState } from '../../prisma/client/enums.ts'
import type { Actor } from '../access/actor.ts'
import { mayEver } from '../access/policy.ts'
import { ask } from '../db.ts'
import { dayStart } from '../lib/dates.ts'
import { NotFound } from '../lib/refused.ts'
import { asClock, clockSql, type Clock } from './clocks.ts'
import { countedTo, pageSize } from './inbox.ts'
import type { ApprovalKind } from './kinds.ts'
import { requestMark, type Mark } from './marks.ts'
import { seenColumns, type SeenRequest } from './reading.ts'

/** A request in a list: whom it waits for, or who decided last. */
export type ListedRequest = SeenRequest & {
  waitsFor: { role: Role | null; seniorRole: Role | null; staff: string | null; clock: Clock | null } | null
  last: { state: StepState; by: string; for: string | null; at: Date } | null
}

export type RequestQuery = {
  /** `ended`: in whatever way. */
  state?: ApprovalState | 'ended' | '' | undefined
  kind?: ApprovalKind | '' | undefined
  /** Days on which it was filed, both included. */
  from?: string | undefined
  until?: string | undefined
  /** Number or name of who asked. */
  person?: string | undefined
  /** The number of the request before or after which the page begins. */
  after?: string | undefined
  before?: string | undefined
}
/** `count` reaches to 1,001. */
export type RequestPage = { rows: ListedRequest[]; earlier: boolean; later: boolean; count: number }

/** What this person asked for, the newest first. */
export function filedBy(actor: Actor, query: RequestQuery): Promise<RequestPage> {
  return listed([Prisma.sql`r.filed_by_id = ${actor.id}`], query)
}

/** What this person decided, or had decided for them, the newest first. */
export function decidedBy(actor: Actor, query: RequestQuery): Promise<RequestPage> {
  const own = Prisma.sql`r.id in (
    select request_id from approval_step where decided_by_id = ${actor.id}
    union all select request_id from approval_step where for_id = ${actor.id})`
  return listed([own], query)
}

/** APR-01: every request there is, for whoever reads the register. */
export function registerOf(actor: Actor, query: RequestQuery): Promise<RequestPage> {
  if (!mayEver(actor, 'approvals.register')) throw new NotFound()
  return listed([], query)
}

async function listed(whose: Prisma.Sql[], query: RequestQuery): Promise<RequestPage> {
  const mark = await requestMark(query.after ?? query.before)
  const back = mark !== null && query.after === undefined
  const order = back ? Prisma.sql`r.filed_at, r.id` : Prisma.sql`r.filed_at desc, r.id desc`
  const where = Prisma.join([Prisma.sql`true`, ...whose, ...conditions(query)], ' and ')
  const beyond = mark === null ? Prisma.sql`true` : beyondSql(mark, back)
  const [found, [counted]] = await Promise.all([
    ask<ListedRequest>`
      with page as (select r.id from approval_request r where ${where} and ${beyond} order by ${order} limit ${pageSize + 1})
      select ${seenColumns}, ${waitsForSql} as "waitsFor", ${lastSql} as last
      from page join approval_request r using (id) join staff f on f.id = r.filed_by_id order by ${order}`,
    ask<{ n: number }>`
      select count(*)::int as n from (select 1 from approval_request r where ${where} limit ${countedTo + 1}) as found`,
  ])
  const rows = found.slice(0, pageSize).map(asListed)
  if (back) rows.reverse()
  const more = found.length > pageSize
  return { rows, earlier: back ? more : mark !== null, later: back || more, count: counted!.n }
}

const waitsForSql = Prisma.sql`(
  select json_build_object('role', s.role, 'seniorRole', s.senior_role, 'staff', named.name, 'clock', ${clockSql})
  from approval_step s left join staff named on named.id = s.staff_id
  where s.request_id = r.id and s.state = 'open' limit 1)`

const lastSql = Prisma.sql`(
  select json_build_object('state', s.state, 'by', decider.name, 'for', other.name, 'at', s.decided_at)
  from approval_step s join staff decider on decider.id = s.decided_by_id left join staff other on other.id = s.for_id
  where s.request_id = r.id and s.decided_at is not null order by s.n desc limit 1)`

function asListed({ waitsFor, last, ...row }: ListedRequest): ListedRequest {
  return {
    ...row,
    waitsFor: waitsFor && { ...waitsFor, clock: asClock(waitsFor.clock) },
    last: last && { ...last, at: new Date(last.at) },
  }
}

function conditions({ state, kind, from, until, person }: RequestQuery): Prisma.Sql[] {
  return [
    ...stateSql(state),
    ...(kind ? [Prisma.sql`r.kind = ${kind}`] : []),
    ...(from ? [Prisma.sql`r.filed_at >= ${dayStart(from)}::timestamptz`] : []),
    ...(until ? [Prisma.sql`r.filed_at < ${dayStart(until, 1)}::timestamptz`] : []),
    ...(person
      ? [Prisma.sql`r.filed_by_id in (select id from staff where number = ${person.toUpperCase()} or name = ${person})`]
      : []),
  ]
}

function stateSql(state: RequestQuery['state']): Prisma.Sql[] {
  if (!state) return []
  if (state === 'ended') return [Prisma.sql`r.state <> 'waiting'`]
  // So that the small index of what was not simply approved can be used.
  const unusual = state === 'approved' ? [] : [Prisma.sql`r.state <> 'approved'`]
  return [Prisma.sql`r.state = ${state}::approval_state`, ...unusual]
}

function beyondSql({ at, id }: Mark, back: boolean): Prisma.Sql {
  const place = Prisma.sql`(${at}::timestamptz, ${id}::bigint)`
  return back ? Prisma.sql`(r.filed_at, r.id) > ${place}` : Prisma.sql`(r.filed_at, r.id) < ${place}`
}
