import type { Actor } from '../access/actor.ts'
import type { Asked } from '../approvals/contract.ts'
import { fileRequest, type Filed } from '../approvals/filing.ts'
import type { Audit } from '../audit/change.ts'
import type { Tx } from '../db.ts'
import { groupBy } from '../lib/groups.ts'
import { idOf, idText } from '../lib/ids.ts'
import { basisOf, placeParts, placeWords, type Going } from './moving.ts'
import type { Place } from './rules.ts'

const kind = 'customer.assignment'

type Ids = Record<'owner' | 'department' | 'region', string | null>
/** Where each of these customers was when it was asked, and where it is to go. */
export type AssignmentPayload = { customers: { id: string; number: string; from: Ids; to: Ids }[] }

const idsOf = ({ ownerId, departmentId, regionId }: Place): Ids => ({
  owner: idText(ownerId),
  department: idText(departmentId),
  region: idText(regionId),
})
export const placeOf = ({ owner, department, region }: Ids): Place => ({
  ownerId: idOf(owner),
  departmentId: idOf(department),
  regionId: idOf(region),
})

const payloadOf = (going: readonly Going[]): AssignmentPayload => ({
  customers: going.map(({ customer, place }) => ({
    id: String(customer.id),
    number: customer.number,
    from: idsOf(customer),
    to: idsOf(place),
  })),
})

/** PPL-02: who is to have it does not decide. */
const gainers = (going: readonly Going[]) => [...new Set(going.flatMap(({ place }) => place.ownerId ?? []))]

/** CUS-06: asks that one customer change hands, old and new side by side. */
export async function askAssignment(
  tx: Tx,
  audit: Audit,
  actor: Actor,
  going: Going,
  reason: string | null,
  now: Date,
): Promise<Filed> {
  const { customer, place } = going
  const words = await placeWords(tx, [customer, place])
  const [old, fresh] = [words(customer), words(place)]
  const differing = placeParts.filter((part) => old[part] !== fresh[part])
  const { departmentId, regionId } = customer
  const filing = {
    kind,
    subject: `customer:${customer.id}`,
    customerId: customer.id,
    place: { departmentId, regionId },
    asked: differing.map((field) => ({ field, before: old[field], after: fresh[field] })),
    payload: payloadOf([going]),
    basis: basisOf(customer),
    reason,
    excluded: gainers([going]),
  } as const
  return fileRequest(tx, audit, actor, filing, now)
}

/** The same for many in one request: told by how many go from whom to whom. */
export async function askAssignments(
  tx: Tx,
  audit: Audit,
  actor: Actor,
  { batch, asked }: { batch: string; asked: Going[] },
  reason: string | null,
  now: Date,
): Promise<Filed> {
  const words = await placeWords(
    tx,
    asked.flatMap(({ customer, place }) => [customer, place]),
  )
  const filing = {
    kind,
    subject: `assignment:${batch}`,
    place: { departmentId: common(asked, 'departmentId'), regionId: common(asked, 'regionId') },
    asked: summary(asked, words),
    payload: payloadOf(asked),
    basis: batch,
    reason,
    excluded: gainers(asked),
  } as const
  return fileRequest(tx, audit, actor, filing, now)
}

/** Where all of them lie; of several places the whole company decides. */
function common(going: readonly Going[], part: 'departmentId' | 'regionId'): bigint | null {
  const [first, ...others] = new Set(going.map(({ customer }) => customer[part]))
  return others.length === 0 ? (first ?? null) : null
}

function summary(going: Going[], words: Awaited<ReturnType<typeof placeWords>>): Asked[] {
  const groups = groupBy(going, ({ customer, place }) => `${customer.ownerId} ${place.ownerId}`)
  return [...groups.values()].map((group) => {
    const [{ customer, place }] = group as [Going]
    return { field: 'owner', before: `${words(customer).owner} × ${group.length}`, after: words(place).owner }
  })
}
