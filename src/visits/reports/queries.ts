import { Prisma } from '../../../prisma/client/client.ts'
import type { PurposeReached, VisitState } from '../../../prisma/client/enums.ts'
import type { Actor } from '../../access/actor.ts'
import { mayEver, withinSql } from '../../access/policy.ts'
import { ask, db } from '../../db.ts'
import { visibleVisitsSql } from '../policy.ts'
import type { Visit } from '../queries.ts'
import type { ListQuery, ReportTab } from './forms.ts'

/** A report as it is read, with the names that belong to it; null where none was written. */
export async function reportOf({ id }: Pick<Visit, 'id'>) {
  const report = await db.visitReport.findUnique({
    where: { visitId: id },
    include: { answers: { include: { question: true }, orderBy: [{ question: { n: 'asc' } }, { questionId: 'asc' }] } },
  })
  if (!report) return null
  const ids = [report.submittedById, ...(report.reviewedById === null ? [] : [report.reviewedById])]
  const names = await namesById([...ids, ...report.companions])
  return {
    ...report,
    by: names.get(report.submittedById) ?? '',
    reviewer: report.reviewedById === null ? null : (names.get(report.reviewedById) ?? ''),
    there: report.companions.flatMap((one) => names.get(one) ?? []),
  }
}
export type Report = NonNullable<Awaited<ReturnType<typeof reportOf>>>

export async function namesById(ids: readonly bigint[]): Promise<Map<bigint, string>> {
  if (ids.length === 0) return new Map()
  const found = await db.staff.findMany({ where: { id: { in: [...new Set(ids)] } }, select: { id: true, name: true } })
  return new Map(found.map(({ id, name }) => [id, name]))
}

/** What belongs to a visit and stands with its report. */
export async function besideOf({ id: visitId }: Pick<Visit, 'id'>) {
  const [people, gifts, promises, notes] = await Promise.all([
    db.visitPerson.findMany({ where: { visitId }, orderBy: { id: 'asc' } }),
    db.offeredGift.findMany({ where: { visitId }, orderBy: { id: 'asc' } }),
    db.customerPromise.findMany({
      where: { visitId },
      orderBy: { id: 'asc' },
      select: { task: { select: { number: true, title: true, dueOn: true, state: true } } },
    }),
    db.marketNote.findMany({
      where: { visitId, withdrawnAt: null },
      orderBy: { id: 'asc' },
      select: { kind: true, about: true, text: true },
    }),
  ])
  return { people, gifts, promises: promises.map(({ task }) => task), notes }
}
export type Beside = Awaited<ReturnType<typeof besideOf>>

export const pageSize = 50
/** Counting stops here: one more stands for more. */
export const countedTo = 200

export type ReportRow = {
  id: bigint
  number: string
  party: string
  state: VisitState
  onDay: string
  owner: string
  reached: PurposeReached | null
  said: string | null
  reportedAt: Date | null
  reportDueAt: Date | null
  late: boolean
  version: number | null
}
export type ReportList = { rows: ReportRow[]; more: boolean; counts: Record<ReportTab, number> }

/** VIS-06: one's own visits that are over and not reported, and the reports of one's people. */
const conditions: Record<ReportTab, (actor: Actor, now: Date) => Prisma.Sql> = {
  due: (actor, now) => Prisma.sql`v.owner_id = ${actor.id} and v.state in ('approved', 'done')
    and (v.state = 'done' or v.starts_at + make_interval(mins => v.minutes) <= ${now}::timestamptz)`,
  waiting: (actor) => Prisma.sql`v.state = 'reported' and r.reviewed_at is null and ${reviewable(actor)}`,
  reviewed: (actor) => Prisma.sql`v.state = 'reported' and r.reviewed_at is not null
    and v.id in (select id from visit where ${visibleVisitsSql(actor)})`,
}

/** Whose reports somebody may review: never one's own. */
const reviewable = (actor: Actor): Prisma.Sql =>
  mayEver(actor, 'visits.review')
    ? Prisma.sql`v.owner_id <> ${actor.id} and v.id in (select id from visit where ${withinSql(actor, 'visits.review')})`
    : Prisma.sql`false`

// Those to write hang on the visit; those that were written are found by their report.
const fromSql = (tab: ReportTab) =>
  tab === 'due'
    ? Prisma.sql`visit v left join visit_report r on r.visit_id = v.id`
    : Prisma.sql`visit_report r join visit v on v.id = r.visit_id`

export async function reportsFor(actor: Actor, tab: ReportTab, query: ListQuery, now: Date): Promise<ReportList> {
  const key = tab === 'due' ? Prisma.sql`v.id` : Prisma.sql`r.id`
  const beyond = query.after ? Prisma.sql`and ${key} < ${BigInt(query.after)}` : Prisma.empty
  const [rows, counts] = await Promise.all([
    ask<ReportRow>`
      select ${key} as id, v.number, v.party, v.state::text, v.on_day::text as "onDay", o.name as owner,
        r.reached::text, coalesce(r.next_step, v.agenda) as said, v.reported_at as "reportedAt",
        v.report_due_at as "reportDueAt", v.report_late as late, r.version
      from ${fromSql(tab)} join staff o on o.id = v.owner_id
      where ${conditions[tab](actor, now)} ${beyond} order by ${key} desc limit ${pageSize + 1}`,
    countsOf(actor, now),
  ])
  return { rows: rows.slice(0, pageSize), more: rows.length > pageSize, counts }
}

async function countsOf(actor: Actor, now: Date): Promise<Record<ReportTab, number>> {
  const one = (tab: ReportTab) => Prisma.sql`(select count(*)::int from (
    select from ${fromSql(tab)} where ${conditions[tab](actor, now)} limit ${countedTo + 1}) found)`
  const [counts] = await ask<Record<ReportTab, number>>`
    select ${one('due')} as due, ${one('waiting')} as waiting, ${one('reviewed')} as reviewed`
  return counts!
}
