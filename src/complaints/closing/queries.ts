import type { ComplaintOutcome } from '../../../prisma/client/enums.ts'
import type { Actor } from '../../access/actor.ts'
import type { Refusal } from '../../lib/refused.ts'
import { db, type Db } from '../../db.ts'
import { regulationAt } from '../../regulations/in-force.ts'
import { namesById } from '../../staff/naming.ts'
import { remedyInForce, triedDays } from '../contacts/queries.ts'
import { crisisOf, missingReports } from '../crises/gates.ts'
import { isWarned } from '../crises/rules.ts'
import { everHandled } from '../handlers.ts'
import { subjectOf, type Complaint } from '../queries.ts'
import { leftFor } from './others.ts'
import { callBackProblems, endsAlone, ownEndProblems, type ClosingFacts } from './rules.ts'

export type Reads = Pick<
  Db,
  'complaintContact' | 'deadline' | '$queryRaw' | 'remedy' | 'investigationReport' | 'approvalRequest' | 'toldLine'
>

/** CMP-07: who handles or ever handled it, investigated or proposed, in any round. */
export async function handsOf(tx: Reads, complaint: Complaint): Promise<bigint[]> {
  const where = { complaintId: complaint.id }
  const report = await tx.investigationReport.findUnique({ where, select: { byId: true } })
  const remedies = await tx.remedy.findMany({ where, select: { proposedById: true } })
  const handlers = await everHandled(tx, complaint)
  return [...handlers, ...(report ? [report.byId] : []), ...remedies.map(({ proposedById }) => proposedById)]
}

/** CMP-11: what stands against this person's ending it, and whether nobody else is left to. */
export async function endingBy(tx: Reads, actor: Actor, complaint: Complaint, outcome: ComplaintOutcome) {
  const handlers = await everHandled(tx, complaint)
  if (!endsAlone(actor, handlers, outcome)) return { problems: [], alone: false }
  const act = outcome === 'unresolved' && complaint.state !== 'improving' ? 'complaints.leave' : 'complaints.close'
  const left = await leftFor(tx, actor, complaint, act, handlers)
  return { problems: ownEndProblems(actor, handlers, outcome, left), alone: left === 'oneself' }
}

/** CMP-07: the same of this person's asking the customer. */
export async function askingBy(tx: Reads, actor: Actor, complaint: Complaint) {
  const hands = await handsOf(tx, complaint)
  const left = await leftFor(tx, actor, complaint, 'complaints.call_back', hands)
  return { problems: callBackProblems(actor, hands, left), alone: left === 'oneself' }
}

const asks = { telling: 'telling', answering: 'answer' } as const

/** CBK-02: how many days of trying there must be, by the figures the complaint began under. */
export async function attemptsFor({ recordedAt }: Complaint): Promise<number> {
  return (await regulationAt(recordedAt)).value('complaints.attempts')
}

/** CBK-02: on how many days somebody tried in vain at the step the complaint has reached. */
export const daysTried = (tx: Reads, complaint: Complaint): Promise<number> =>
  triedDays(tx, complaint, asks[complaint.state as keyof typeof asks] ?? 'asking')

/** What closing is judged by, as things stand. */
export async function closingFacts(tx: Reads, complaint: Complaint): Promise<ClosingFacts> {
  const { state, outcome, toldAt, askedAt } = complaint
  return {
    state,
    outcome,
    told: toldAt !== null,
    asked: askedAt !== null,
    days: await daysTried(tx, complaint),
    attempts: await attemptsFor(complaint),
    waiting: await waitingRequest(tx, complaint),
    remedyApproved: (await remedyInForce(tx, complaint)) !== null,
    unreported: await unreported(tx, complaint),
    missing: [...(await missingReports(tx, complaint)), ...(await missingWarning(tx, complaint))],
  }
}

async function waitingRequest(tx: Reads, complaint: Complaint): Promise<string | null> {
  const where = { subject: subjectOf(complaint), state: 'waiting' as const }
  return (await tx.approvalRequest.findFirst({ where, select: { number: true } }))?.number ?? null
}

/** CMP-08: what a major complaint must have led to is not made up for by closing it. */
async function missingWarning(tx: Reads, complaint: Complaint): Promise<Refusal[]> {
  if (complaint.level !== 'major' || complaint.state === 'answering') return []
  return isWarned(await crisisOf(tx, complaint)) ? [] : [{ rule: 'CMP-08', reason: 'closing:refused.notWarned' }]
}

/** CMP-13: the unit that passed it on, while it has not been told of this round's result, whatever that is. */
async function unreported(tx: Reads, complaint: Complaint): Promise<string | null> {
  const { id, reportingUnit, toldAt } = complaint
  if (!reportingUnit) return null
  const clock = { subject: subjectOf(complaint), kind: 'complaint.report', metAt: null, cancelledAt: null }
  if ((await tx.deadline.count({ where: clock })) > 0) return reportingUnit
  if (!toldAt) return null
  const told = await tx.toldLine.count({ where: { complaintId: id, unit: 'reporting_unit', at: { gte: toldAt } } })
  return told > 0 ? null : reportingUnit
}

/** Every time it was taken up again, the last first. */
export async function reopeningsOf({ id }: { id: bigint }) {
  const found = await db.complaintReopening.findMany({ where: { complaintId: id }, orderBy: { id: 'desc' } })
  const names = await namesById(found.map(({ byId }) => byId))
  return found.map((one) => ({ ...one, by: names.get(one.byId) ?? '' }))
}
