import type { Tx } from '../db.ts'
import { Refused } from '../lib/refused.ts'
import { goneOf } from '../organisation/queries.ts'
import type { BulkAssignment, Wish } from './forms.ts'
import { ownerProblem } from './leaving.ts'
import { lockOwner } from './queries.ts'
import type { Place } from './rules.ts'

/** Where each customer is to go; a part that is to stay is each one's own. */
export async function wishedPlace(tx: Tx, { owner, departmentId, regionId }: BulkAssignment) {
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

export async function ownerNamed(tx: Tx, number: string) {
  const owner = await lockOwner(tx, { number })
  if (!owner) throw new Refused([await ownerProblem(tx, number)])
  return owner
}

export async function refuseGone(
  tx: Tx,
  place: { departmentId: bigint | null; regionId: bigint | null },
): Promise<void> {
  const gone = await goneOf(tx, place)
  if (gone) throw new Refused([{ rule: 'PPL-01', reason: 'customers:refused.placeGone', field: gone }])
}
