import type { Actor } from '../../access/actor.ts'
import { change } from '../../audit/change.ts'
import { takeSerials } from '../../customers/numbers.ts'
import { dateText, yearOf } from '../../lib/dates.ts'
import { dayOf } from '../../lib/days.ts'
import { yuanText } from '../../lib/money.ts'
import { businessNumber } from '../../lib/numbers.ts'
import { Forbidden, Refused, refuseIf } from '../../lib/refused.ts'
import { figureFor } from '../figure.ts'
import { releaseWhatPasses } from '../paying.ts'
import { creditPolicy } from '../policy.ts'
import { lockAccount, trailOf } from '../queries.ts'
import type { PlanInput } from './forms.ts'
import { lockPlan, runningOf, type About } from './queries.ts'
import { beyondLimit, coverProblems, linesOf, planProblems, sumOf } from './rules.ts'

/** A year ahead; against a year mistyped. */
export const lastDay = (now: Date): string => `${Number(dateText(now).slice(0, 4)) + 1}${dateText(now).slice(4)}`

export type Filed = { number: string; released: string[] }

/** CRD-04, CRD-09: the customer's promise by days and amounts; what it lets out of the held releases goes out at once. */
export function filePlan(
  actor: Actor,
  { customer: given, release }: About,
  input: PlanInput,
  now: Date,
): Promise<Filed> {
  return change(actor, async (tx, audit) => {
    const customer = await lockAccount(tx, given.id)
    if (!creditPolicy.plan(actor, customer)) throw new Forbidden(creditPolicy.plan.act)
    const running = await runningOf(tx, customer.id, now)
    refuseIf(planProblems(input.lines, dateText(now), lastDay(now), running?.number ?? null))
    refuseIf(coverProblems(input.lines, beyondLimit(await figureFor(tx, customer.id, now))))
    const lines = linesOf(input.lines)
    const number = businessNumber('HL', yearOf(now), await takeSerials(tx, 'repayment_plan', yearOf(now), 1))
    await tx.repaymentPlan.create({
      data: {
        number,
        customerId: customer.id,
        releaseId: release?.id ?? null,
        promisedBy: input.promisedBy,
        note: input.note,
        filedAt: now,
        filedById: actor.id,
        lines: { create: lines.map(({ due, amount }, at) => ({ n: at + 1, dueOn: dayOf(due), amount })) },
      },
    })
    await audit('plan.filed', trailOf({ customerId: customer.id }), {
      after: {
        plan: number,
        amount: yuanText(sumOf(lines)),
        lines: lines.map(({ due, amount }) => `${due} ${amount}`).join('; '),
        promisedBy: input.promisedBy,
        ...(release ? { release: release.number } : {}),
      },
    })
    const released = await releaseWhatPasses(tx, audit, actor, customer.id, now, 'recheck')
    return { number, released: released.map((one) => one.number) }
  })
}

/** It holds no more; what is held for want of a plan stays held. */
export function withdrawPlan(actor: Actor, id: bigint, reason: string, now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    const { customerId } = await tx.repaymentPlan.findUniqueOrThrow({ where: { id }, select: { customerId: true } })
    const customer = await lockAccount(tx, customerId)
    if (!creditPolicy.plan(actor, customer)) throw new Forbidden(creditPolicy.plan.act)
    const plan = await lockPlan(tx, id)
    if (plan.withdrawnAt) throw new Refused([{ rule: 'CRD-09', reason: 'repayment:refused.withdrawn' }])
    await tx.repaymentPlan.update({ where: { id }, data: { withdrawnAt: now, withdrawnReason: reason } })
    await audit('plan.withdrawn', trailOf({ customerId }), { after: { plan: plan.number }, why: reason })
  })
}
