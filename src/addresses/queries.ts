import type { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import type { Placed } from '../access/policy.ts'
import { customerFor, type Customer } from '../customers/queries.ts'
import { db, type Db } from '../db.ts'
import { NotFound } from '../lib/refused.ts'

const columns = {
  id: true,
  use: true,
  province: true,
  city: true,
  district: true,
  divisionCode: true,
  address: true,
  note: true,
  version: true,
  createdAt: true,
} satisfies Prisma.CustomerAddressSelect
export type Address = Prisma.CustomerAddressGetPayload<{ select: typeof columns }>

/** An address with the customer it belongs to, whose place it shares. */
export type AddressOf = Placed & { customer: Customer; address: Address }

/** The addresses of a customer that the actor sees, beside the one in its own record. */
export function addressesFor(_actor: Actor, customer: { id: bigint }): Promise<Address[]> {
  return db.customerAddress.findMany({
    where: { customerId: customer.id, removedAt: null },
    orderBy: [{ use: 'asc' }, { id: 'asc' }],
    select: columns,
  })
}

/** The only way to an address: by the customer it belongs to. */
export async function addressFor(actor: Actor, number: string, id: string): Promise<AddressOf> {
  const customer = await customerFor(actor, number)
  const { ownerId, departmentId, regionId } = customer
  return { ownerId, departmentId, regionId, customer, address: await addressIn(db, customer.id, id) }
}

/** For writing, the customer's row is locked already. */
export async function addressIn(
  tx: Pick<Db, 'customerAddress'>,
  customerId: bigint,
  id: bigint | string,
): Promise<Address> {
  if (!/^\d{1,18}$/u.test(String(id))) throw new NotFound()
  const where = { id: BigInt(id), customerId, removedAt: null }
  const address = await tx.customerAddress.findFirst({ where, select: columns })
  if (!address) throw new NotFound()
  return address
}
