import { randomBytes } from 'node:crypto'
import type { Actor } from '../access/actor.ts'
import { auditMany, change } from '../audit/change.ts'
import { lockPicked } from '../customers/list/picked.ts'
import { lockCustomer } from '../customers/queries.ts'
import type { Tx } from '../db.ts'
import { Forbidden, Refused, refuseIf, type Refusal } from '../lib/refused.ts'
import { goneOf } from '../organisation/queries.ts'
import type { Assignment, BulkAssignment, Wish } from './forms.ts'
import { assigned, move, placeWords } from './moving.ts'
import { lockOwner, type Outcome } from './queries.ts'
import { assignmentProblems, type Place } from './rules.ts'
import { ruleEventsIn, stopsOfMany } from '../regulations/events.ts'
import { tellOwners } from './telling.ts'

/** Gives a customer to an owner, department and region (CUS-06 will ask for approval of it). */
export function assignCustomer(actor: Actor, id: bigint, input: Assignment, now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    const { owner, departmentId, regionId, version, reason } = input
    const customer = await lockCustomer(tx, id)
    const ownerId = owner === null ? null : (await ownerNamed(tx, owner)).id
    const place = { ownerId, departmentId, regionId }
    await refuseGone(tx, place)
    const problems = assignmentProblems(actor, customer, place, version)
    if (problems.some(({ reason }) => reason === 'assignments:refused.notYours'))
      throw new Forbidden('customers.assign')
    refuseIf(problems)
    await tx.customer.update({ where: { id }, data: { ...place, version: version + 1, updatedAt: now } })
    const words = await placeWords(tx, [place, customer])
    await audit('customer.assigned', `customer:${id}`, {
      ...assigned(customer, place, words, now),
      ...(reason ? { why: reason } : {}),
    })
    const given = [{ number: customer.number, before: customer.ownerId, after: ownerId }]
    await tellOwners(tx, actor, `customer:${id}`, given, now)
  })
}

/**
 * Gives many customers at once: each by the rules that hold for one, all that may go in one step, the others with the
 * reason why not. Answers with the number under which the trail keeps what became of each.
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
      return { number, customer, place, problem: problems[0] }
    })
    const going = judged.flatMap(({ customer, place, problem }) =>
      problem ? [] : [{ customer: customer!, place: place! }],
    )
    await move(
      tx,
      going.map(({ customer, place }) => ({ id: customer.id, ...place })),
      now,
    )
    const words = await placeWords(
      tx,
      going.flatMap(({ customer, place }) => [customer, place]),
    )
    const items = going.map(({ customer, place }) => {
      const { before, after } = assigned(customer, place, words, now)
      return { subject: `customer:${customer.id}`, detail: { before, after: { ...after, batch }, ...why(input) } }
    })
    await auditMany(tx, actor, 'customer.assigned', items)
    const outcomes = judged.map(({ number, problem }) => outcomeOf(number, problem))
    const given = going.map(({ customer: { number, ownerId: before }, place }) => ({
      number,
      before,
      after: place.ownerId,
    }))
    await tellOwners(tx, actor, `assignment:${batch}`, given, now)
    await ruleEventsIn(tx, stopsOfMany(outcomes, { place: '/customers/assignment', actorId: actor.id }), now)
    await audit('assignment.made', `assignment:${batch}`, { after: { at: now.toISOString(), outcomes }, ...why(input) })
    return batch
  })
}

const unknown: Refusal = { rule: 'PPL-01', reason: 'assignments:refused.unknown' }
const why = ({ reason }: { reason: string | null }) => (reason ? { why: reason } : {})

function outcomeOf(number: string, problem: Refusal | undefined): Outcome {
  return problem ? { number, rule: problem.rule, reason: problem.reason } : { number }
}

type Held = Place & { id: bigint; number: string; version: number }

async function held(tx: Tx, actor: Actor, numbers: string[]): Promise<Map<string, Held>> {
  const ids = [...(await lockPicked(tx, actor, numbers)).values()]
  const rows = await tx.customer.findMany({
    where: { id: { in: ids } },
    select: { id: true, number: true, version: true, ownerId: true, departmentId: true, regionId: true },
  })
  return new Map(rows.map((row) => [row.number, row]))
}

/** Where each customer is to go; a part that is to stay is each one's own. */
async function wishedPlace(tx: Tx, { owner, departmentId, regionId }: BulkAssignment) {
  if (owner.keep && departmentId.keep && regionId.keep)
    throw new Refused([{ rule: 'CUS-06', reason: 'assignments:refused.nothing', field: 'owner' }])
  const ownerId: Wish<bigint> =
    owner.keep || owner.value === null
      ? (owner as Wish<bigint>)
      : { keep: false, value: (await ownerNamed(tx, owner.value)).id }
  const valueOf = (wish: Wish<bigint>) => (wish.keep ? null : wish.value)
  await refuseGone(tx, { departmentId: valueOf(departmentId), regionId: valueOf(regionId) })
  const of = (wish: Wish<bigint>, own: bigint | null) => (wish.keep ? own : wish.value)
  return (customer: Place): Place => ({
    ownerId: of(ownerId, customer.ownerId),
    departmentId: of(departmentId, customer.departmentId),
    regionId: of(regionId, customer.regionId),
  })
}

async function ownerNamed(tx: Tx, number: string) {
  const owner = await lockOwner(tx, number)
  if (!owner) throw new Refused([{ rule: 'CUS-06', reason: 'assignments:refused.ownerUnknown', field: 'owner' }])
  return owner
}

async function refuseGone(tx: Tx, place: { departmentId: bigint | null; regionId: bigint | null }): Promise<void> {
  const gone = await goneOf(tx, place)
  if (gone) throw new Refused([{ rule: 'PPL-01', reason: 'customers:refused.placeGone', field: gone }])
}
