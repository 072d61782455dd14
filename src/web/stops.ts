import type { RequestHandler, Response } from 'express'
import { signedIn } from '../access/actor.ts'
import { isAct } from '../access/table.ts'
import { recordRuleEvents, stops } from '../regulations/events.ts'
import { now } from '../lib/clock.ts'
import { Forbidden, Refused, type Refusal } from '../lib/refused.ts'
import { log } from './log.ts'
import type { Route } from './route.ts'

declare global {
  namespace Express {
    interface Locals {
      /** The record that the address names, as the trail calls it: customer:12 */
      subject?: string
    }
  }
}

const families: Record<string, string> = { customers: 'customer', imports: 'import', staff: 'staff' }

/** What a loaded record is called in the trail; what belongs to a customer goes by its customer. */
export function subjectOf({ path }: Route, record: unknown): string | undefined {
  const family = /:number/.test(path) ? families[path.split('/')[1]!] : undefined
  const { id, customer } = (record ?? {}) as { id?: unknown; customer?: { id?: unknown } }
  const known = customer?.id ?? id
  return family && typeof known === 'bigint' ? `${family}:${known}` : undefined
}

/** RULE-01: counts what a rule stopped. The answer to the person never depends on it. */
export async function countStops(route: Route, refusals: readonly Pick<Refusal, 'rule'>[], res: Response) {
  const { actor, subject } = res.locals
  const events = stops(refusals, {
    place: route.path,
    ...(signedIn(actor) ? { actorId: actor.id } : {}),
    ...(subject ? { subject } : {}),
  })
  await recordRuleEvents(events, now()).catch((err: unknown) => log.error({ err }, 'a stop was not counted'))
}

/** Counts also what ends in an error page: an act that is not this person's (PPL-01), a page that a rule refuses. */
export function counting(route: Route, handler: RequestHandler): RequestHandler {
  return async (req, res, next) => {
    try {
      await handler(req, res, next)
    } catch (error) {
      if (error instanceof Refused) await countStops(route, error.refusals, res)
      if (error instanceof Forbidden && isAct(error.message)) await countStops(route, [{ rule: 'PPL-01' }], res)
      throw error
    }
  }
}
