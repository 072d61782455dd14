import type { Actor } from '../../access/actor.ts'
import { change, type Audit } from '../../audit/change.ts'
import type { Tx } from '../../db.ts'
import { translate } from '../../i18n.ts'
import { Refused, refuseIf, type Refusal } from '../../lib/refused.ts'
import { regulationAt } from '../../regulations/in-force.ts'
import { moveOn, progressed } from '../course.ts'
import { holdFor, refuseIfWritten } from '../holding.ts'
import { subjectOf, type Complaint } from '../queries.ts'
import { isOpen } from '../states.ts'
import { formFields, refuseIfReported } from './conflict.ts'
import { fileReport } from './filing.ts'
import type { Opinion, ReportInput } from './forms.ts'
import { reportProblems } from './rules.ts'

const ended: Refusal = { rule: 'CMP-07', reason: 'judging:refused.ended' }

type Outcome = 'saved' | 'finished' | 'filed'

/** CMP-09: writes the report down as far as it is; finishing it asks for all of it and lets a remedy be proposed. */
export function saveReport(actor: Actor, id: bigint, input: ReportInput, now: Date): Promise<Outcome> {
  return change(actor, async (tx, audit) => {
    const complaint = await holdFor(tx, actor, id, 'complaints.handle')
    const before = await tx.investigationReport.findUnique({ where: { complaintId: id } })
    const held = await refuseIfReported(tx, actor, complaint, before, input)
    const finishing = input.step === 'finish'
    if (finishing) refuseIf(reportProblems(input))
    const opened = before?.version ?? 0
    const version = opened + 1
    await write(tx, actor, complaint, { ...input, version }, now)
    await audit('complaint.report_saved', subjectOf(complaint), {
      before: { part: 'report', version: opened, report: held },
      after: { version, report: formFields(input, actor) },
    })
    if (!finishing) {
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
    const complaint = await holdFor(tx, actor, id, 'complaints.handle')
    const over = isOpen(complaint.state) ? {} : { over: ended }
    if (complaint.version !== version || !isOpen(complaint.state)) {
      const form = { version: complaint.version, fields: { opinion: complaint.opinion ?? '' }, ...over }
      const labels = { opinion: translate[actor.language]('judging:field.opinion') }
      await refuseIfWritten(tx, complaint, { ...form, opened: version, typed: { opinion }, labels })
    }
    await tx.complaint.update({ where: { id }, data: { opinion, opinionById: actor.id, version: { increment: 1 } } })
    await progressed(tx, complaint, now)
    await audit('complaint.opinion_given', subjectOf(complaint), {
      before: { opinion: complaint.opinion, version: complaint.version },
      after: { opinion },
    })
  })
}

async function write(
  tx: Tx,
  actor: Actor,
  { id: complaintId }: Complaint,
  input: ReportInput,
  now: Date,
): Promise<void> {
  const { version, course, causeKind, cause, responsible, responsibleText, conclusion, countermeasure, prevention } =
    input
  const facts = { course, causeKind, cause, responsibleText, conclusion, countermeasure, prevention }
  const found = { responsible: await peopleNamed(tx, responsible), byId: actor.id, updatedAt: now }
  // One of an earlier judgement, finished then, is a draft again where the complaint was judged anew.
  const data = { ...facts, ...found, state: 'draft' as const, finishedAt: null }
  await tx.investigationReport.upsert({
    where: { complaintId },
    create: { complaintId, ...data, version },
    update: { ...data, version },
  })
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
