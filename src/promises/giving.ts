import type { Actor } from '../access/actor.ts'
import { change } from '../audit/change.ts'
import type { Tx } from '../db.ts'
import { dayText } from '../lib/days.ts'
import { Forbidden, Refused, refuseIf, type Refusal } from '../lib/refused.ts'
import { lockColleague } from '../tasks/colleagues.ts'
import { visitPolicy } from '../visits/policy.ts'
import { lockVisit, type Visit } from '../visits/queries.ts'
import { promiseStep } from './commands.ts'
import type { PromiseInput } from './forms.ts'
import { mayPromise } from './rules.ts'

/** VIS-07: what was promised on a visit, written down on its page; also what came to mind only after the report. */
export function givePromise(actor: Actor, { id }: Pick<Visit, 'id'>, input: PromiseInput, now: Date): Promise<string> {
  return change(actor, async (tx, audit) => {
    const visit = await lockVisit(tx, id)
    if (!visitPolicy.own(actor, visit)) throw new Forbidden('visits.plan')
    const { what, dueOn, promisedTo, promisedOn } = input
    refuseIf(givingProblems(visit, promisedOn, now))
    const ownerId = await ownerOf(tx, input.owner)
    const { customerId } = visit
    return promiseStep(tx, audit, actor, { customerId, visitId: id, what, ownerId, dueOn, promisedTo, promisedOn }, now)
  })
}

async function ownerOf(tx: Tx, number: string): Promise<bigint> {
  const owner = await lockColleague(tx, { number: number.toUpperCase() })
  if (!owner) throw new Refused([{ rule: 'PPL-01', reason: 'tasks:refused.ownerUnknown', field: 'owner' }])
  return owner.id
}

/** VIS-07: nothing is promised on a visit before it. */
export const visitProblems = (visit: Visit, now: Date): Refusal[] =>
  mayPromise(visit, now) ? [] : [{ rule: 'VIS-07', reason: 'promises:refused.notVisited' }]

function givingProblems(visit: Visit, promisedOn: string, now: Date) {
  if (!mayPromise(visit, now)) return visitProblems(visit, now)
  const day = dayText(visit.onDay)
  if (promisedOn >= day) return []
  return [{ rule: 'VIS-07', reason: 'promises:refused.beforeVisit', field: 'promisedOn', params: { day } } as const]
}
