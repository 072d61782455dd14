import type { Actor } from '../../access/actor.ts'
import { change } from '../../audit/change.ts'
import type { Tx } from '../../db.ts'
import { refuseIf } from '../../lib/refused.ts'
import { cancelClocks, doneClocks, meetClock } from '../clocks.ts'
import { moveOn } from '../course.ts'
import { holdFor } from '../holding.ts'
import { subjectOf, type Complaint } from '../queries.ts'
import { issueLink } from '../ratings/issuing.ts'
import type { ClosingForm } from './forms.ts'
import { noteAlone } from './others.ts'
import { closingFacts, endingBy } from './queries.ts'
import { outcomeOf, wordProblems } from './rules.ts'
import { endingProblems } from './guards.ts'

/** CMP-11: closes a complaint by its one form, and answers with the token by which the customer may rate it, shown once. */
export function closeComplaint(actor: Actor, { id }: { id: bigint }, input: ClosingForm, now: Date): Promise<string> {
  return change(actor, async (tx, audit) => {
    const complaint = await holdFor(tx, actor, id, 'complaints.close', { version: input.version, rule: 'CMP-11' })
    const facts = await closingFacts(tx, complaint)
    refuseIf(await endingProblems(tx, actor, complaint, facts))
    refuseIf(wordProblems(input, facts))
    const outcome = outcomeOf(facts)
    const { alone } = await endingBy(tx, actor, complaint, outcome)
    await noteCarriedOut(tx, complaint, actor, input.carriedOut, now)
    const { improvement, noImprovement, summary: closing } = input
    const written = { outcome, improvement, noImprovement, closing }
    await moveOn(tx, complaint, 'close', { ...written, closedAt: now, closedById: actor.id }, now)
    for (const clock of doneClocks) await meetClock(tx, clock, complaint, now)
    await cancelClocks(tx, complaint, now)
    const carriedOut = input.carriedOut ? { carriedOut: input.carriedOut } : {}
    await audit('complaint.closed', subjectOf(complaint), { after: { ...written, ...carriedOut } })
    if (alone) await noteAlone(tx, audit, actor, complaint, closing, now)
    return issueLink(tx, audit, complaint, actor, now)
  })
}

/** What became of the remedy stands among the entries of the course, where the handlers look for it. */
async function noteCarriedOut(tx: Tx, { id }: Complaint, actor: Actor, text: string | null, now: Date): Promise<void> {
  if (text) await tx.complaintProgress.create({ data: { complaintId: id, at: now, text, byId: actor.id } })
}
