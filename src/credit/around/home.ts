import type { Actor } from '../../access/actor.ts'
import { mayEver } from '../../access/policy.ts'
import { overLimit, type Over } from '../overview/over.ts'
import { heldReleases, type Held } from '../overview/queries.ts'

/** Of each how many, and the first. */
export type CreditAtHome = {
  over: { count: number; first: Over } | null
  held: { count: number; first: Held } | null
}

/** Wishes 52, 59: whose customers are over their limit, and what is held; for whoever acts on it. */
export async function creditAtHome(actor: Actor, now: Date): Promise<CreditAtHome> {
  if (!acts.some((act) => mayEver(actor, act))) return { over: null, held: null }
  const [over, held] = await Promise.all([overLimit(actor, 1, now), heldReleases(actor, 1)])
  const [first] = over.rows
  const [longest] = held.rows
  return {
    over: first ? { count: over.count, first } : null,
    held: longest ? { count: held.count, first: longest } : null,
  }
}

const acts = ['credit.request', 'credit.approve', 'ledger.record'] as const
