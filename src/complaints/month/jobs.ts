import { system } from '../../access/actor.ts'
import { holdersAt } from '../../approvals/holders.ts'
import { change } from '../../audit/change.ts'
import { ask, type Tx } from '../../db.ts'
import { dateText, dayStart } from '../../lib/dates.ts'
import { regulationAt } from '../../regulations/in-force.ts'
import { reportedOf, subjectOf } from './queries.ts'
import { isLate, monthBounds, monthDue } from './rules.ts'
import { tellOfMonth } from './telling.ts'

const everywhere = { departmentId: null, regionId: null }
/** From so many days before the day by which it is due. */
const daysAhead = 5

/**
 * CMP-19: each working morning from some days before, until the month is reported: customer service is told, and once the
 * day is past the general manager as well. Where nothing was ever complained of there is nothing to report.
 */
export async function remindOfMonth(now: Date): Promise<{ told: number }> {
  const month = monthDue(now)
  const reportDay = (await regulationAt(now)).value('complaints.report_day')
  if (Number(dateText(now).slice(8)) < reportDay - daysAhead) return { told: 0 }
  if ((await reportedOf(month)) !== null || !(await hasBegun(month))) return { told: 0 }
  const roles = isLate(now, reportDay) ? (['cs_manager', 'general_manager'] as const) : (['cs_manager'] as const)
  return change(system, async (tx, audit) => {
    const told = await toldToday(tx, month, now)
    const people = (await holdersAt(tx, roles, everywhere)).filter((id) => !told.has(id))
    await tellOfMonth(tx, 'complaint.month_due', { month, to: people, params: { day: reportDay } }, now)
    await audit('complaint.month_reminded', subjectOf(month), { after: { month, people: people.length } })
    return { told: people.length }
  })
}

async function hasBegun(month: string): Promise<boolean> {
  const [found] =
    await ask`select 1 from complaint where received_at < ${monthBounds(month).until}::timestamptz limit 1`
  return found !== undefined
}

/** Run twice on a day it reminds once. */
async function toldToday(tx: Tx, month: string, now: Date): Promise<Set<bigint>> {
  await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended('complaints.month', 0))::text`
  const rows = await tx.$queryRaw<{ id: bigint }[]>`
    select distinct staff_id as id from notice where kind = 'complaint.month_due' and subject = ${subjectOf(month)}
      and at >= ${dayStart(dateText(now))}::timestamptz`
  return new Set(rows.map(({ id }) => id))
}
