import { permitAt, type Placed } from '../access/policy.ts'

/** What belongs to a customer obeys the customer's rights. */
export const contactPolicy = {
  add: permitAt<Placed>('customers.correct'),
  correct: permitAt<Placed>('customers.correct'),
  remove: permitAt<Placed>('customers.correct'),
}
