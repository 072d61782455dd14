import { permitAt, type Placed } from '../access/policy.ts'

/** What belongs to a customer obeys the customer's rights: who may not see the customer never gets a byte of it. */
export const attachmentPolicy = {
  view: permitAt<Placed>('customers.view'),
  add: permitAt<Placed>('customers.attach'),
}
