import type { ComplaintOutcome } from '../../../prisma/client/enums.ts'
import type { Act } from '../../access/table.ts'
import type { Actor } from '../../access/actor.ts'
import { change, type Audit } from '../../audit/change.ts'
import type { Tx } from '../../db.ts'
import { refuseIf } from '../../lib/refused.ts'
import { meetClock } from '../clocks.ts'
import { addContact } from '../contacts/commands.ts'
import { momentProblems } from '../contacts/rules.ts'
import { startReport } from '../contacts/steps.ts'
import { moveOn } from '../course.ts'
import { holdFor } from '../holding.ts'
import { subjectOf, type Complaint } from '../queries.ts'
import { compensationNow } from '../remedying.ts'
import { outside, type UnreachableForm, type UnresolvedForm } from './forms.ts'
import { noteAlone } from './others.ts'
import { daysTried, endingBy } from './queries.ts'
import { unreachableProblems, unresolvedProblems } from './guards.ts'

/** CBK-02: nobody was reached on so many different days: the case goes on to its closing without the customer's word. */
export function giveUpReaching(actor: Actor, { id }: { id: bigint }, input: UnreachableForm, now: Date): Promise<void> {
  return end(actor, id, input, 'unreachable', now, async (tx, audit, complaint) => {
    const days = await daysTried(tx, complaint)
    await audit('complaint.given_up', subjectOf(complaint), { after: { days }, why: input.words })
  })
}

/** CMP-11: the customer takes no remedy, and was told who outside the company can help. */
export function leaveUnresolved(actor: Actor, { id }: { id: bigint }, input: UnresolvedForm, now: Date): Promise<void> {
  return end(actor, id, input, 'unresolved', now, async (tx, audit, complaint) => {
    const told = outside.filter((way) => input[way])
    const problems = momentProblems(input.at, complaint.receivedAt, now)
    if (told.length === 0) problems.push({ rule: 'CMP-11', reason: 'closing:refused.noWays', field: 'consumers' })
    refuseIf(problems)
    const { at, way, words } = input
    const purpose = complaint.state === 'telling' ? 'telling' : 'asking'
    await addContact(tx, complaint, actor, { at, way, words, purpose, reached: true, satisfied: false })
    await meetClock(tx, 'complaint.contact', complaint, now)
    // What was taken before, and perhaps given, stays given.
    await tx.remedy.updateMany({
      where: { complaintId: id, round: complaint.round, state: 'approved', accepted: null },
      data: { accepted: false },
    })
    const compensation = await compensationNow(tx, complaint)
    await tx.complaint.update({ where: { id }, data: { compensation } })
    await audit('complaint.left_unresolved', subjectOf(complaint), { after: { told, contactedAt: at }, why: words })
  })
}

const acts = { unreachable: 'complaints.close', unresolved: 'complaints.leave' } as const satisfies Partial<
  Record<ComplaintOutcome, Act>
>

const problemsOf = { unreachable: unreachableProblems, unresolved: unresolvedProblems }

function end(
  actor: Actor,
  id: bigint,
  { version, words }: { version: number; words: string },
  outcome: keyof typeof acts,
  now: Date,
  judge: (tx: Tx, audit: Audit, complaint: Complaint) => Promise<void>,
): Promise<void> {
  return change(actor, async (tx, audit) => {
    const complaint = await holdFor(tx, actor, id, acts[outcome], { version, rule: 'CMP-11' })
    refuseIf(await problemsOf[outcome](tx, actor, complaint))
    const { alone } = await endingBy(tx, actor, complaint, outcome)
    await judge(tx, audit, complaint)
    if (alone) await noteAlone(tx, audit, actor, complaint, words, now)
    await moveOn(tx, complaint, 'give_up', { outcome }, now)
    await startReport(tx, complaint, now)
  })
}
