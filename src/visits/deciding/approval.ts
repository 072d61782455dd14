import type { Ending, Handler, Request, Said, Told } from '../../approvals/contract.ts'
import type { Actor } from '../../access/actor.ts'
import type { Audit } from '../../audit/change.ts'
import type { Tx } from '../../db.ts'
import { groupBy } from '../../lib/groups.ts'
import { refuseIf } from '../../lib/refused.ts'
import { lockPlan, planSubject, subjectOf, trailOf, type Plan } from '../queries.ts'
import { planStates, type PlanAct } from '../states.ts'
import { planCard, planLines, planTitle } from './card.ts'
import { lockLines, type PlanLine } from './queries.ts'
import { agreeTo, begunProblems, choiceProblems, outcomeOf, type Choice } from './rules.ts'

export const planIn = ({ subject }: Pick<Request, 'subject'>) => BigInt(subject.slice('visit_plan:'.length))

/** VIS-01: it rests on the plan's version; decided whole, or line by line with what was chosen for each (commands.ts). */
export const visitPlan: Handler = {
  basis: async (tx, request) => {
    const plan = await tx.visitPlan.findUnique({ where: { id: planIn(request) } })
    return plan?.state === 'waiting' ? `${plan.version}` : null
  },
  approve,
  ended,
  card: (actor, request, now) => planCard(actor, request, planIn(request), now),
  title: (actor, request) => planTitle(actor, planIn(request)),
  objects: (actor, request) => planLines(actor, planIn(request)),
}

async function approve(
  tx: Tx,
  audit: Audit,
  decider: Actor,
  request: Request,
  now: Date,
  { reason, details }: Said,
): Promise<Told | undefined> {
  const plan = await lockPlan(tx, planIn(request))
  const lines = await lockLines(tx, plan.id)
  const choices = (details as Choice[] | undefined) ?? lines.map(agreeTo)
  refuseIf(choiceProblems(lines, choices))
  refuseIf(begunProblems(lines, choices, now))
  await settle(tx, plan, 'approve', { decidedAt: now, decidedById: decider.id, decision: reason })
  await writeCosts(tx, choices, now)
  await writeLines(tx, choices, 'refused')
  const outcome = outcomeOf(choices)
  await audit('visit_plan.approved', planSubject(plan), {
    after: { number: plan.number, approval: request.number, ...outcome },
    ...(reason ? { why: reason } : {}),
  })
  if (details === undefined) return undefined
  await tellTrail(audit, plan, lines, choices)
  const { agreed, left, costsRefused: costs } = outcome
  const params = { by: decider.name, number: plan.number, month: plan.monthText, agreed, left, costs }
  return { kind: 'visit.plan_decided', href: `/visits/plans/${plan.number}`, params }
}

const acts = {
  returned: 'send_back',
  refused: 'refuse',
  withdrawn: 'withdraw',
  expired: 'withdraw',
  void: 'withdraw',
} as const satisfies Record<Ending, PlanAct>

/** The lines can be changed again, each with what was said of it; the costs over the limit are asked for with them. */
async function ended(
  tx: Tx,
  audit: Audit,
  by: Actor,
  request: Request,
  ending: Ending,
  now: Date,
  { reason, details }: Said,
): Promise<void> {
  const plan = await lockPlan(tx, planIn(request))
  if (plan.state !== 'waiting') return
  const lines = await lockLines(tx, plan.id)
  const decided = ending === 'returned' || ending === 'refused'
  const data = decided ? { decidedAt: now, decidedById: by.id, decision: reason } : {}
  const choices = (details as Choice[] | undefined) ?? lines.map(({ id }) => sentBack(id))
  if (details !== undefined) refuseIf(choiceProblems(lines, choices))
  await settle(tx, plan, acts[ending], data)
  await writeLines(tx, choices, 'draft')
  await audit('visit_plan.ended', planSubject(plan), {
    after: { number: plan.number, approval: request.number, ending },
    ...(reason ? { why: reason } : {}),
  })
  if (details !== undefined) await tellTrail(audit, plan, lines, choices)
}

const sentBack = (visit: bigint): Choice => ({ visit, verdict: 'return', why: null, costs: [] })

const settle = (tx: Tx, plan: Plan, act: PlanAct, data: object) =>
  tx.visitPlan.update({
    where: { id: plan.id },
    data: { ...data, state: planStates.next(plan.state, act), version: { increment: 1 } },
  })

/** VIS-05: every line by its choice, the lines without a word in one statement; `otherwise`: what becomes of the others. */
async function writeLines(tx: Tx, choices: readonly Choice[], otherwise: 'refused' | 'draft'): Promise<void> {
  const groups = groupBy(choices, ({ verdict, why }) => `${verdict === 'approve'} ${why ?? ''}`)
  for (const group of groups.values()) {
    const [{ verdict, why }] = group as [Choice]
    await tx.visit.updateMany({
      where: { id: { in: group.map(({ visit }) => visit) }, state: 'waiting' },
      data: { state: verdict === 'approve' ? 'approved' : otherwise, verdict: why, version: { increment: 1 } },
    })
  }
}

/** VIS-04: the costs of an agreed line each by itself; with a line that is not agreed its costs are not either. */
async function writeCosts(tx: Tx, choices: readonly Choice[], now: Date): Promise<void> {
  const all = choices.flatMap(({ verdict, costs }) =>
    costs.map(({ id, agreed }) => ({ id, agreed: agreed && verdict === 'approve' })),
  )
  for (const state of ['approved', 'refused'] as const) {
    const ids = all.filter(({ agreed }) => agreed === (state === 'approved')).map(({ id }) => id)
    await tx.visitSpending.updateMany({ where: { id: { in: ids } }, data: { state, decidedAt: now } })
  }
}

/** The trail of every visit of which something was not agreed, with what was said. */
async function tellTrail(audit: Audit, plan: Plan, lines: PlanLine[], choices: readonly Choice[]): Promise<void> {
  for (const { visit, verdict, why, costs } of choices) {
    const line = lines.find(({ id }) => id === visit)!
    const refused = new Set(costs.filter(({ agreed }) => !agreed).map(({ id }) => id))
    if (verdict === 'approve' && refused.size === 0) continue
    const part = subjectOf(line)
    const spendings = line.asked
      .filter(({ id }) => refused.has(id))
      .map(({ kind, what, total }) => ({ kind, what, total, state: 'refused' }))
    await audit('visit.decided', trailOf(line), {
      before: { part },
      after: { visit: line.number, plan: plan.number, verdict, ...(spendings.length > 0 ? { spendings } : {}), part },
      ...(why ? { why } : {}),
    })
  }
}
