import type { Actor } from '../../access/actor.ts'
import { fileRequest, waitingAbout } from '../../approvals/filing.ts'
import { change, type Audit } from '../../audit/change.ts'
import type { Tx } from '../../db.ts'
import { dateText } from '../../lib/dates.ts'
import { dayOf, dayText } from '../../lib/days.ts'
import { Forbidden, Refused, refuseIf } from '../../lib/refused.ts'
import { regulationAt } from '../../regulations/in-force.ts'
import { holdFor } from '../holding.ts'
import { mayWith } from '../policy.ts'
import type { Correction, Proposal } from './forms.ts'
import { namedIn } from './people.ts'
import { lockMeasure, measureNumber, subjectOf, trailOf, type Measure } from './queries.ts'
import { dueProblems, proposalProblems } from './rules.ts'
import { measureStates } from './states.ts'

/** CMP-18: proposes a measure; it goes to the general manager, who approves it and names who verifies it. */
export function proposeMeasure(actor: Actor, complaintId: bigint, input: Proposal, now: Date): Promise<string> {
  return change(actor, async (tx, audit) => {
    const complaint = await holdFor(tx, actor, complaintId, 'measures.propose')
    refuseIf([...proposalProblems(complaint), ...dueProblems(input.dueOn, dateText(now))])
    const { owner, checker } = await namedIn(tx, input, complaint.accused)
    const n = 1 + (await tx.correctiveAction.count({ where: { complaintId } }))
    const { kind, measure, dueOn } = input
    const effectDays = (await regulationAt(complaint.recordedAt)).value('complaints.effect_days')
    const { id } = await tx.correctiveAction.create({
      data: {
        complaintId,
        n,
        kind,
        measure,
        ownerId: owner.id,
        checkerId: checker?.id ?? null,
        dueOn: dayOf(dueOn),
        effectDays,
        createdAt: now,
        createdById: actor.id,
      },
    })
    const number = measureNumber(complaint.number, n)
    const after = { measure: number, kind, what: measure, owner: owner.name, checker: checker?.name ?? null, dueOn }
    await audit('measure.proposed', `complaint:${complaintId}`, { after })
    await fileMeasure(tx, audit, actor, await lockMeasure(tx, id), now)
    return number
  })
}

/** What was returned or taken back is put right and goes to the general manager anew; what waits is not touched. */
export function correctMeasure(actor: Actor, id: bigint, input: Correction, now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    const before = await lockMeasure(tx, id)
    if (!mayWith(actor, 'measures.propose', before.complaint)) throw new Forbidden('measures.propose')
    refuseIfChanged(before, input.version)
    measureStates.next(before.state, 'correct')
    await refuseWhileWaiting(tx, before)
    refuseIf(dueProblems(input.dueOn, dateText(now)))
    const { owner, checker } = await namedIn(tx, input, before.complaint.accused)
    const { kind, measure, dueOn } = input
    const people = { ownerId: owner.id, checkerId: checker?.id ?? null }
    const data = { kind, measure, ...people, dueOn: dayOf(dueOn), version: { increment: 1 } }
    await tx.correctiveAction.update({ where: { id }, data })
    const told = { kind, what: measure, owner: owner.name, checker: checker?.name ?? null, dueOn }
    await audit('measure.corrected', trailOf(before), {
      before: { kind: before.kind, what: before.measure, owner: before.owner.name },
      after: { measure: before.number, ...told },
    })
    await fileMeasure(tx, audit, actor, await lockMeasure(tx, id), now)
  })
}

/** Whoever opened the form saw another measure than it is now. */
export function refuseIfChanged({ version }: Measure, opened: number): void {
  if (version !== opened) throw new Refused([{ rule: 'CMP-18', reason: 'measures:refused.changedMeanwhile' }])
}

async function refuseWhileWaiting(tx: Tx, measure: Measure): Promise<void> {
  const waiting = await waitingAbout(tx, 'complaint.measures', subjectOf(measure))
  if (waiting)
    throw new Refused([{ rule: 'CMP-18', reason: 'measures:refused.waiting', params: { number: waiting.number } }])
}

/** What the signature rests on: another measure needs another one. Its people the signer may name. */
export const basisOf = ({ kind, measure, dueOn }: Measure): string => [kind, dayText(dueOn), measure].join(' ')

async function fileMeasure(tx: Tx, audit: Audit, actor: Actor, measure: Measure, now: Date): Promise<void> {
  const { departmentId, receivingDepartmentId, regionId, accused } = measure.complaint
  const filing = {
    subject: subjectOf(measure),
    place: { departmentId: departmentId ?? receivingDepartmentId, regionId },
    payload: { measure: measure.number },
    basis: basisOf(measure),
    excluded: accused,
  }
  await fileRequest(tx, audit, actor, { kind: 'complaint.measures', ...filing }, now)
}
