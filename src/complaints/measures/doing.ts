import type { Actor } from '../../access/actor.ts'
import { change, type Audit } from '../../audit/change.ts'
import { calendarAt } from '../../calendar/queries.ts'
import type { Tx } from '../../db.ts'
import { meetDeadlines, moveDeadline, startDeadlines } from '../../deadlines/commands.ts'
import { dayText } from '../../lib/days.ts'
import { Forbidden, refuseIf, type Refusal } from '../../lib/refused.ts'
import { regulationAt } from '../../regulations/in-force.ts'
import { dueMoment } from '../../tasks/rules.ts'
import { isAccused, mayWith } from '../policy.ts'
import type { Done, Effect, People, Verification } from './forms.ts'
import { namedIn } from './people.ts'
import { refuseIfChanged } from './proposing.ts'
import { lockMeasure, subjectOf, trailOf, type Measure } from './queries.ts'
import { doneProblems, effectDue, effectProblems } from './rules.ts'
import { isUnderWay, measureStates, type MeasureAct } from './states.ts'
import { tell, tellGiven } from './telling.ts'

type Changed = Parameters<Tx['correctiveAction']['update']>[0]['data']

/** One act of one of a measure's two people: locked, looked at again, moved on. */
function act(
  actor: Actor,
  id: bigint,
  opened: number,
  whose: 'ownerId' | 'checkerId',
  work: (tx: Tx, audit: Audit, measure: Measure) => Promise<void>,
): Promise<void> {
  return change(actor, async (tx, audit) => {
    const measure = await lockMeasure(tx, id)
    if (measure[whose] !== actor.id || isAccused(actor, measure.complaint)) throw new Forbidden('measures.use')
    refuseIfChanged(measure, opened)
    await work(tx, audit, measure)
  })
}

async function moveOn(tx: Tx, { id, state }: Measure, by: MeasureAct, data: Changed): Promise<void> {
  const next = measureStates.next(state, by)
  await tx.correctiveAction.update({ where: { id }, data: { ...data, state: next, version: { increment: 1 } } })
}

/** CMP-18: the owner reports it done and says by what that can be seen. */
export function finishMeasure(actor: Actor, id: bigint, { evidence, version }: Done, now: Date): Promise<void> {
  return act(actor, id, version, 'ownerId', async (tx, audit, measure) => {
    await moveOn(tx, measure, 'finish', { evidence, doneAt: now })
    await meetDeadlines(tx, 'measure.due', [subjectOf(measure)], now)
    await startDeadlines(tx, 'measure.check', [{ subject: subjectOf(measure), ownerId: measure.checkerId! }], now)
    await audit('measure.done', trailOf(measure), { after: { measure: measure.number, evidence } })
    await tell(tx, actor, measure, 'measure.done', [measure.checkerId!], now)
  })
}

/** CMP-18: another person looks whether it was done; sent back, it is to be done again, by the day that was set. */
export function verifyMeasure(actor: Actor, id: bigint, input: Verification, now: Date): Promise<void> {
  const { verdict, verification, version } = input
  return act(actor, id, version, 'checkerId', async (tx, audit, measure) => {
    const back = verdict === 'send_back'
    await moveOn(tx, measure, verdict, back ? { doneAt: null, verification } : { verifiedAt: now, verification })
    await meetDeadlines(tx, 'measure.check', [subjectOf(measure)], now)
    if (back) await startDue(tx, measure, now)
    else await startEffect(tx, measure, now)
    const action = back ? 'measure.sent_back' : 'measure.verified'
    await audit(action, trailOf(measure), { after: { measure: measure.number }, why: verification })
    await tell(tx, actor, measure, action, [measure.ownerId, measure.createdById], now)
  })
}

/** CMP-18: it was verified, and its days are over. */
export const judgingProblems = ({ state, verifiedAt, effectDays }: Measure, now: Date): Refusal[] =>
  state === 'verified' ? effectProblems(verifiedAt!, effectDays, now) : measureStates.problems(state, 'confirm')

/** CMP-18: after its days, whether it had an effect; where it had none, another measure is asked for. */
export function judgeEffect(actor: Actor, id: bigint, { verdict, effect, version }: Effect, now: Date): Promise<void> {
  return act(actor, id, version, 'checkerId', async (tx, audit, measure) => {
    refuseIf(judgingProblems(measure, now))
    await moveOn(tx, measure, verdict, { checkedAt: now, effect })
    await meetDeadlines(tx, 'measure.effect', [subjectOf(measure)], now)
    const action = verdict === 'confirm' ? 'measure.effective' : 'measure.ineffective'
    await audit(action, trailOf(measure), { after: { measure: measure.number }, why: effect })
    await tell(tx, actor, measure, action, [measure.ownerId, measure.createdById], now)
  })
}

/** CMP-18: who approves the measures names who verifies them, and gives them to others where somebody is away. */
export function namePeople(actor: Actor, id: bigint, input: People, now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    const measure = await lockMeasure(tx, id)
    if (!mayWith(actor, 'measures.approve', measure.complaint)) throw new Forbidden('measures.approve')
    refuseIfChanged(measure, input.version)
    // What has ended has no people to name.
    if (!isUnderWay(measure.state)) measureStates.next(measure.state, 'correct')
    const { owner, checker } = await namedIn(tx, input, measure.complaint.accused)
    refuseIf(doneProblems(measure, owner.id))
    const people = { ownerId: owner.id, checkerId: checker!.id }
    await tx.correctiveAction.update({ where: { id }, data: { ...people, version: { increment: 1 } } })
    await handOn(tx, measure, people, now)
    await audit('measure.people', trailOf(measure), {
      before: { owner: measure.owner.name, checker: measure.checker?.name ?? null },
      after: { measure: measure.number, owner: owner.name, checker: checker!.name },
      ...(input.reason ? { why: input.reason } : {}),
    })
    if (measure.state !== 'proposed' && owner.id !== measure.ownerId)
      await tellGiven(tx, actor, { ...measure, ...people }, now)
  })
}

async function handOn(tx: Tx, measure: Measure, people: { ownerId: bigint; checkerId: bigint }, now: Date) {
  const subject = subjectOf(measure)
  await moveDeadline(tx, 'measure.due', subject, { ownerId: people.ownerId }, now)
  await moveDeadline(tx, 'measure.check', subject, { ownerId: people.checkerId }, now)
  await moveDeadline(tx, 'measure.effect', subject, { ownerId: people.checkerId }, now)
}

/** CAL-01: by the close of its day. */
export async function startDue(tx: Tx, measure: Measure, now: Date): Promise<void> {
  const dueAt = dueMoment(await calendarAt(now), dayText(measure.dueOn), now)
  await startDeadlines(tx, 'measure.due', [{ subject: subjectOf(measure), ownerId: measure.ownerId, dueAt }], now)
}

async function startEffect(tx: Tx, measure: Measure, now: Date): Promise<void> {
  const days = (await regulationAt(measure.complaint.recordedAt)).value('complaints.verify_days')
  const dueAt = effectDue(await calendarAt(now), now, measure.effectDays, days)
  const clock = { subject: subjectOf(measure), ownerId: measure.checkerId!, dueAt }
  await startDeadlines(tx, 'measure.effect', [clock], now)
}
