import { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import { permit, permitAt, within, withinSql } from '../access/policy.ts'
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

/** The same in SQL, over the columns of `customer`; what leaves the house reaches as far as its own act. */
export function visibleCustomersSql(actor: Actor, act: 'customers.view' | 'customers.export' = 'customers.view') {
  return Prisma.sql`withdrawn_at is null and ${withinSql(actor, act)}`
}
