import { randomBytes } from 'node:crypto'
import { system, type Actor } from '../access/actor.ts'
import { may } from '../access/policy.ts'
import { decideRequest } from '../approvals/deciding.ts'
import { change } from '../audit/change.ts'
import type { Ticked } from '../customers/list/picks.ts'
import { lockCustomer } from '../customers/queries.ts'
import { startDeadlines, resumeDeadline } from '../deadlines/commands.ts'
import { Forbidden, Refused, refuseIf } from '../lib/refused.ts'
import { ruleEventsIn, stopsOfMany } from '../regulations/events.ts'
import { askConfirmation, askConfirmations } from './asking.ts'
import { idsOf, lastAsked, requestAbout, toConfirm, type Outcome } from './queries.ts'
import { undecidable } from './rules.ts'

const approve = { verdict: 'approve', reason: null } as const

/**
 * CUS-05: confirms a provisional customer by approving its request, which is the one way of deciding. Refuses what the
 * approval refuses, an incomplete file (CUS-04), and a file other than the one that was opened.
 */
export async function confirmCustomer(actor: Actor, id: bigint, opened: number, now: Date): Promise<void> {
  const customer = await toConfirm(id)
  if (!may(actor, 'customers.confirm', customer)) throw new Forbidden('customers.confirm')
  refuseIf(undecidable(customer, actor.id, opened))
  const request = customer.waiting ?? (await fileNow(id, now))
  const decided = await decideRequest(actor, request.id, { ...approve, version: request.version }, now)
  if (decided === 'void') throw new Refused([{ rule: 'CUS-05', reason: 'customers:refused.changedMeanwhile' }])
}

/** Recorded before there were requests, and not found by the background work yet: it is filed on the spot. */
async function fileNow(id: bigint, now: Date) {
  await change(system, async (tx, audit) => {
    const customer = await lockCustomer(tx, id)
    // The background work was faster.
    if (await requestAbout(tx, id))
      throw new Refused([{ rule: 'CUS-05', reason: 'customers:refused.changedMeanwhile' }])
    const [filed] = await askConfirmations(tx, [customer], now)
    await audit('approval.filed', `customer:${id}`, { after: { number: filed!.number, kind: 'customer.confirmation' } })
  })
  return (await toConfirm(id)).waiting!
}

/**
 * CUS-05: confirms many, each by the rules that hold for one and each by itself; those that may not be stay as they are,
 * with the reason. Answers with the number under which the trail keeps what became of each.
 */
export async function confirmCustomers(actor: Actor, picked: Ticked[], now: Date): Promise<string> {
  const ids = await idsOf(
    actor,
    picked.map(({ number }) => number),
  )
  const outcomes: Outcome[] = []
  for (const { number, version } of picked)
    outcomes.push(await outcomeOf(actor, ids.get(number), { number, version }, now))
  const batch = randomBytes(8).toString('hex')
  return change(actor, async (tx, audit) => {
    await ruleEventsIn(tx, stopsOfMany(outcomes, { place: '/customers/confirmation', actorId: actor.id }), now)
    await audit('confirmation.made', `confirmation:${batch}`, { after: { outcomes } })
    return batch
  })
}

async function outcomeOf(
  actor: Actor,
  id: bigint | undefined,
  { number, version }: Ticked,
  now: Date,
): Promise<Outcome> {
  if (id === undefined) return { number, rule: 'PPL-01', reason: 'confirmations:refused.unknown' }
  try {
    await confirmCustomer(actor, id, version, now)
    return { number }
  } catch (error) {
    if (error instanceof Forbidden) return { number, rule: 'PPL-01', reason: 'confirmations:refused.notYours' }
    if (!(error instanceof Refused)) throw error
    const { rule, reason, params } = error.refusals[0]!
    return { number, rule, reason, ...(params ? { params } : {}) }
  }
}

/** CUS-05: asks again, after the request was returned, refused or withdrawn; the clock runs on, or anew. */
export function askAgain(actor: Actor, id: bigint, opened: number, now: Date): Promise<string> {
  return change(actor, async (tx, audit) => {
    const customer = await lockCustomer(tx, id)
    if (!may(actor, 'customers.correct', customer)) throw new Forbidden('customers.correct')
    if (customer.standing === 'confirmed')
      throw new Refused([{ rule: 'CUS-05', reason: 'customers:refused.confirmedAlready' }])
    if (customer.version !== opened)
      throw new Refused([{ rule: 'CUS-05', reason: 'confirmations:refused.changedMeanwhile' }])
    const last = await lastAsked(tx, id)
    const { number } = await askConfirmation(tx, audit, actor, customer, now, last?.id)
    const subject = { subject: `customer:${id}`, customerId: id }
    await resumeDeadline(tx, 'customer.confirmation', subject.subject, now)
    const parameter = customer.import ? { parameter: 'customers.confirm_imported_days' as const } : {}
    await startDeadlines(tx, 'customer.confirmation', [subject], now, parameter)
    return number
  })
}
