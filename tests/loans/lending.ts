import type { Actor } from '../../src/access/actor.ts'
import { db, pool } from '../../src/db.ts'
import { now } from '../../src/lib/clock.ts'
import { askLoan } from '../../src/loans/asking.ts'
import { lendItem } from '../../src/loans/lending.ts'
import { loanFor } from '../../src/loans/queries.ts'
import { takeBack } from '../../src/loans/returning.ts'
import type { Person } from '../support/cast.ts'
import { decide } from '../support/approving.ts'
import { actorOf, make, theCast } from '../support/make.ts'

/** Somebody at the front desk of 城东营业部, whom no other test lends anything to. */
export async function aBorrower(): Promise<Person> {
  // With the cast come the departments.
  await theCast()
  const person = await make.staff([{ role: 'front_desk', department: '城东营业部' }])
  await pool.query(
    `update staff set department_id = (select id from department where name = '城东营业部') where id = $1`,
    [person.id],
  )
  return person
}

export const wish = (items: { number: string }[], more = {}) => ({
  item: items.map(({ number }) => number),
  copies: 1,
  days: 3,
  purpose: 'complaint' as const,
  reason: '核对交货期与合同约定',
  exceptional: false,
  ...more,
})

export async function asked(by: Actor, items: { number: string }[], more = {}) {
  const number = await askLoan(by, wish(items, more), null, now())
  return db.loanApplication.findUniqueOrThrow({ where: { number } })
}

/** Signed by whoever the application names, in order. */
export async function approved(by: Actor, items: { number: string }[], more = {}) {
  return signed(await asked(by, items, more))
}

export async function signed(application: { id: bigint; requestId: bigint | null }) {
  const steps = await db.approvalStep.findMany({ where: { requestId: application.requestId! }, orderBy: { n: 'asc' } })
  const cast = await theCast()
  for (const { role } of steps)
    await decide(await actorOf(cast[role!]), 'archive.loan', `loan_application:${application.id}`, 'approve', now())
  return db.loanApplication.findUniqueOrThrow({ where: { id: application.id } })
}

export const counted = (more = {}) => ({ pages: 6, copies: 1, condition: 'intact' as const, note: null, ...more })

export async function lent(by: Actor, item: { number: string }, more = {}) {
  const application = await approved(by, [item], more)
  const { archivist } = await theCast()
  const input = { item: item.number, application: application.number, ...counted() }
  const number = await lendItem(await actorOf(archivist), input, now())
  return loanFor(await actorOf(archivist), number)
}

export async function back(loan: { number: string }, bringer: { number: string }, more = {}) {
  const { archivist } = await theCast()
  return takeBack(await actorOf(archivist), { loan: loan.number, bringer: bringer.number, ...counted(more) }, now())
}
