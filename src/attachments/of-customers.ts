import { permitAt } from '../access/policy.ts'
import { customerFor, lockCustomer } from '../customers/queries.ts'
import type { Host, Hosting } from './host.ts'

type Named = { id: bigint; number: string; name: string }

export const customerHost = ({ id, number, name }: Named): Host => ({
  kind: 'customer',
  id,
  number,
  name,
  home: `/customers/${number}`,
  list: '/customers',
  subject: `customer:${id}`,
})

type Held = Awaited<ReturnType<typeof lockCustomer>>

/** What belongs to a customer obeys the customer's rights: who may not see the customer never gets a byte of it. */
export const ofCustomers: Hosting<Held> = {
  path: '/customers/:number',
  load: customerFor,
  lock: lockCustomer,
  view: permitAt<Held>('customers.view'),
  add: permitAt<Held>('customers.attach'),
  hostOf: customerHost,
}
