import type { Actor } from '../../access/actor.ts'
import { fileUntold } from '../../approvals/filing.ts'
import { change } from '../../audit/change.ts'
import { takeSerials } from '../../customers/numbers.ts'
import type { Tx } from '../../db.ts'
import { dateText, yearOf } from '../../lib/dates.ts'
import { dayOf } from '../../lib/days.ts'
import { fenOf, yuanText } from '../../lib/money.ts'
import { businessNumber } from '../../lib/numbers.ts'
import { Forbidden, Refused, refuseIf } from '../../lib/refused.ts'
import { regulationAt } from '../../regulations/in-force.ts'
import { creditPolicy } from '../policy.ts'
import { lockAccount, type CreditCustomer } from '../queries.ts'
import type { GuaranteeInput } from './forms.ts'
import { boundsOf } from './queries.ts'
import { guaranteeProblems } from './rules.ts'

/** The longest that one answers for another's debts; against a year mistyped. */
export const lastDay = (now: Date): string => `${Number(dateText(now).slice(0, 4)) + 1}${dateText(now).slice(4)}`

const kind = 'credit.guarantee'
const subjectOf = ({ id }: { id: bigint }) => `customer:${id}`

/** CRD-12: offers to answer for a customer of one's own whose shipments are stopped. Answers with the approval's number. */
export function offerGuarantee(
  actor: Actor,
  given: { id: bigint },
  input: GuaranteeInput,
  now: Date,
): Promise<{ number: string; approval: string }> {
  return change(actor, async (tx, audit) => {
    const customer = await lockAccount(tx, given.id)
    if (!creditPolicy.guarantee(actor, customer)) throw new Forbidden(creditPolicy.guarantee.act)
    await refuseWaiting(tx, customer)
    const bounds = await boundsOf(tx, customer.id, now)
    const offer = { amount: fenOf(input.amount), until: input.until }
    refuseIf(guaranteeProblems(offer, bounds, dateText(now), lastDay(now)))
    const number = businessNumber('DB', yearOf(now), await takeSerials(tx, 'guarantee', yearOf(now), 1))
    const { id } = await tx.guarantee.create({
      data: {
        number,
        customerId: customer.id,
        guarantorId: actor.id,
        amount: input.amount,
        averageThen: yuanText(bounds.average),
        until: dayOf(input.until),
        reason: input.reason,
        askedAt: now,
      },
      select: { id: true },
    })
    const approval = await file(tx, actor, { customer, id, input }, now)
    await audit('guarantee.asked', subjectOf(customer), {
      after: { guarantee: number, amount: input.amount, until: input.until, approval },
      why: input.reason,
    })
    return { number, approval }
  })
}

async function refuseWaiting(tx: Tx, customer: CreditCustomer): Promise<void> {
  const where = { kind, subject: subjectOf(customer), state: 'waiting' as const }
  const found = await tx.approvalRequest.findFirst({ where, select: { number: true } })
  if (!found) return
  throw new Refused([{ rule: 'CRD-12', reason: 'guarantees:refused.waiting', params: { number: found.number } }])
}

type Filing = { customer: CreditCustomer; id: bigint; input: GuaranteeInput }

async function file(tx: Tx, actor: Actor, { customer, id, input }: Filing, now: Date): Promise<string> {
  const { departmentId, regionId } = customer
  const role = (await regulationAt(now)).value('credit.guarantee_role')
  const { number } = await fileUntold(
    tx,
    actor,
    {
      kind,
      subject: subjectOf(customer),
      customerId: customer.id,
      place: { departmentId, regionId },
      basis: String(id),
      payload: { guarantee: String(id) },
      amount: input.amount,
      reason: input.reason,
      signatures: [{ role }],
    },
    now,
  )
  return number
}
