import { permitAt, type Placed } from '../access/policy.ts'

/** Linking corrects the customer on whose page it is done; the other one must be seen, no more. */
export const linkPolicy = {
  add: permitAt<Placed>('customers.correct'),
  remove: permitAt<Placed>('customers.correct'),
}
