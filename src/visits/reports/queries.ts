import { Prisma } from '../../../prisma/client/client.ts'
import type { PurposeReached, VisitState } from '../../../prisma/client/enums.ts'
import type { Actor } from '../../access/actor.ts'
import { ask, db } from '../../db.ts'
import { namesById } from '../../staff/naming.ts'
import type { Visit } from '../queries.ts'
import type { ListQuery, ReportTab } from './forms.ts'
import { heldSql, pageSql } from './queries-sql.ts'

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

export async function reportsFor(actor: Actor, tab: ReportTab, query: ListQuery, now: Date): Promise<ReportList> {
  const [rows, counts] = await Promise.all([
    ask<ReportRow>`
      with page as materialized (${pageSql(tab, actor, { after: query.after, most: pageSize + 1 }, now)})
      select v.id, v.number, v.party, v.state::text, v.on_day::text as "onDay", o.name as owner,
        r.reached::text, coalesce(r.next_step, v.agenda) as said, v.reported_at as "reportedAt",
        v.report_due_at as "reportDueAt", v.report_late as late, r.version
      from page join visit v on v.id = page.id join staff o on o.id = v.owner_id left join visit_report r on r.visit_id = v.id
      order by page.at`,
    countsOf(actor, now),
  ])
  return { rows: rows.slice(0, pageSize), more: rows.length > pageSize, counts }
}

async function countsOf(actor: Actor, now: Date): Promise<Record<ReportTab, number>> {
  const most = countedTo + 1
  const one = (found: Prisma.Sql) =>
    Prisma.sql`(select count(*)::int from (select from (${found}) as each limit ${most}) as found)`
  const [counts] = await ask<Record<ReportTab, number>>`
    select ${one(heldSql('due', actor, most, now))} as due, ${one(heldSql('waiting', actor, most, now))} as waiting,
      ${one(heldSql('reviewed', actor, most, now))} as reviewed`
  return counts!
}
