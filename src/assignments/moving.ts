import type { CustomerStanding } from '../../prisma/client/enums.ts'
import type { Actor } from '../access/actor.ts'
import { objectChanged } from '../approvals/changing.ts'
import type { Audit } from '../audit/change.ts'
import { confirmationsChanged } from '../confirmations/asking.ts'
import type { Tx } from '../db.ts'
import { idText } from '../lib/ids.ts'
import type { Place } from './rules.ts'

/** A customer as it was when it was held, and where it is to go. */
export type Held = Place & { id: bigint; number: string; version: number; standing: CustomerStanding }
export type Going = { customer: Held; place: Place }

export const placeParts = ['owner', 'department', 'region'] as const

/** What a request to change the owner rests on: whose the customer is, and where. */
export const basisOf = ({ ownerId, departmentId, regionId }: Place): string =>
  `${idText(ownerId) ?? '-'} ${idText(departmentId) ?? '-'} ${idText(regionId) ?? '-'}`

/**
 * In one statement, whatever their number; each row is held already. What waits for approval of them takes it in, or is
 * overtaken by it.
 */
export async function move(
  tx: Tx,
  audit: Audit,
  actor: Actor,
  places: ({ id: bigint } & Place)[],
  now: Date,
): Promise<void> {
  if (places.length === 0) return
  const rows = places.map(({ id, ownerId, departmentId, regionId }) => ({
    id: String(id),
    owner: idText(ownerId),
    department: idText(departmentId),
    region: idText(regionId),
  }))
  const moved = await tx.$queryRaw<(Place & { id: bigint; version: number })[]>`
    update customer set owner_id = place.owner, department_id = place.department, region_id = place.region,
      version = version + 1, updated_at = ${now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as place (id bigint, owner bigint, department bigint, region bigint) where customer.id = place.id
    returning customer.id, customer.version, owner_id as "ownerId", department_id as "departmentId",
      region_id as "regionId"`
  await confirmationsChanged(tx, moved)
  await overtake(tx, audit, actor, moved, now)
}

/** APR-02: who was to go elsewhere, and has gone by another way, goes by that request no more. */
async function overtake(tx: Tx, audit: Audit, actor: Actor, moved: ({ id: bigint } & Place)[], now: Date) {
  const kind = 'customer.assignment' as const
  const bySubject = new Map(moved.map((one) => [`customer:${one.id}`, one]))
  const where = { kind, state: 'waiting' as const, subject: { in: [...bySubject.keys()] } }
  for (const { subject } of await tx.approvalRequest.findMany({ where, select: { subject: true } }))
    await objectChanged(tx, audit, actor, subject, [{ kind, basis: basisOf(bySubject.get(subject)!) }], now)
}

/** These customers, as they are: the caller holds their rows, or only looks. */
export async function heldBy(tx: Tx, ids: readonly bigint[]): Promise<Map<bigint, Held>> {
  const rows = await tx.customer.findMany({
    where: { id: { in: [...ids] }, withdrawnAt: null },
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

/** How the people and places are called that the trail is to tell of. */
export async function placeWords(tx: Pick<Tx, '$queryRaw'>, places: Place[]) {
  const ids = (part: keyof Place) => [...new Set(places.map((place) => place[part]))].filter((id) => id !== null)
  const rows = await tx.$queryRaw<{ of: string; id: bigint; name: string }[]>`
    select 'owner' as of, id, name from staff where id = any(${ids('ownerId')}::bigint[])
    union all select 'department', id, name from department where id = any(${ids('departmentId')}::bigint[])
    union all select 'region', id, name from region where id = any(${ids('regionId')}::bigint[])`
  const names = new Map(rows.map(({ of, id, name }) => [`${of}:${id}`, name]))
  return ({ ownerId, departmentId, regionId }: Place) => ({
    owner: names.get(`owner:${ownerId}`) ?? '',
    department: names.get(`department:${departmentId}`) ?? '',
    region: names.get(`region:${regionId}`) ?? '',
  })
}

/** Old and new in words for people, as far as they differ; `ids` for taking it back. */
export function assigned(
  customer: Place & { version: number },
  place: Place,
  words: Awaited<ReturnType<typeof placeWords>>,
  now: Date,
) {
  const ids = { owner: customer.ownerId, department: customer.departmentId, region: customer.regionId }
  const [old, fresh] = [words(customer), words(place)]
  const differing = placeParts.filter((part) => old[part] !== fresh[part])
  const only = (all: typeof old) => Object.fromEntries(differing.map((part) => [part, all[part]]))
  return {
    before: { ...only(old), version: customer.version, ids },
    after: { ...only(fresh), version: customer.version + 1, at: now.toISOString() },
  }
}
