import { Prisma } from '../../prisma/client/client.ts'
import type { ComplaintKind, ComplaintLevel, ComplaintState } from '../../prisma/client/enums.ts'
import type { Actor } from '../access/actor.ts'
import { mayEver } from '../access/policy.ts'
import { ask } from '../db.ts'
import type { Tagged } from '../deadlines/tag.ts'
import { reachedComplaintsSql } from './policy.ts'

/** How many, and the first of them with its most urgent clock; no title and no name, for the first page is open before ARC-19 is. */
export type UrgentComplaint = {
  count: number
  number: string
  kind: ComplaintKind
  level: ComplaintLevel
  state: ComplaintState
  clock: Tagged | null
}
export type Statement = { count: number; id: bigint; putAt: Date }
export type ComplaintsAtHome = Record<'judging' | 'mine' | 'assigning' | 'callingBack', UrgentComplaint | null> & {
  answering: Statement | null
}

/** As the first page counts (home/queries.ts). */
const most = 1001

/** What of complaints waits for this person. */
export async function complaintsAtHome(actor: Actor): Promise<ComplaintsAtHome> {
  const [judging, mine, assigning, callingBack, [answering]] = await Promise.all([
    toDo(actor, 'complaints.judge', Prisma.sql`state = 'received'`),
    first(Prisma.sql`owner_id = ${actor.id} and not (${actor.id} = any(accused))`),
    toDo(actor, 'complaints.assign', Prisma.sql`owner_id is null and state not in ('received', 'accepting')`),
    toDo(actor, 'complaints.call_back', Prisma.sql`state = 'asking' and ${notOwnWork(actor)}`),
    ask<Statement>`
      select count(*) over ()::int as count, id, put_at as "putAt" from complaint_statement
      where staff_id = ${actor.id} and answered_at is null order by put_at, id limit 1`,
  ])
  return { judging, mine, assigning, callingBack, answering: answering ?? null }
}

/** CMP-07: who had a hand in it asks the customer nothing. */
const notOwnWork = ({ id }: Actor) => Prisma.sql`owner_id is distinct from ${id}
  and not exists (select from investigation_report r where r.complaint_id = complaint.id and r.by_id = ${id})
  and not exists (select from remedy m where m.complaint_id = complaint.id and m.proposed_by_id = ${id})`

async function toDo(
  actor: Actor,
  act: 'complaints.judge' | 'complaints.assign' | 'complaints.call_back',
  where: Prisma.Sql,
): Promise<UrgentComplaint | null> {
  if (!mayEver(actor, act)) return null
  return first(Prisma.sql`${where} and ${reachedComplaintsSql(actor, act)}`)
}

type Row = Omit<UrgentComplaint, 'clock'> & { id: bigint }

/** CMP-16: those of grade A come first, then what is due first. Few are sorted, of many the order is walked. */
async function first(where: Prisma.Sql): Promise<UrgentComplaint | null> {
  const open = Prisma.sql`state not in ('closed', 'void') and ${where}`
  const [row] = await ask<Row>`
    with hits as materialized (select id, priority, due_at from complaint where ${open} limit ${most}),
      n as materialized (select count(*)::int as count from hits),
      urgent as (
        (select id from hits where (select count from n) < ${most} order by priority, due_at, id limit 1) union all
        (select id from complaint where (select count from n) >= ${most} and ${open}
          order by priority, due_at, id limit 1))
    select n.count, k.id, k.number, k.kind::text, k.level::text, k.state::text
    from n, urgent join complaint k using (id)`
  if (!row) return null
  const { id, ...complaint } = row
  return { ...complaint, clock: await mostUrgent(id) }
}

async function mostUrgent(id: bigint): Promise<Tagged | null> {
  const [clock] = await ask<Tagged>`
    select unit::text, started_at as "startedAt", due_at as "dueAt", soon_at as "soonAt", paused_at as "pausedAt",
      met_at as "metAt", cancelled_at as "cancelledAt"
    from deadline where subject = ${`complaint:${id}`} and kind like 'complaint.%' and met_at is null
      and cancelled_at is null order by paused_at nulls first, due_at limit 1`
  return clock ?? null
}
