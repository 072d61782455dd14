import type { Actor } from '../../access/actor.ts'
import { mayDecide } from '../../approvals/inbox.ts'
import { requestFor, type SeenRequest } from '../../approvals/reading.ts'
import { turnFor } from '../../approvals/shown.ts'
import { db } from '../../db.ts'
import { now as clock } from '../../lib/clock.ts'
import { NotFound } from '../../lib/refused.ts'
import { planPolicy } from '../policy.ts'
import { planSubject, planToSign, type Plan } from '../queries.ts'
import { decisionPath } from './card.ts'

const kind = 'visit.plan'

/** A plan before somebody who may sign its open step now, for themselves or another (APR-04). */
export type Turn = { plan: Plan; request: SeenRequest; mine: boolean; forName: string | null }

/** The plan by who may decide it, or see it; by the approvals' own word, for others it does not exist. */
export async function planToDecide(actor: Actor, number: string): Promise<Turn> {
  const plan = await planToSign({ number: number.toUpperCase() })
  const last = await db.approvalRequest.findFirst({
    where: { kind, subject: planSubject(plan) },
    orderBy: { id: 'desc' },
    select: { id: true, number: true },
  })
  if (!last) throw new NotFound()
  const now = clock()
  const mine = await mayDecide(actor, last.id, now)
  if (!mine && !planPolicy.view(actor, plan)) throw new NotFound()
  const request = await requestFor(actor, last.number, now)
  const standing = mine ? (await turnFor(actor, request, now))?.standing : null
  return { plan, request, mine, forName: standing?.by === 'deputy' ? standing.forName : null }
}

/** Where this person decides the plan line by line; null where it does not wait for them. */
export async function decisionHref(actor: Actor, plan: Plan, now: Date): Promise<string | null> {
  if (plan.state !== 'waiting') return null
  const waiting = await db.approvalRequest.findFirst({
    where: { kind, subject: planSubject(plan), state: 'waiting' },
    select: { id: true },
  })
  return waiting && (await mayDecide(actor, waiting.id, now)) ? decisionPath(plan) : null
}
