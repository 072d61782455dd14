import type { Tx } from '../db.ts'
import type { Place } from './rules.ts'

export const placeParts = ['owner', 'department', 'region'] as const

/** In one statement, whatever their number; each row is held already. */
export async function move(tx: Tx, places: ({ id: bigint } & Place)[], now: Date): Promise<void> {
  const text = (id: bigint | null) => (id === null ? null : String(id))
  const rows = places.map(({ id, ownerId, departmentId, regionId }) => ({
    id: String(id),
    owner: text(ownerId),
    department: text(departmentId),
    region: text(regionId),
  }))
  await tx.$executeRaw`
    update customer set owner_id = place.owner, department_id = place.department, region_id = place.region,
      version = version + 1, updated_at = ${now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as place (id bigint, owner bigint, department bigint, region bigint) where customer.id = place.id`
}

/** How the people and places are called that the trail is to tell of. */
export async function placeWords(tx: Tx, places: Place[]) {
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
