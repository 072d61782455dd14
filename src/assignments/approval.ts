import type { Actor } from '../access/actor.ts'
import type { Handler, Request } from '../approvals/contract.ts'
import { auditMany, type Audit } from '../audit/change.ts'
import { filedAs } from '../customers/approval.ts'
import type { Tx } from '../db.ts'
import { Refused } from '../lib/refused.ts'
import { placeOf, type AssignmentPayload } from './asking.ts'
import { assignmentCard } from './card.ts'
import { lostOwner } from './leaving.ts'
import { assigned, basisOf, move, placeWords, type Going, type Held } from './moving.ts'
import type { Outcome } from './queries.ts'
import { tellOwners } from './telling.ts'
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
  await give(tx, audit, decider, request, going, now)
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

async function give(tx: Tx, audit: Audit, decider: Actor, request: Request, going: Going[], now: Date): Promise<void> {
  await move(
    tx,
    audit,
    decider,
    going.map(({ customer, place }) => ({ ...place, id: customer.id })),
    now,
  )
  const words = await placeWords(
    tx,
    going.flatMap(({ customer, place }) => [customer, place]),
  )
  const filed = await filedAs(tx, request)
  const items = going.map(({ customer, place }) => {
    const { before, after } = assigned(customer, place, words, now)
    const why = request.reason ? { why: request.reason } : {}
    return { subject: `customer:${customer.id}`, detail: { before, after: { ...after, ...filed }, ...why } }
  })
  await auditMany(tx, decider, 'customer.assigned', items)
  const given = going.map(({ customer, place }) => ({
    number: customer.number,
    before: customer.ownerId,
    after: place.ownerId,
  }))
  await tellOwners(tx, decider, request.subject, given, now)
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

async function heldOf(tx: Tx, { customers }: AssignmentPayload): Promise<Map<bigint, Held>> {
  const rows = await tx.customer.findMany({
    where: { id: { in: customers.map(({ id }) => BigInt(id)) }, withdrawnAt: null },
    select: {
      id: true,
      number: true,
      version: true,
      standing: true,
      ownerId: true,
      departmentId: true,
      regionId: true,
    },
  })
  return new Map(rows.map((row) => [row.id, row]))
}

function isAsAsked({ id, from }: Wanted, found: Map<bigint, Held>): boolean {
  const customer = found.get(BigInt(id))
  return customer !== undefined && basisOf(customer) === basisOf(placeOf(from))
}
