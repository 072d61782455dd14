import type { VisitReport } from '../../../prisma/client/client.ts'
import type { Actor } from '../../access/actor.ts'
import { change, type Audit } from '../../audit/change.ts'
import type { Tx } from '../../db.ts'
import { dateText } from '../../lib/dates.ts'
import { Forbidden, Refused, type Refusal } from '../../lib/refused.ts'
import { notify, type NewNotice } from '../../notices/commands.ts'
import { startReports } from '../clocks.ts'
import { contacted, customersOf } from '../contacted.ts'
import { moveOn } from '../course.ts'
import { managersAmong } from '../people.ts'
import { visitPolicy } from '../policy.ts'
import { lockVisit, subjectOf, trailOf, type Visit } from '../queries.ts'
import type { Review, Ticked } from './forms.ts'

type Waiting = { visit: Visit; report: VisitReport }

const refusal = (reason: Refusal['reason'], field?: string): Refused =>
  new Refused([{ rule: 'VIS-06', reason, ...(field ? { field } : {}) }])

/** VIS-06: the head has read a report, or wants it completed; nobody reviews their own (PPL-02). */
export function reviewReport(actor: Actor, { id }: Visit, input: Review, now: Date): Promise<Review['decision']> {
  return change(actor, async (tx, audit) => {
    const waiting = await holdWaiting(tx, actor, id)
    if (waiting.report.version !== input.version) throw refusal('visits:refused.changedMeanwhile')
    if (input.decision === 'read') await read(tx, audit, actor, waiting, input.reason, now)
    else await sendBack(tx, audit, actor, waiting, input.reason, now)
    return input.decision
  })
}

async function holdWaiting(tx: Tx, actor: Actor, id: bigint): Promise<Waiting> {
  const visit = await lockVisit(tx, id)
  if (!visitPolicy.review(actor, visit)) throw new Forbidden(visitPolicy.review.act)
  const report = await tx.visitReport.findUnique({ where: { visitId: id } })
  if (!report || visit.state !== 'reported' || report.reviewedAt) throw refusal('visitReports:refused.notWaiting')
  return { visit, report }
}

async function read(tx: Tx, audit: Audit, actor: Actor, { visit, report }: Waiting, review: string | null, now: Date) {
  await mark(tx, actor, report, review, now)
  const managers = await confirmManagers(tx, { visit, report })
  await audit('visit.report_reviewed', trailOf(visit), {
    before: { part: subjectOf(visit) },
    after: {
      visit: visit.number,
      ...(review ? { review } : {}),
      ...(managers ? { managers } : {}),
      part: subjectOf(visit),
    },
  })
  if (review) await notify(tx, [noticeOf(actor, visit, 'visit.report_reviewed')], now)
}

/**
 * VIS-10: whether somebody set over others came along is said by the report, and true by the word of who reads it: only then
 * it counts as a manager's contact. Whose names; null where nothing is counted by it.
 */
async function confirmManagers(tx: Tx, { visit, report }: Waiting): Promise<string | null> {
  if (visit.byManager) return null
  const managers = await managersAmong(tx, report.companions)
  if (managers.length === 0) return null
  await tx.visit.update({ where: { id: visit.id }, data: { byManager: true } })
  await contacted(tx, await customersOf(tx, visit), dateText(visit.arrivedAt ?? visit.startsAt), true)
  const named = await tx.staff.findMany({
    where: { id: { in: managers } },
    select: { name: true },
    orderBy: { id: 'asc' },
  })
  return named.map(({ name }) => name).join('、')
}

const mark = (tx: Tx, actor: Actor, { id }: VisitReport, review: string | null, now: Date) =>
  tx.visitReport.update({
    where: { id },
    data: { reviewedAt: now, reviewedById: actor.id, review, version: { increment: 1 } },
  })

/** It is to be completed: its time begins anew, and a first lateness stays. */
async function sendBack(
  tx: Tx,
  audit: Audit,
  actor: Actor,
  { visit, report }: Waiting,
  reason: string | null,
  now: Date,
): Promise<void> {
  if (!reason) throw refusal('visitReports:refused.reasonMissing', 'reason')
  const data = { returnedAt: now, returnedReason: reason, version: { increment: 1 } }
  await tx.visitReport.update({ where: { id: report.id }, data })
  await moveOn(tx, visit, 'return_report')
  await startReports(tx, [{ ...visit, endedAt: now }], now)
  await audit('visit.report_returned', trailOf(visit), {
    before: { part: subjectOf(visit) },
    after: { visit: visit.number, part: subjectOf(visit) },
    why: reason,
  })
  await notify(tx, [noticeOf(actor, visit, 'visit.report_returned')], now)
}

function noticeOf(actor: Actor, visit: Visit, kind: 'visit.report_reviewed' | 'visit.report_returned'): NewNotice {
  const { number, ownerId } = visit
  const href = `/visits/${number}`
  return { to: ownerId, kind, subject: subjectOf(visit), href, rule: 'VIS-06', params: { by: actor.name, number } }
}

export type ReadTogether = { done: number; left: number }

/** 已阅 of several: those that do not wait, changed since, or are not theirs to review stay as they are. */
export async function readTogether(actor: Actor, ticked: Ticked, now: Date): Promise<ReadTogether> {
  if (ticked.length === 0) throw refusal('visitReports:refused.nothingPicked')
  return change(actor, async (tx, audit) => {
    const numbers = ticked.map(({ number }) => number)
    const found = await tx.visit.findMany({
      where: { number: { in: numbers } },
      orderBy: { id: 'asc' },
      select: { id: true, number: true },
    })
    const done: string[] = []
    for (const { id, number } of found) {
      const waiting = await waitingOrNull(tx, actor, id)
      const seen = ticked.find((one) => one.number === number)!.version
      if (!waiting || waiting.report.version !== seen) continue
      await read(tx, audit, actor, waiting, null, now)
      done.push(number)
    }
    if (done.length === 0) throw refusal('visitReports:refused.notWaiting')
    return { done: done.length, left: numbers.length - done.length }
  })
}

async function waitingOrNull(tx: Tx, actor: Actor, id: bigint): Promise<Waiting | null> {
  try {
    return await holdWaiting(tx, actor, id)
  } catch (error) {
    if (error instanceof Refused || error instanceof Forbidden) return null
    throw error
  }
}
