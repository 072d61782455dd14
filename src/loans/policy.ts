import { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import { may, permit, permitAt, withinSql, type Permit, type Placed } from '../access/policy.ts'

/** A loan or an application: where its customer lies, whose it is, and where that person works. */
export type PlacedLoan = Placed & { borrowerId: bigint; borrowerDepartmentId: bigint | null }

/** Borrowers, the heads of their departments, who keeps the register and who lends. */
export function sees(actor: Actor, loan: PlacedLoan): boolean {
  return (
    loan.borrowerId === actor.id || leads(actor, loan) || may(actor, 'archive.registers', loan) || runs(actor, loan)
  )
}

/** ARC-11: the head of the borrower's department answers for what its people have. */
export const leads = (actor: Actor, { borrowerDepartmentId }: PlacedLoan): boolean =>
  may(actor, 'loans.approve', { ownerId: null, departmentId: borrowerDepartmentId, regionId: null })

/** Lends, takes back and urges. */
export const runs = (actor: Actor, loan: Placed): boolean => may(actor, 'loans.run', loan)

export const loanPolicy = {
  list: permit('archive.view'),
  ask: permit('loans.ask'),
  desk: permit('loans.run'),
  register: permit('archive.registers'),
  view: Object.assign(sees, { act: 'archive.view' }) as Permit<PlacedLoan>,
  own: Object.assign((actor: Actor, { borrowerId }: PlacedLoan) => borrowerId === actor.id, {
    act: 'loans.ask',
  }) as Permit<PlacedLoan>,
  run: permitAt<PlacedLoan>('loans.run'),
}

/** The same in SQL, over the columns customer_id and borrower_id of `l`. */
export function visibleLoansSql(actor: Actor): Prisma.Sql {
  return Prisma.sql`(l.borrower_id = ${actor.id} or ${registerSql(actor)} or ${customersSql(actor, 'loans.run')}
    or ${ledSql(actor)})`
}

/** What the register shows this person: the lines of the customers in reach. */
export const registerSql = (actor: Actor): Prisma.Sql => customersSql(actor, 'archive.registers')

/** Loans of the people this person is the head of. */
export const ledSql = (actor: Actor): Prisma.Sql => Prisma.sql`l.borrower_id in (
  select id from (select id, null::bigint as owner_id, department_id, null::bigint as region_id from staff) s
  where ${withinSql(actor, 'loans.approve')})`

const customersSql = (actor: Actor, act: 'archive.registers' | 'loans.run'): Prisma.Sql =>
  Prisma.sql`l.customer_id in (select id from customer where ${withinSql(actor, act)})`
