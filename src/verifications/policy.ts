import { permitAt, type Placed } from '../access/policy.ts'

export const verificationPolicy = { verify: permitAt<Placed>('customers.verify') }
