import type { Actor } from '../access/actor.ts'
import type { Handler, Request } from '../approvals/contract.ts'
import type { Audit } from '../audit/change.ts'
import { filedAs } from '../customers/approval.ts'
import type { Tx } from '../db.ts'
import { Refused } from '../lib/refused.ts'
import { placeOf, type AssignmentPayload } from './asking.ts'
import { assignmentCard, assignmentObjects } from './card.ts'
import { lostOwner } from './leaving.ts'
import { give } from './giving.ts'
import { basisOf, heldBy, type Going, type Held } from './moving.ts'
import type { Outcome } from './queries.ts'
import { refuseGone } from './wishing.ts'

/** CUS-06: another one's approval gives confirmed customers to another owner. It rests on whose each was, and where. */
export const customerAssignment: Handler = {
  basis: async (tx, { subject, customerId, payload }) => {
    const wanted = payload as AssignmentPayload
    const found = await heldOf(tx, wanted)
    if (customerId !== null) return found.has(customerId) ? basisOf(found.get(customerId)!) : null
    // Of many each that changed is left out; with none left there is nothing to decide.
    return wanted.customers.some((one) => isAsAsked(one, found)) ? subject.slice('assignment:'.length) : null
  },
  approve: carryOut,
  card: assignmentCard,
  objects: assignmentObjects,
}

type Wanted = AssignmentPayload['customers'][number]

async function carryOut(tx: Tx, audit: Audit, decider: Actor, request: Request, now: Date): Promise<void> {
  const wanted = request.payload as AssignmentPayload
  await refuseLost(tx, wanted)
  await tx.$queryRaw`
    select 1 from customer where id = any(${wanted.customers.map(({ id }) => BigInt(id))}::bigint[]) order by id for update`
  const found = await heldOf(tx, wanted)
  const staying = wanted.customers.filter((one) => !isAsAsked(one, found))
  const going = wanted.customers
    .filter((one) => !staying.includes(one))
    .map((one): Going => ({ customer: found.get(BigInt(one.id))!, place: placeOf(one.to) }))
  if (going.length === 0) throw new Refused([{ rule: 'APR-02', reason: 'assignments:refused.allChanged' }])
  const more = await filedAs(tx, request)
  await give(tx, audit, decider, going, { subject: request.subject, more, why: request.reason }, now)
  if (request.customerId !== null) return
  const left = new Set(staying)
  const outcomes = wanted.customers.map((one): Outcome =>
    left.has(one)
      ? { number: one.number, rule: 'APR-02', reason: 'assignments:refused.sinceAsked' }
      : { number: one.number },
  )
  const after = { at: now.toISOString(), approval: request.number, outcomes }
  await audit('assignment.carried_out', request.subject, { after })
}

/** Since it was asked the new owner may have left, and a department or region may be gone. */
async function refuseLost(tx: Tx, { customers }: AssignmentPayload): Promise<void> {
  for (const owner of new Set(customers.flatMap(({ to }) => to.owner ?? []))) {
    const lost = await lostOwner(tx, BigInt(owner))
    if (lost) throw new Refused([lost])
  }
  const places = new Map(customers.map(({ to }) => [`${to.department} ${to.region}`, placeOf(to)]))
  for (const place of places.values()) await refuseGone(tx, place)
}

const heldOf = (tx: Tx, { customers }: AssignmentPayload): Promise<Map<bigint, Held>> =>
  heldBy(
    tx,
    customers.map(({ id }) => BigInt(id)),
  )

function isAsAsked({ id, from }: Wanted, found: Map<bigint, Held>): boolean {
  const customer = found.get(BigInt(id))
  return customer !== undefined && basisOf(customer) === basisOf(placeOf(from))
}
