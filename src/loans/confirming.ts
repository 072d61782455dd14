import type { Actor } from '../access/actor.ts'
import { actorFor } from '../access/queries.ts'
import { change } from '../audit/change.ts'
import { db } from '../db.ts'
import { Forbidden, Refused } from '../lib/refused.ts'
import { stepUp } from '../session/step-up.ts'
import type { Counter } from './forms.ts'
import { lockLoan, partOf, type LoanRow } from './queries.ts'

/** ARC-10: the borrower's own confirmation, by his or her own sign-in. */
export function confirmLoan(actor: Actor, loan: LoanRow, now: Date): Promise<void> {
  return confirm(actor, loan, 'own', now)
}

/**
 * Wish 6: the same at the counter, in the clerk's session: the borrower proves to be the borrower as anywhere before a
 * weighty act, by second factor or password; wrong ones are counted as at sign-in.
 */
export async function confirmAtCounter(
  actor: Actor,
  loan: LoanRow,
  { staff, proof }: Counter,
  now: Date,
): Promise<void> {
  const borrower = await borrowerActor(actor, loan)
  if (!borrower || staff.toUpperCase() !== borrower.number)
    throw new Refused([{ rule: 'ARC-10', reason: 'loans:refused.notBorrower', field: 'staff' }])
  await stepUp.check(borrower, proof, now)
  await confirm({ ...borrower, ...(actor.form ? { form: actor.form } : {}) }, loan, 'counter', now)
}

/** What the borrower is asked for at the counter: a code where there is a second factor, else the password. */
export async function asksFor(actor: Actor, loan: LoanRow, now: Date): Promise<'code' | 'password'> {
  const borrower = await borrowerActor(actor, loan)
  if (!borrower) return 'password'
  return (await stepUp.page(borrower, now))['asks'] as 'code' | 'password'
}

async function borrowerActor({ origin }: Actor, { borrowerId }: LoanRow): Promise<Actor | null> {
  const { epoch } = await db.staff.findUniqueOrThrow({ where: { id: borrowerId }, select: { epoch: true } })
  return actorFor(String(borrowerId), epoch, origin)
}

function confirm(actor: Actor, { id }: LoanRow, way: 'own' | 'counter', now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    const loan = await lockLoan(tx, id)
    if (loan.borrowerId !== actor.id) throw new Forbidden('loans.ask')
    if (loan.confirmedAt) throw new Refused([{ rule: 'ARC-10', reason: 'loans:refused.confirmed' }])
    if (loan.returnedAt) throw new Refused([{ rule: 'ARC-10', reason: 'loans:refused.returned' }])
    await tx.loan.update({ where: { id }, data: { confirmedAt: now, version: loan.version + 1 } })
    const after = { loan: loan.number, item: loan.item.number, confirmedHow: way, part: partOf(loan) }
    await audit('loan.confirmed', `customer:${loan.customerId}`, { after })
  })
}
