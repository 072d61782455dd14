import type { Prisma } from '../../../prisma/client/client.ts'
import type { Actor } from '../../access/actor.ts'
import { may } from '../../access/policy.ts'
import type { Act } from '../../access/table.ts'
import { db } from '../../db.ts'
import { Refused } from '../../lib/refused.ts'

const chosen = {
  select: { id: true, number: true, name: true, grade: true, ownerId: true, departmentId: true, regionId: true },
} satisfies Prisma.CustomerDefaultArgs
export type Chosen = Prisma.CustomerGetPayload<typeof chosen>

/** The customer a form is about, as its address says; null where it says none, or one that is not this person's to write of. */
export async function customerIn(actor: Actor, act: Act, number: string): Promise<Chosen | null> {
  if (number === '') return null
  const found = await db.customer.findFirst({ where: { number: number.toUpperCase(), withdrawnAt: null }, ...chosen })
  return found && may(actor, act, found) ? found : null
}

/** The customer that was typed: its number, or its whole name where only one is called so. */
export async function customerCalled(actor: Actor, act: Act, typed: string, rule: string): Promise<Chosen> {
  const where = { withdrawnAt: null, OR: [{ number: typed.toUpperCase() }, { name: typed }] }
  const found = (await db.customer.findMany({ where, take: 3, ...chosen })).filter((one) => may(actor, act, one))
  if (found.length === 1) return found[0]!
  const reason = found.length === 0 ? 'ledger:refused.noCustomer' : 'ledger:refused.severalCustomers'
  throw new Refused([{ rule, reason, field: 'customer', params: { typed } }])
}
