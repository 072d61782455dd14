import { randomBytes } from 'node:crypto'
import type { Actor } from '../access/actor.ts'
import { change } from '../audit/change.ts'
import { db } from '../db.ts'
import type { Key } from '../i18n.ts'
import { Forbidden, NotFound, Refused, type Params } from '../lib/refused.ts'
import { ruleEventsIn, stopsOfMany } from '../regulations/events.ts'
import { decideRequest } from './deciding.ts'
import type { Ticked, TogetherInput } from './forms.ts'
import { kindOf } from './kinds.ts'
import { requestFor } from './reading.ts'

export type Outcome = { number: string; rule?: string; reason?: Key; params?: Params }
export type Batch = { verdict: TogetherInput['verdict']; outcomes: Outcome[] }

/**
 * APR-03: decides several, each in a transaction of its own and by the rules that hold for one. What is not done stays as
 * it was, with the reason. Answers with the number under which the trail keeps what became of each. A second copy of the
 * form finds its token used by the first decision.
 */
export async function decideTogether(
  actor: Actor,
  { picked, verdict, reason }: TogetherInput,
  now: Date,
): Promise<string> {
  const outcomes: Outcome[] = []
  for (const one of picked) outcomes.push(await outcomeOf(actor, one, { verdict, reason }, now))
  const batch = randomBytes(8).toString('hex')
  await change(actor, async (tx, audit) => {
    await ruleEventsIn(tx, stopsOfMany(outcomes, { place: '/approvals/together', actorId: actor.id }), now)
    await audit('approval.together', `approvals:${batch}`, { after: { verdict, outcomes } })
  })
  return batch
}

type Verdict = Pick<TogetherInput, 'verdict' | 'reason'>

async function outcomeOf(actor: Actor, { number, version }: Ticked, how: Verdict, now: Date): Promise<Outcome> {
  try {
    const { id, kind } = await requestFor(actor, number, now)
    if (!kindOf(kind).together) return gone(number)
    const decided = await decideRequest(actor, id, { ...how, version }, now)
    return decided === 'void' ? { number, rule: 'APR-02', reason: 'approvals:together.void' } : { number }
  } catch (error) {
    if (error instanceof NotFound || error instanceof Forbidden) return gone(number)
    if (!(error instanceof Refused)) throw error
    const { rule, reason, params } = error.refusals[0]!
    return { number, rule, reason, ...(params ? { params } : {}) }
  }
}

const gone = (number: string): Outcome => ({ number, rule: 'APR-01', reason: 'approvals:together.gone' })

/** What became of several decided together: their decider's own, kept in the trail. */
export async function batchFor(actor: Actor, id: string): Promise<Batch> {
  const entry = /^[0-9a-f]{16}$/.test(id)
    ? await db.auditEntry.findFirst({
        where: { subject: `approvals:${id}`, actorId: actor.id, action: 'approval.together' },
        select: { after: true },
      })
    : null
  if (!entry) throw new NotFound()
  return entry.after as unknown as Batch
}
