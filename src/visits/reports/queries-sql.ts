import { Prisma } from '../../../prisma/client/client.ts'
import type { Actor } from '../../access/actor.ts'
import { mayEver, waysWithin } from '../../access/policy.ts'
import { waysIn } from '../list/reach.ts'
import { visibleVisitsSql } from '../policy.ts'
import type { ReportTab } from './forms.ts'

/** VIS-06: one's own visits that are over and not reported. */
const dueSql = (actor: Actor, now: Date) => Prisma.sql`owner_id = ${actor.id} and state in ('approved', 'done')
  and (state = 'done' or starts_at + make_interval(mins => minutes) <= ${now}::timestamptz)`

/** The reports of one's people that wait for a word, by ways of which each has its index: never one's own (PPL-02). */
function waitingWays(actor: Actor): Prisma.Sql[] {
  if (!mayEver(actor, 'visits.review')) return [Prisma.sql`false`]
  const placed = waysWithin(actor, 'visits.review') ?? [Prisma.sql`true`]
  return placed.map((way) => Prisma.sql`unreviewed and state = 'reported' and owner_id <> ${actor.id} and ${way}`)
}

type Page = { after: string | undefined; most: number }

/** The visits of one page (id, at): to write as they were planned, to read as they came, read as that was done. */
export function pageSql(tab: ReportTab, actor: Actor, { after, most }: Page, now: Date): Prisma.Sql {
  const from = after === undefined ? null : BigInt(after)
  if (tab === 'due') return duePage(actor, from, most, now)
  return tab === 'waiting' ? waitingPage(actor, from, most) : reviewedPage(actor, from, most)
}

const duePage = (actor: Actor, from: bigint | null, most: number, now: Date) => Prisma.sql`
  select id, row_number() over (order by id desc) as at from visit
  where ${dueSql(actor, now)} ${from === null ? Prisma.empty : Prisma.sql`and id < ${from}`} order by at limit ${most}`

function waitingPage(actor: Actor, from: bigint | null, most: number): Prisma.Sql {
  const mark = Prisma.sql`(select m.reported_at from visit m where m.id = ${from})`
  const beyond = from === null ? Prisma.empty : Prisma.sql`and (reported_at, id) < (${mark}, ${from})`
  const each = waitingWays(actor).map(
    (way) => Prisma.sql`(select id, reported_at from visit where ${way} ${beyond}
      order by reported_at desc, id desc limit ${most})`,
  )
  return Prisma.sql`select id, row_number() over (order by reported_at desc, id desc) as at
    from (${Prisma.join(each, ' union ')}) as found order by at limit ${most}`
}

function reviewedPage(actor: Actor, from: bigint | null, most: number): Prisma.Sql {
  const mark = Prisma.sql`(select m.reviewed_at from visit_report m where m.visit_id = ${from})`
  const beyond = from === null ? Prisma.empty : Prisma.sql`and (r.reviewed_at, r.visit_id) < (${mark}, ${from})`
  return Prisma.sql`select visit_id as id, row_number() over (order by reviewed_at desc, visit_id desc) as at from (
    select r.visit_id, r.reviewed_at from visit_report r
    where r.reviewed_at is not null and r.visit_id in (
      select id from visit where state = 'reported' and ${visibleVisitsSql(actor)}) ${beyond}
    order by r.reviewed_at desc, r.visit_id desc limit ${most}) as found order by at`
}

/** What each tab holds, no more than so many of each way, which reads its own index. */
export function heldSql(tab: ReportTab, actor: Actor, most: number, now: Date): Prisma.Sql {
  if (tab === 'due') return Prisma.sql`select id from visit where ${dueSql(actor, now)} limit ${most}`
  const ways = tab === 'waiting' ? waitingWays(actor) : readWays(actor)
  return Prisma.join(
    ways.map((way) => Prisma.sql`(select id from visit where ${way} limit ${most})`),
    ' union ',
  )
}

/** The oldest first: among them hardly one still waits. */
const readWays = (actor: Actor): Prisma.Sql[] =>
  waysIn(actor, '', 'visits.view').map(
    (way) => Prisma.sql`${way} and state = 'reported' and not unreviewed order by starts_at, id`,
  )
