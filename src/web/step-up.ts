import type { Request, Response } from 'express'
import type { Actor } from '../access/actor.ts'
import { now } from '../lib/clock.ts'
import { Refused, type Refusal } from '../lib/refused.ts'
import { regulationAt } from '../regulations/in-force.ts'
import type { Model, Route } from './route.ts'
import { sessionActs } from './session-acts.ts'
import { countStops } from './stops.ts'

/** How a person proves again to be this person: handed in, as this folder knows no feature. */
export type Proof = {
  page: (actor: Actor, now: Date) => Promise<Model>
  /** Refuses what proves nothing. */
  check: (actor: Actor, typed: string, now: Date) => Promise<void>
}

const minute = 60_000

/** ACC-01: is the last proof older than the company allows before a weighty act? */
async function isDue({ session }: Request): Promise<boolean> {
  const at = now()
  const { value } = await regulationAt(at)
  return at.getTime() - (session.provenAt ?? 0) > value('auth.step_up_minutes') * minute
}

/** Whether the route asks for it at all, of this record. */
const isWeighty = ({ stepUp }: Route, record: never): boolean =>
  typeof stepUp === 'function' ? stepUp(record) : Boolean(stepUp)

/** Before a weighty page opens: where to prove first; null: it may open. A file goes to the page it is asked for on. */
export async function proofBefore(route: Route, req: Request, record: never): Promise<string | null> {
  if (!isWeighty(route, record) || !(await isDue(req))) return null
  const [, search = ''] = req.originalUrl.split(/(?=\?)/)
  const next = typeof route.stepUp === 'string' ? route.stepUp + search : req.originalUrl
  return `/step-up?next=${encodeURIComponent(next)}`
}

type Sent = Readonly<Record<string, string>>

/**
 * Before a weighty form is taken: true when the proof is fresh, or came with it. Else the answer asks for it, and holds
 * what was typed, so that nothing is lost and one more click does the act.
 */
export async function provenFor(
  route: Route,
  req: Request,
  res: Response,
  proof: Proof,
  { body: { _proof, ...sent }, record }: { body: Sent; record: never },
): Promise<boolean> {
  if (!isWeighty(route, record) || !(await isDue(req))) return true
  const { actor } = res.locals
  if (_proof !== undefined) {
    const wrong = await refusalsOf(proof.check(actor, _proof, now()))
    if (wrong.length === 0) {
      await sessionActs(req).prove()
      return true
    }
    await countStops(route, wrong, res)
    res.locals.errors = wrong.map(({ rule, reason, params }) => ({
      text: res.locals.t(reason, params),
      field: '_proof',
      rule: { id: rule },
    }))
  }
  await ask(req, res, proof, sent)
  return false
}

async function ask(req: Request, res: Response, proof: Proof, { _csrf, _form, ...kept }: Sent): Promise<void> {
  const { actor } = res.locals
  const model = { ...(await proof.page(actor, now())), action: req.originalUrl, name: '_proof', back: null, kept }
  // The form's own token goes along: twice sent, it still has its effect once.
  res.status(422).render('session/step-up', { ...model, ...(_form ? { formToken: _form } : {}) })
}

async function refusalsOf(work: Promise<void>): Promise<Refusal[]> {
  try {
    await work
    return []
  } catch (error) {
    if (error instanceof Refused) return error.refusals
    throw error
  }
}
