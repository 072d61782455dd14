import type { Actor } from '../access/actor.ts'
import { may } from '../access/policy.ts'
import { holdersAt } from '../approvals/holders.ts'
import { lockItem } from '../archive/queries.ts'
import { change } from '../audit/change.ts'
import { endText } from '../deadlines/tag.ts'
import { dateTimeText } from '../lib/dates.ts'
import { Forbidden, refuseIf } from '../lib/refused.ts'
import { notify } from '../notices/commands.ts'
import { lockLoan, partOf, type LoanRow } from './queries.ts'
import { urgeProblems } from './rules.ts'

/** Wish 3: asks for it back by one click; the borrower is told, from the second time on the head as well. */
export function urgeReturn(actor: Actor, { id, itemId }: LoanRow, now: Date): Promise<number> {
  return change(actor, async (tx, audit) => {
    const item = await lockItem(tx, itemId)
    if (!may(actor, 'loans.run', item)) throw new Forbidden('loans.run')
    const loan = await lockLoan(tx, id)
    refuseIf(urgeProblems(loan, now, dateTimeText))
    const urges = loan.urges + 1
    await tx.loan.update({ where: { id }, data: { urges, urgedAt: now, version: loan.version + 1 } })
    const { borrower, number, dueAt } = loan
    const place = { departmentId: borrower.departmentId, regionId: null }
    const heads = urges > 1 ? await holdersAt(tx, 'dept_head', place) : []
    const params = { by: actor.name, number, due: endText(dueAt), owner: borrower.name }
    const told = {
      kind: 'loan.urged',
      rule: 'ARC-11',
      subject: partOf(loan),
      href: `/loans/${number}`,
      params,
    } as const
    await notify(
      tx,
      [...new Set([borrower.id, ...heads])].map((to) => ({ ...told, to })),
      now,
    )
    const after = { loan: number, item: loan.item.number, borrower: borrower.name, n: urges, heads: heads.length }
    await audit('loan.urged', `customer:${loan.customerId}`, { after: { ...after, part: partOf(loan) } })
    return urges
  })
}
