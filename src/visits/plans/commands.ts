import { fileUntold } from '../../approvals/filing.ts'
import type { Actor } from '../../access/actor.ts'
import { change } from '../../audit/change.ts'
import { calendarAt } from '../../calendar/queries.ts'
import { type Tx } from '../../db.ts'
import { meetDeadlines } from '../../deadlines/commands.ts'
import { fenOf, yuanText } from '../../lib/money.ts'
import { refuseIf } from '../../lib/refused.ts'
import { regulationAt } from '../../regulations/in-force.ts'
import { unreportedOf } from '../clocks.ts'
import { refuseIfChanged } from '../course.ts'
import { rolesOf } from '../people.ts'
import { askedOf } from '../posts.ts'
import { planSubject, type Plan } from '../queries.ts'
import { planStates, visitStates } from '../states.ts'
import { clockOf } from './clocks.ts'
import type { Submission } from './forms.ts'
import { holdPlan } from './holding.ts'
import { planDue, submissionProblems } from './rules.ts'

export type Submitted = { approval: string; late: boolean; planned: number; asked: number }

/** VIS-01, VIS-06: hands the plan in; its lines wait with it, the costs over the limit are asked for with it (VIS-04). */
export function submitPlan(actor: Actor, { id }: Plan, input: Submission, now: Date): Promise<Submitted> {
  return change(actor, async (tx, audit) => {
    const plan = await holdPlan(tx, actor, { id })
    refuseIfChanged(plan, input.version, 'VIS-01')
    const lines = await tx.visit.findMany({
      where: { planId: id, state: { in: ['draft', 'refused'] } },
      include: { spendings: { where: { removedAt: null, state: 'asked' } } },
      orderBy: { startsAt: 'asc' },
    })
    const filed = await filedOf(tx, plan, now)
    refuseIf(submissionProblems({ month: plan.monthText, lines, reason: input.reason, ...filed }, now))
    const { late, basis } = await hand(tx, plan, input, filed.asked, now)
    for (const { state } of lines) visitStates.next(state, 'submit')
    await tx.visit.updateMany({
      where: { id: { in: lines.map((line) => line.id) } },
      data: { state: 'waiting', version: { increment: 1 } },
    })
    const fen = lines.flatMap(({ spendings }) => spendings).reduce((sum, { total }) => sum + fenOf(total.toFixed(2)), 0)
    const approval = await fileFor(tx, actor, plan, { basis, amount: yuanText(fen), reason: input.reason }, now)
    await meetDeadlines(tx, 'visit.plan', [clockOf(plan)], now)
    const planned = lines.length
    await audit('visit_plan.submitted', planSubject(plan), {
      before: { version: plan.version, state: plan.state },
      after: {
        number: plan.number,
        month: plan.monthText,
        planned,
        asked: filed.asked,
        late,
        approval,
        costs: yuanText(fen),
      },
      ...(input.reason ? { why: input.reason } : {}),
    })
    return { approval, late, planned, asked: filed.asked }
  })
}

async function filedOf(tx: Tx, { ownerId }: Plan, now: Date) {
  const regulation = await regulationAt(now)
  return {
    asked: askedOf(regulation, await rolesOf(tx, ownerId)),
    unreported: await unreportedOf(tx, ownerId, now),
    mostUnreported: regulation.value('visits.most_unreported'),
  }
}

/** When it was first handed in counts: a plan that was sent back in time is not late for being put right. */
async function hand(tx: Tx, plan: Plan, { note }: Submission, asked: number, now: Date) {
  const late = plan.submittedAt ? plan.late : now > planDue(await calendarAt(now), plan.monthText)
  const version = plan.version + 1
  await tx.visitPlan.update({
    where: { id: plan.id },
    data: {
      state: planStates.next(plan.state, 'submit'),
      asked,
      note,
      late,
      submittedAt: plan.submittedAt ?? now,
      version,
    },
  })
  return { late, basis: `${version}` }
}

type Asked = { basis: string; amount: string; reason: string | null }

async function fileFor(tx: Tx, actor: Actor, plan: Plan, { basis, amount, reason }: Asked, now: Date) {
  const subject = planSubject(plan)
  const last = await tx.approvalRequest.findFirst({ where: { kind: 'visit.plan', subject }, orderBy: { id: 'desc' } })
  const { number } = await fileUntold(
    tx,
    actor,
    {
      kind: 'visit.plan',
      subject,
      place: { departmentId: plan.departmentId, regionId: null },
      basis,
      ...(amount === '0.00' ? {} : { amount }),
      reason,
      excluded: [plan.ownerId],
      ...(last?.state === 'returned' ? { follows: last.id } : {}),
    },
    now,
  )
  return number
}
