import { randomBytes } from 'node:crypto'
import type { Actor } from '../access/actor.ts'
import { change, type Audit } from '../audit/change.ts'
import { confirmStep } from '../customers/life.ts'
import { lockPicked } from '../customers/list/picked.ts'
import type { Ticked } from '../customers/list/picks.ts'
import type { Tx } from '../db.ts'
import { Forbidden, Refused } from '../lib/refused.ts'
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
    for (const { number, version } of picked)
      outcomes.push(await outcomeOf(tx, audit, actor, { number, id: ids.get(number), opened: version }, now))
    const batch = randomBytes(8).toString('hex')
    await audit('confirmation.made', `confirmation:${batch}`, { after: { outcomes } })
    return batch
  })
}

type One = { number: string; id: bigint | undefined; opened: number }

async function outcomeOf(tx: Tx, audit: Audit, actor: Actor, one: One, now: Date): Promise<Outcome> {
  const { number, id, opened } = one
  if (id === undefined) return { number, rule: 'PPL-01', reason: 'confirmations:refused.unknown' }
  try {
    await confirmStep(tx, audit, actor, { id, opened }, now)
    return { number }
  } catch (error) {
    if (error instanceof Forbidden) return { number, rule: 'PPL-01', reason: 'confirmations:refused.notYours' }
    if (!(error instanceof Refused)) throw error
    const { rule, reason, params } = error.refusals[0]!
    return { number, rule, reason, ...(params ? { params } : {}) }
  }
}
