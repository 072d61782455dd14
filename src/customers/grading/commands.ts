import type { Actor } from '../../access/actor.ts'
import { may } from '../../access/policy.ts'
import { change } from '../../audit/change.ts'
import { confirmationsChanged } from '../../confirmations/asking.ts'
import { Forbidden, Refused } from '../../lib/refused.ts'
import { lockCustomer } from '../queries.ts'
import type { Grading } from './forms.ts'

/** CMP-16: gives a customer a grade, or takes it away, with a reason; complaints of grade A come first from then on. */
export function gradeCustomer(
  actor: Actor,
  id: bigint,
  { grade, reason, version: opened }: Grading,
  now: Date,
): Promise<void> {
  return change(actor, async (tx, audit) => {
    const customer = await lockCustomer(tx, id)
    if (!may(actor, 'customers.grade', customer)) throw new Forbidden('customers.grade')
    if (customer.version !== opened)
      throw new Refused([{ rule: 'CMP-16', reason: 'customers:refused.changedMeanwhile' }])
    if (customer.grade === grade)
      throw new Refused([{ rule: 'CMP-16', reason: 'customers:refused.sameGrade', field: 'grade' }])
    const version = customer.version + 1
    await tx.customer.update({ where: { id }, data: { grade, version, updatedAt: now } })
    await audit('customer.graded', `customer:${id}`, {
      before: { grade: customer.grade, version: customer.version },
      after: { grade, version },
      why: reason,
    })
    await confirmationsChanged(tx, [{ ...customer, version }])
  })
}
