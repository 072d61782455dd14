import type { VisitReport } from '../../../prisma/client/client.ts'
import type { Actor } from '../../access/actor.ts'
import { change, type Audit } from '../../audit/change.ts'
import type { Tx } from '../../db.ts'
import { dateText } from '../../lib/dates.ts'
import { dayOf, dayText } from '../../lib/days.ts'
import { Forbidden, refuseIf } from '../../lib/refused.ts'
import { authorityProblems } from '../authorities/queries.ts'
import { arriveStep } from '../changing/arriving.ts'
import { meetReport, startReports } from '../clocks.ts'
import { endOf } from '../rules.ts'
import { contacted, customersOf, recounted } from '../contacted.ts'
import { moveOn } from '../course.ts'
import { managersAmong } from '../people.ts'
import { visitPolicy } from '../policy.ts'
import { lockPlan, lockVisit, subjectOf, trailOf, type Visit } from '../queries.ts'
import { visitStates } from '../states.ts'
import { fieldsOf, refuseIfWritten } from './conflict.ts'
import { refusalsOfCosts, writeCosts } from './costs.ts'
import type { ReportInput } from './forms.ts'
import { learnStep } from './learning.ts'
import { colleaguesNamed } from './names.ts'
import { planNext, planOf } from './next.ts'
import { knownAnswers, questionsFor } from '../questions/queries.ts'
import { peopleMet, recordBeside } from './recording.ts'
import { isLate, notBegun, reportProblems } from './rules.ts'

export type Outcome = 'reported' | 'late' | 'corrected'

/**
 * VIS-06: the report of a visit, submitted or, until it is reviewed, corrected. What was spent (VIS-04), offered
 * (VIS-12), promised (VIS-07), heard (VIS-13) and learned (VIS-08) is written with it: all of it or nothing.
 */
export function submitReport(actor: Actor, given: Visit, input: ReportInput, now: Date): Promise<Outcome> {
  return change(actor, async (tx, audit) => {
    const plan = await planOf(tx, audit, actor, input.nextVisitOn, now)
    if (given.planId !== null && given.planId !== plan?.id) await lockPlan(tx, given.planId)
    const locked = await lockVisit(tx, given.id)
    if (!visitPolicy.own(actor, locked)) throw new Forbidden(visitPolicy.own.act)
    const report = await tx.visitReport.findUnique({ where: { visitId: locked.id } })
    const held = await refuseIfWritten(tx, actor, locked, report, input)
    const correcting = locked.state === 'reported'
    if (!correcting && locked.state !== 'approved') visitStates.next(locked.state, 'report')
    refuseIf(await problemsOf(tx, locked, input, now))
    const visit = locked.state === 'approved' ? await arrivedAsPlanned(tx, audit, locked, now) : locked
    const companions = await companionsOf(tx, actor, input)
    await write(tx, actor, visit, report, { ...input, companions }, now)
    const people = await peopleMet(tx, visit, input, await learnStep({ tx, audit, actor, visit, input, now }))
    const beside = await recordBeside({ tx, audit, actor, visit, input, now })
    const costs = await writeCosts(tx, visit, input)
    // Who came along by the author's word alone counts once the head has read it (reviewing.ts).
    const byManager = (await managersAmong(tx, [visit.ownerId])).length > 0
    const late = await close(tx, visit, { correcting, byManager }, now)
    await audit(correcting ? 'visit.report_corrected' : 'visit.reported', trailOf(visit), {
      before: { ...held, part: subjectOf(visit), version: report?.version ?? 0 },
      after: {
        visit: visit.number,
        ...fieldsOf(input),
        ...moneyOf(input),
        ...(costs.length > 0 ? { costs } : {}),
        ...beside,
        ...(late && !correcting ? { late } : {}),
        version: (report?.version ?? 0) + 1,
        part: subjectOf(visit),
      },
    })
    if (plan && input.nextVisitOn)
      await planNext(tx, audit, actor, plan, { visit, on: input.nextVisitOn, people, agenda: input.nextStep }, now)
    if (correcting) return 'corrected'
    return late ? 'late' : 'reported'
  })
}

/** VIS-15, as the trail tells it. */
const moneyOf = ({ contractSigned, contractSum, moneyTaken }: ReportInput) => ({
  ...(contractSigned ? { contractSigned } : {}),
  ...(contractSum === null ? {} : { contractSum }),
  ...(moneyTaken === null ? {} : { moneyTaken }),
})

/** Everything that stands against it, at once. */
async function problemsOf(tx: Tx, visit: Visit, input: ReportInput, now: Date) {
  const asked = await questionsFor({ target: visit.target, grade: visit.customer?.grade ?? null }, tx)
  return [
    ...(visit.state === 'approved' ? notBegun(visit, now) : []),
    ...reportProblems(input, asked, dayText(visit.onDay)),
    ...(await refusalsOfCosts(tx, visit, input, now)),
    ...(await authorityProblems(tx, visit, input)),
  ]
}

/** Nobody pressed “arrived”: it was made as it was planned. */
async function arrivedAsPlanned(tx: Tx, audit: Audit, visit: Visit, now: Date): Promise<Visit> {
  await arriveStep(tx, audit, visit, 'planned', now)
  return lockVisit(tx, visit.id)
}

async function companionsOf(tx: Tx, actor: Actor, input: ReportInput): Promise<bigint[]> {
  const there = await tx.staff.findMany({ where: { id: { in: input.with } }, select: { id: true } })
  const called = await colleaguesNamed(tx, input.colleagues, 'colleagues')
  return [...new Set([...there.map(({ id }) => id), ...called])].filter((id) => id !== actor.id)
}

async function write(
  tx: Tx,
  actor: Actor,
  { id: visitId }: Visit,
  report: VisitReport | null,
  input: ReportInput & { companions: bigint[] },
  now: Date,
): Promise<void> {
  const { reached, content, findings, feedback, competitors, nextStep, companions } = input
  const { contractSigned, contractSum, moneyTaken } = input
  const nextOn = input.nextOn === null ? null : dayOf(input.nextOn)
  const sections = { reached: reached!, content, findings, feedback, competitors, nextStep, nextOn }
  const data = { ...sections, companions, contractSigned, contractSum, moneyTaken }
  const { id: reportId } = report
    ? await tx.visitReport.update({ where: { visitId }, data: { ...data, ...anew, version: { increment: 1 } } })
    : await tx.visitReport.create({ data: { visitId, ...data, submittedAt: now, submittedById: actor.id } })
  if (report?.returnedAt) await tx.visitReport.update({ where: { visitId }, data: { submittedAt: now } })
  for (const { id: questionId, answer } of await knownAnswers(tx, input.answers)) {
    const where = { reportId_questionId: { reportId, questionId } }
    if (answer === '') await tx.visitAnswer.deleteMany({ where: { reportId, questionId } })
    else await tx.visitAnswer.upsert({ where, create: { reportId, questionId, answer }, update: { answer } })
  }
}

/** Submitted anew it waits for review again; why it was sent back stays in the trail. */
const anew = { returnedAt: null, returnedReason: null }

/** VIS-06, VIS-10: the clock is met, late is marked, and the customers were visited on that day. Whether it was late. */
async function close(
  tx: Tx,
  visit: Visit,
  { correcting, byManager }: { correcting: boolean; byManager: boolean },
  now: Date,
): Promise<boolean> {
  const customers = await customersOf(tx, visit)
  const on = dateText(visit.arrivedAt ?? visit.startsAt)
  await contacted(tx, customers, on, byManager)
  if (correcting) {
    await tx.visit.update({ where: { id: visit.id }, data: { byManager, version: { increment: 1 } } })
    if (visit.byManager && !byManager) await recounted(tx, customers, on)
    return visit.reportLate
  }
  const ended = endOf(visit)
  await startReports(tx, [{ ...visit, endedAt: ended < now ? ended : now }], now)
  const { reportDueAt } = await lockVisit(tx, visit.id)
  const reportLate = isLate(visit.reportLate, reportDueAt, now)
  await meetReport(tx, visit, now)
  await moveOn(tx, visit, 'report', { reportedAt: now, reportLate, byManager })
  if (visit.byManager && !byManager) await recounted(tx, customers, on)
  return reportLate
}
