import type { Role } from '../../prisma/client/enums.ts'
import type { Actor } from '../access/actor.ts'
import { signerOf } from '../approvals/holders.ts'
import { stepOf } from '../approvals/kinds.ts'
import type { Item } from '../archive/queries.ts'
import { highestOf } from '../archive/signing.ts'
import { db } from '../db.ts'
import type { Regulation } from '../regulations/in-force.ts'
import { placeOf } from './asking.ts'
import { signersFor } from './signing.ts'

export type Signing = { role: Role; people: string[] }

/** ARC-09: who would sign an application of this person's for these items, in order. */
export async function signingFor(
  actor: Actor,
  items: readonly Item[],
  regulation: Regulation,
  exceptional: boolean,
): Promise<Signing[]> {
  const [first] = items
  if (!first) return []
  const own = { departmentId: first.departmentId, regionId: first.regionId }
  const asked = signersFor(regulation, highestOf(items), placeOf(actor), exceptional)
  return Promise.all(
    asked.map(async (signature) => {
      const { role, staff } = await signerOf(db, stepOf('archive.loan', signature.role), signature.place ?? own, [
        actor.id,
      ])
      const people = await db.staff.findMany({ where: { id: { in: staff } }, select: { name: true }, take: 5 })
      return { role, people: people.map(({ name }) => name) }
    }),
  )
}
