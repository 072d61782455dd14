import type { Actor } from '../../access/actor.ts'
import { change, type Audit } from '../../audit/change.ts'
import type { Tx } from '../../db.ts'
import { Forbidden, Refused, refuseIf } from '../../lib/refused.ts'
import { regulationAt } from '../../regulations/in-force.ts'
import { moveOn, progressed, refuseIfChanged } from '../course.ts'
import { mayWith } from '../policy.ts'
import { lockComplaint, subjectOf, type Complaint } from '../queries.ts'
import { complaintStates, isOpen } from '../states.ts'
import { fileReport } from './filing.ts'
import type { Opinion, ReportInput } from './forms.ts'
import { reportProblems } from './rules.ts'

type Outcome = 'saved' | 'finished' | 'filed'

/** CMP-09: writes the report down as far as it is; finishing it asks for all of it and lets a remedy be proposed. */
export function saveReport(actor: Actor, id: bigint, input: ReportInput, now: Date): Promise<Outcome> {
  return change(actor, async (tx, audit) => {
    const complaint = await lockComplaint(tx, id)
    if (!mayWith(actor, 'complaints.handle', complaint)) throw new Forbidden('complaints.handle')
    complaintStates.next(complaint.state, 'report')
    const before = await reportHeld(tx, id)
    if ((before?.version ?? 0) !== input.version)
      throw new Refused([{ rule: 'CMP-09', reason: 'judging:refused.reportChanged' }])
    const finishing = input.step === 'finish'
    if (finishing) refuseIf(reportProblems(input))
    const version = await write(tx, actor, complaint, input, now)
    const subject = subjectOf(complaint)
    if (!finishing) {
      await audit('complaint.report_saved', subject, { before: { version: input.version }, after: { version } })
      await progressed(tx, complaint, now)
      return 'saved'
    }
    const { value } = await regulationAt(complaint.recordedAt)
    if (value('complaints.course') === 'store') return fileReport(tx, audit, actor, complaint, version, now)
    await finishStep(tx, audit, complaint, now)
    return 'finished'
  })
}

/** CMP-07, CMP-09: the report is whole; what it found as the cause is the complaint's. */
export async function finishStep(tx: Tx, audit: Audit, complaint: Complaint, now: Date): Promise<void> {
  const report = await tx.investigationReport.update({
    where: { complaintId: complaint.id },
    data: { state: 'finished', finishedAt: now, version: { increment: 1 } },
  })
  await moveOn(tx, complaint, 'report', { cause: report.causeKind }, now)
  await audit('complaint.report_finished', subjectOf(complaint), { after: { cause: report.causeKind } })
}

/** CMP-01: the responsible department's word, which the record card carries. */
export function giveOpinion(actor: Actor, id: bigint, { opinion, version }: Opinion, now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    const complaint = await lockComplaint(tx, id)
    if (!mayWith(actor, 'complaints.handle', complaint)) throw new Forbidden('complaints.handle')
    refuseIfChanged(complaint, version)
    if (!isOpen(complaint.state)) throw new Refused([{ rule: 'CMP-07', reason: 'judging:refused.ended' }])
    await tx.complaint.update({ where: { id }, data: { opinion, opinionById: actor.id, version: version + 1 } })
    await progressed(tx, complaint, now)
    await audit('complaint.opinion_given', subjectOf(complaint), {
      before: { opinion: complaint.opinion, version },
      after: { opinion },
    })
  })
}

async function reportHeld(tx: Tx, complaintId: bigint) {
  const report = await tx.investigationReport.findUnique({ where: { complaintId } })
  if (report?.state === 'waiting') throw new Refused([{ rule: 'CMP-22', reason: 'judging:refused.reportWaiting' }])
  return report
}

async function write(
  tx: Tx,
  actor: Actor,
  { id: complaintId }: Complaint,
  input: ReportInput,
  now: Date,
): Promise<number> {
  const { course, causeKind, cause, responsible, responsibleText, conclusion, countermeasure, prevention } = input
  const facts = { course, causeKind, cause, responsibleText, conclusion, countermeasure, prevention }
  const found = { responsible: await peopleNamed(tx, responsible), byId: actor.id, updatedAt: now }
  // One of an earlier judgement, finished then, is a draft again where the complaint was judged anew.
  const data = { ...facts, ...found, state: 'draft' as const, finishedAt: null }
  const version = input.version + 1
  await tx.investigationReport.upsert({
    where: { complaintId },
    create: { complaintId, ...data, version },
    update: { ...data, version },
  })
  return version
}

/** By staff number, or by a name that is one person's. */
async function peopleNamed(tx: Tx, typed: readonly string[]): Promise<bigint[]> {
  const found: bigint[] = []
  for (const name of typed) {
    const people = await tx.staff.findMany({
      where: { OR: [{ number: name.toUpperCase() }, { name }] },
      take: 2,
      select: { id: true },
    })
    if (people.length !== 1)
      throw new Refused([
        { rule: 'CMP-09', reason: 'judging:refused.unknownPerson', field: 'responsible', params: { name } },
      ])
    found.push(people[0]!.id)
  }
  return found
}
