import type { Actor } from '../../access/actor.ts'
import { type Audit, change } from '../../audit/change.ts'
import { moveOn, refuseIfChanged } from '../course.ts'
import type { Tx } from '../../db.ts'
import { Refused, refuseIf } from '../../lib/refused.ts'
import { makeVisit, refuseUnseen } from '../making.ts'
import { type Plan, subjectOf, trailOf, type Visit } from '../queries.ts'
import type { CopyInput } from './forms.ts'
import { holdLine, holdPlan, touch } from './holding.ts'
import type { LineInput } from './line-forms.ts'
import { plannedFrom, slotsOf } from './queries.ts'
import { type Planned, plannedOf } from './resolving.ts'
import { mostLines, timeProblems, twiceProblems } from './rules.ts'
import { timingOf } from '../changing/rules.ts'
/** VIS-02: another line of a plan that is being made. */
export function addLine(actor: Actor, { id }: Plan, input: LineInput, now: Date): Promise<Visit> {
  return change(actor, async (tx, audit) => {
    const plan = await holdPlan(tx, actor, { id })
    const planned = await plannedOf(tx, actor, input)
    return writeLine(tx, audit, actor, plan, planned, now)
  })
}

/** One more line in a plan that is held. */
export async function writeLine(
  tx: Tx,
  audit: Audit,
  actor: Actor,
  plan: Plan,
  planned: Planned & { templateId?: bigint },
  now: Date,
): Promise<Visit> {
  const lines = await slotsOf(tx, plan)
  if (lines.filter(({ cancelled }) => !cancelled).length >= mostLines)
    throw new Refused([{ rule: 'VIS-01', reason: 'visitPlans:refused.full', params: { most: mostLines } }])
  refuseIf([...timeProblems(plan.monthText, planned, now), ...twiceProblems(lines, planned)])
  await refuseUnseen(tx, actor, planned)
  const visit = await makeVisit(tx, audit, actor, { ...planned, planId: plan.id }, now)
  await touch(tx, plan)
  return visit
}

/** The same visit on another day; also of a line that was taken out. */
export function copyLine(
  actor: Actor,
  { id }: Plan,
  number: string,
  { day, time }: CopyInput,
  now: Date,
): Promise<Visit> {
  return change(actor, async (tx, audit) => {
    const plan = await holdPlan(tx, actor, { id })
    const line = await holdLine(tx, plan, number)
    const planned = await plannedFrom(tx, line)
    return writeLine(tx, audit, actor, plan, { ...planned, ...timingOf(day, time) }, now)
  })
}

/** Taken out of a plan that is being made; it stays in the record as cancelled. */
export function removeLine(actor: Actor, { id }: Plan, number: string, version: number): Promise<Visit> {
  return change(actor, async (tx, audit) => {
    const plan = await holdPlan(tx, actor, { id })
    const line = await holdLine(tx, plan, number)
    refuseIfChanged(line, version, 'VIS-02')
    await moveOn(tx, line, 'cancel')
    await touch(tx, plan)
    const part = subjectOf(line)
    await audit('visit.line_removed', trailOf(line), {
      before: { part, version: line.version, state: line.state },
      after: { visit: line.number, party: line.party, part },
    })
    return line
  })
}
