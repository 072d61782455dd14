import { permitAt, type Placed } from '../../access/policy.ts'
import type { Customer } from '../../customers/queries.ts'
import type { CustomerFile } from './queries.ts'

export const filePolicy = {
  open: permitAt<Customer>('archive.keep'),
  view: permitAt<CustomerFile & Placed>('archive.view'),
  keep: permitAt<CustomerFile & Placed>('archive.keep'),
}
