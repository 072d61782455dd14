import type { Actor } from '../../access/actor.ts'
import { change } from '../../audit/change.ts'
import { Refused, refuseIf, type Refusal } from '../../lib/refused.ts'
import { holdFor, refuseIfChanged } from '../holding.ts'
import { endPauseStep, pauseStep } from '../pausing.ts'
import { subjectOf } from '../queries.ts'
import type { Pause } from './forms.ts'
import { standingOf } from './queries.ts'
import { mostUntil, pauseProblem } from './rules.ts'
import { usedParams } from './spans.ts'

/** CMP-21: the clocks stand still while the customer has something to do. Answers when they go on by themselves. */
export function pause(actor: Actor, id: bigint, { reason, version }: Pause, now: Date): Promise<Date> {
  return change(actor, async (tx, audit) => {
    const complaint = await holdFor(tx, actor, id, 'complaints.handle', { version, rule: 'CMP-21' })
    const standing = await standingOf(tx, complaint, now)
    const { allowance, calendar, reached } = standing
    const problem = pauseProblem({ ...complaint, reached }, allowance)
    if (problem)
      throw new Refused([
        { rule: 'CMP-21', reason: `pauses:refused.${problem}`, params: usedParams(actor, standing, now) },
      ])
    const until = mostUntil(calendar, allowance, now)
    await pauseStep(tx, actor, complaint, { reason, mostUntil: until }, now)
    await audit('complaint.paused', subjectOf(complaint), {
      before: { version },
      after: { n: allowance.times + 1, until },
      why: reason,
    })
    return until
  })
}

/** CMP-21: what goes on already is not taken up again. */
export const resumingProblems = ({ paused }: { paused: boolean }): Refusal[] =>
  paused ? [] : [{ rule: 'CMP-21', reason: 'pauses:refused.notPaused' }]

/** The customer has done it, or nobody waits for it any more. */
export function resume(actor: Actor, id: bigint, version: number, now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    const complaint = await holdFor(tx, actor, id, 'complaints.handle')
    refuseIf(resumingProblems(complaint))
    refuseIfChanged(complaint, version, 'CMP-21')
    await endPauseStep(tx, complaint, now, actor.id)
    await audit('complaint.resumed', subjectOf(complaint), { before: { version }, after: {} })
  })
}
