import type { Actor } from '../../access/actor.ts'
import { refuseIf } from '../../lib/refused.ts'
import { change } from '../../audit/change.ts'
import type { Tx } from '../../db.ts'
import { notify } from '../../notices/commands.ts'
import { regulationAt } from '../../regulations/in-force.ts'
import { doneClockOf, startClock } from '../clocks.ts'
import { moveOn } from '../course.ts'
import { holdFor } from '../holding.ts'
import { subjectOf, type Complaint } from '../queries.ts'
import { withdrawLinks } from '../ratings/issuing.ts'
import { closedProblems } from './guards.ts'
import type { ReopeningForm } from './forms.ts'

const blank = {
  outcome: null,
  closedAt: null,
  closedById: null,
  closing: null,
  improvement: null,
  noImprovement: false,
  toldAt: null,
  askedAt: null,
  satisfaction: null,
} as const

/** CMP-11, wish 36: takes a closed complaint up again; what was not founded is judged anew, anything else gets a remedy. */
export function reopenComplaint(
  actor: Actor,
  { id }: { id: bigint },
  { version, reason }: ReopeningForm,
  now: Date,
): Promise<void> {
  return change(actor, async (tx, audit) => {
    const complaint = await holdFor(tx, actor, id, 'complaints.reopen', { version, rule: 'CMP-11' })
    const act = complaint.founded === false ? 'rejudge' : 'reopen'
    refuseIf(closedProblems(complaint))
    await tx.complaintReopening.create({
      data: { complaintId: id, at: now, reason, outcome: complaint.outcome, byId: actor.id },
    })
    const again =
      act === 'reopen' ? { round: complaint.round + 1 } : { founded: null, reasonable: null, judgedAt: null }
    const data = { ...blank, ...again, reopened: complaint.reopened + 1 }
    const state = await moveOn(tx, complaint, act, data, now)
    await withdrawLinks(tx, complaint, now)
    await startAgain(tx, { ...complaint, state }, now)
    const { outcome, closedAt, reopened } = complaint
    await audit('complaint.reopened', subjectOf(complaint), {
      before: { outcome, closedAt },
      after: { reopened: reopened + 1, ...again },
      why: reason,
    })
    await tellHandler(tx, complaint, actor, now)
  })
}

/** CMP-13, CMP-14: time begins anew with the moment it is taken up again. */
async function startAgain(tx: Tx, complaint: Complaint, now: Date): Promise<void> {
  const { clock, parameter } = doneClockOf(await regulationAt(complaint.recordedAt), complaint)
  await startClock(tx, clock, complaint, now, parameter)
  await startClock(tx, 'complaint.first_result', complaint, now)
  if (complaint.state === 'proposing') await startClock(tx, 'complaint.remedy', complaint, now)
}

async function tellHandler(tx: Tx, complaint: Complaint, actor: Actor, now: Date): Promise<void> {
  const { ownerId, accused, number } = complaint
  if (ownerId === null || ownerId === actor.id || accused.includes(ownerId)) return
  const notice = { kind: 'complaint.reopened', subject: subjectOf(complaint), href: `/complaints/${number}` } as const
  await notify(tx, [{ ...notice, to: ownerId, rule: 'CMP-11', params: { by: actor.name, number } }], now)
}
