import { randomBytes } from 'node:crypto'
import type { Actor } from '../access/actor.ts'
import type { Filed } from '../approvals/filing.ts'
import { change } from '../audit/change.ts'
import { lockPicked } from '../customers/list/picked.ts'
import { lockCustomer } from '../customers/queries.ts'
import type { Tx } from '../db.ts'
import { Forbidden, refuseIf, type Refusal } from '../lib/refused.ts'
import { ruleEventsIn, stopsOfMany } from '../regulations/events.ts'
import { askAssignment, askAssignments } from './asking.ts'
import type { Assignment, BulkAssignment } from './forms.ts'
import { give } from './giving.ts'
import { heldBy, type Held } from './moving.ts'
import type { Outcome } from './queries.ts'
import { assignmentProblems, needsApproval } from './rules.ts'
import { ownerNamed, refuseGone, wishedPlace } from './wishing.ts'

/**
 * Gives a customer to an owner, department and region. CUS-06: who takes a confirmed customer from its owner asks for
 * approval; the number of the request is the answer then, and nothing is changed yet.
 */
export function assignCustomer(actor: Actor, id: bigint, input: Assignment, now: Date): Promise<Filed | null> {
  return change(actor, async (tx, audit) => {
    const { owner, departmentId, regionId, version, reason = null } = input
    const customer = await lockCustomer(tx, id)
    const ownerId = owner === null ? null : (await ownerNamed(tx, owner)).id
    const place = { ownerId, departmentId, regionId }
    await refuseGone(tx, place)
    const problems = assignmentProblems(actor, customer, place, version)
    if (problems.some(({ reason }) => reason === 'assignments:refused.notYours'))
      throw new Forbidden('customers.assign')
    refuseIf(problems)
    if (needsApproval(customer, place)) return askAssignment(tx, audit, actor, { customer, place }, reason, now)
    await give(tx, audit, actor, [{ customer, place }], { subject: `customer:${id}`, why: reason }, now)
    return null
  })
}

/**
 * Gives many customers at once: each by the rules that hold for one, all that may go in one step, the others with the
 * reason why not. CUS-06: those that need approval go into one request. Answers with the number under which the trail
 * keeps what became of each.
 */
export function assignCustomers(actor: Actor, input: BulkAssignment, now: Date): Promise<string> {
  return change(actor, async (tx, audit) => {
    const wish = await wishedPlace(tx, input)
    const batch = randomBytes(8).toString('hex')
    const customers = await held(
      tx,
      actor,
      input.picked.map(({ number }) => number),
    )
    const judged = input.picked.map(({ number, version }) => {
      const customer = customers.get(number)
      const place = customer && wish(customer)
      const problems = place ? assignmentProblems(actor, customer, place, version) : [unknown]
      return { number, going: place ? { customer, place } : null, problem: problems[0] }
    })
    const allowed = judged.flatMap(({ going, problem }) => (problem || !going ? [] : [going]))
    const asked = allowed.filter(({ customer, place }) => needsApproval(customer, place))
    const telling = { subject: `assignment:${batch}`, more: { batch }, why: input.reason }
    const going = allowed.filter((one) => !asked.includes(one))
    await give(tx, audit, actor, going, telling, now)
    const filed = asked.length > 0 ? await askAssignments(tx, audit, actor, { batch, asked }, input.reason, now) : null
    const outcomes = judged.map(({ number, going, problem }): Outcome => {
      if (problem) return { number, rule: problem.rule, reason: problem.reason }
      return filed && asked.includes(going!) ? { number, asked: filed.number } : { number }
    })
    await ruleEventsIn(tx, stopsOfMany(outcomes, { place: '/customers/assignment', actorId: actor.id }), now)
    await audit('assignment.made', `assignment:${batch}`, { after: { at: now.toISOString(), outcomes }, ...why(input) })
    return batch
  })
}

const unknown: Refusal = { rule: 'PPL-01', reason: 'assignments:refused.unknown' }
const why = ({ reason }: { reason: string | null }) => (reason ? { why: reason } : {})

async function held(tx: Tx, actor: Actor, numbers: string[]): Promise<Map<string, Held>> {
  const ids = [...(await lockPicked(tx, actor, numbers)).values()]
  return new Map([...(await heldBy(tx, ids)).values()].map((row) => [row.number, row]))
}
