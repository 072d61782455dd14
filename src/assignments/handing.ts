import type { Actor } from '../access/actor.ts'
import type { Audit } from '../audit/change.ts'
import type { Tx } from '../db.ts'
import { Refused } from '../lib/refused.ts'
import { give } from './giving.ts'
import type { Held } from './moving.ts'
import { lockOwner } from './queries.ts'

/** Whose customers go to whom: these of theirs, or all. */
export type Handing = { from: bigint; to: bigint } & ({ ids: readonly bigint[] } | { all: true })

/**
 * A person's customers go to their successor, within the change of the handover, whose own approval stands for that of
 * each (CUS-06). Departments and regions stay. Who may not own customers is refused; what is no longer theirs is passed
 * over. Answers with the ids of those that went; the caller's own line tells of the whole.
 */
export async function moveForHandover(
  tx: Tx,
  audit: Audit,
  actor: Actor,
  { from, to, ...which }: Handing,
  why: string | null,
  now: Date,
): Promise<bigint[]> {
  if (!(await lockOwner(tx, { id: to })))
    throw new Refused([{ rule: 'CUS-06', reason: 'assignments:refused.ownerUnknown', field: 'owner' }])
  const ids = 'ids' in which ? which.ids : null
  const held = await tx.$queryRaw<Held[]>`
    select id, number, version, standing::text, owner_id as "ownerId", department_id as "departmentId", region_id as "regionId"
    from customer where owner_id = ${from} and withdrawn_at is null and (${ids}::bigint[] is null or id = any(${ids}::bigint[]))
    order by id for update`
  if (held.length === 0) return []
  const going = held.map((customer) => ({ customer, place: { ...customer, ownerId: to } }))
  await give(tx, audit, actor, going, { subject: `staff:${from}`, why }, now)
  return held.map(({ id }) => id)
}
