import type { Actor } from '../../access/actor.ts'
import { mayEver } from '../../access/policy.ts'
import { overLately } from '../overview/kept.ts'
import type { Over } from '../overview/over.ts'
import { heldReleases, type Held } from '../overview/queries.ts'
import { longHeldFor, type LongHeld } from '../releases/list/queries.ts'
import { shippingQuery } from '../shipping/forms.ts'
import { countsFor, toShipFor, type ToShip } from '../shipping/queries.ts'

/** Of each how many, and the first. */
export type CreditAtHome = {
  over: { count: number; first: Over } | null
  held: { count: number; first: Held } | null
  /** Of the person's own, for days. */
  long: LongHeld | null
  /** For whoever ships. */
  ship: { count: number; first: ToShip } | null
}

/** Wishes 52, 59: who is over the limit, what is held, and what of one's own is held for days; for whoever acts on it. */
export async function creditAtHome(actor: Actor, now: Date): Promise<CreditAtHome> {
  const ship = mayEver(actor, 'releases.ship') ? await toShip(actor, now) : null
  if (!acts.some((act) => mayEver(actor, act))) return { over: null, held: null, long: null, ship }
  const [over, held, long] = await Promise.all([
    overLately(actor, now),
    heldReleases(actor, 1),
    longHeldFor(actor, now),
  ])
  const [first] = over.rows
  const [longest] = held.rows
  return {
    over: first ? { count: over.count, first } : null,
    held: longest ? { count: held.count, first: longest } : null,
    long,
    ship,
  }
}

/** CRD-13: what may go out, and what waits longest of it. */
async function toShip(actor: Actor, now: Date): Promise<CreditAtHome['ship']> {
  const query = shippingQuery.parse({})
  const [counts, [first]] = await Promise.all([countsFor(actor, now), toShipFor(actor, query, now)])
  return first ? { count: counts.waiting, first } : null
}

const acts = ['credit.request', 'credit.approve', 'ledger.record'] as const
