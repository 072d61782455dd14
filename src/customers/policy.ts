import type { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import { permit, permitAt, within } from '../access/policy.ts'
import type { Customer } from './queries.ts'

export const customerPolicy = {
  list: permit('customers.view'),
  view: permitAt<Customer>('customers.view'),
  create: permit('customers.create'),
  correct: permitAt<Customer>('customers.correct'),
  confirm: permitAt<Customer>('customers.confirm'),
  changeLife: permitAt<Customer>('customers.change_life'),
  assign: permitAt<Customer>('customers.assign'),
  print: permitAt<Customer>('customers.print'),
}

/** Which customers exist, as far as this person is concerned: lists, search, counts and single records obey the same. */
export function visibleCustomers(actor: Actor): Prisma.CustomerWhereInput {
  return { withdrawnAt: null, ...within(actor, 'customers.view') }
}
