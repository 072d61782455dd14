import type { Actor } from '../../access/actor.ts'
import { mayEver } from '../../access/policy.ts'
import { change } from '../../audit/change.ts'
import { calendarAt } from '../../calendar/queries.ts'
import { meetDeadlines } from '../../deadlines/commands.ts'
import { dayOf } from '../../lib/days.ts'
import { Forbidden, refuseIf } from '../../lib/refused.ts'
import { clockSubject } from './clocks.ts'
import { filingOf, linesOf } from './queries.ts'
import { figuresOf, filingDue, filingProblems } from './rules.ts'

/** REL-01: one's own month of contacts is filed, late or not; once for good. Answers whether it was late. */
export function fileMonth(actor: Actor, month: string, now: Date): Promise<boolean> {
  return change(actor, async (tx, audit) => {
    if (!mayEver(actor, 'contact_records.record')) throw new Forbidden('contact_records.record')
    await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${clockSubject(actor.id, month)}, 0))::text`
    refuseIf(filingProblems(month, (await filingOf(tx, actor.id, month)) !== null, now))
    const late = now > filingDue(await calendarAt(now), month)
    const { visits, records, customers } = figuresOf(await linesOf(actor, actor, month))
    const { id } = await tx.contactMonth.create({
      data: {
        visits,
        records,
        customers,
        late,
        ownerId: actor.id,
        departmentId: actor.departmentId,
        month: dayOf(`${month}-01`),
        filedAt: now,
      },
      select: { id: true },
    })
    await meetDeadlines(tx, 'relation.month', [clockSubject(actor.id, month)], now)
    await audit('contact_month.filed', `contact_month:${id}`, { after: { month, visits, records, customers, late } })
    return late
  })
}
