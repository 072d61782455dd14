import { randomBytes } from 'node:crypto'
import type { Actor } from '../access/actor.ts'
import { change, type Audit } from '../audit/change.ts'
import { confirmStep } from '../customers/life.ts'
import { lockPicked } from '../customers/list/picked.ts'
import type { Ticked } from '../customers/list/picks.ts'
import type { Customer } from '../customers/queries.ts'
import { tellConfirmed } from '../customers/telling.ts'
import type { Tx } from '../db.ts'
import { Forbidden, Refused } from '../lib/refused.ts'
import { ruleEventsIn, stopsOfMany } from '../regulations/events.ts'
import type { Outcome } from './queries.ts'

/**
 * CUS-05: confirms many, each by the rules that hold for one; those that may not be stay as they are, with the reason.
 * Answers with the number under which the trail keeps what became of each.
 */
export function confirmCustomers(actor: Actor, picked: Ticked[], now: Date): Promise<string> {
  return change(actor, async (tx, audit) => {
    const ids = await lockPicked(
      tx,
      actor,
      picked.map(({ number }) => number),
    )
    const outcomes: Outcome[] = []
    const confirmed: Customer[] = []
    for (const { number, version } of picked) {
      const found = await outcomeOf(tx, audit, actor, { number, id: ids.get(number), opened: version }, now)
      outcomes.push(found.outcome)
      if (found.customer) confirmed.push(found.customer)
    }
    await tellConfirmed(tx, actor, confirmed, now)
    await ruleEventsIn(tx, stopsOfMany(outcomes, { place: '/customers/confirmation', actorId: actor.id }), now)
    const batch = randomBytes(8).toString('hex')
    await audit('confirmation.made', `confirmation:${batch}`, { after: { outcomes } })
    return batch
  })
}

type Tried = { outcome: Outcome; customer?: Customer }
type One = { number: string; id: bigint | undefined; opened: number }

async function outcomeOf(tx: Tx, audit: Audit, actor: Actor, one: One, now: Date): Promise<Tried> {
  const { number, id, opened } = one
  if (id === undefined) return { outcome: { number, rule: 'PPL-01', reason: 'confirmations:refused.unknown' } }
  try {
    return { outcome: { number }, customer: await confirmStep(tx, audit, actor, { id, opened }, now) }
  } catch (error) {
    if (error instanceof Forbidden)
      return { outcome: { number, rule: 'PPL-01', reason: 'confirmations:refused.notYours' } }
    if (!(error instanceof Refused)) throw error
    const { rule, reason, params } = error.refusals[0]!
    return { outcome: { number, rule, reason, ...(params ? { params } : {}) } }
  }
}
