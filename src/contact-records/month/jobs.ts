import { system } from '../../access/actor.ts'
import { change } from '../../audit/change.ts'
import { calendarAt } from '../../calendar/queries.ts'
import { ask } from '../../db.ts'
import { cancelDeadlines, startDeadlines } from '../../deadlines/commands.ts'
import { monthOf } from '../../lib/months.ts'
import { planningRole } from '../../visits/posts.ts'
import { clockSubject } from './clocks.ts'
import { filingDue } from './rules.ts'

/**
 * REL-01: each working morning the clock of this month's contact record, for every sales person who has none yet. It ends
 * when the month is filed, late or not, and when somebody leaves the role.
 */
export async function startMonthClocks(now: Date): Promise<{ started: number; cancelled: number }> {
  const month = monthOf(now)
  const [starting, ending] = await Promise.all([withoutClock(month), outdated()])
  if (starting.length + ending.length === 0) return { started: 0, cancelled: 0 }
  const dueAt = filingDue(await calendarAt(now), month)
  return change(system, async (tx, audit) => {
    const clocks = starting.map((ownerId) => ({ subject: clockSubject(ownerId, month), ownerId, dueAt }))
    const started = await startDeadlines(tx, 'relation.month', clocks, now)
    await cancelDeadlines(tx, 'relation.month', ending, now)
    await audit('contact_month.awaited', `contact_months:${month}`, {
      after: { month, started, cancelled: ending.length },
    })
    return { started, cancelled: ending.length }
  })
}

/** Who must file the month, has not, and has no clock running for it. */
async function withoutClock(month: string): Promise<bigint[]> {
  const rows = await ask<{ id: bigint }>`
    select s.id from staff s
    where s.state = 'active'
      and exists (select from role_grant g where g.staff_id = s.id and g.role = ${planningRole}::role)
      and not exists (select from contact_month m where m.owner_id = s.id and m.month = ${`${month}-01`}::date)
      and not exists (select from deadline d where d.kind = 'relation.month' and d.met_at is null and d.cancelled_at is null
        and d.subject = 'contact_month_of:' || s.id || ':' || ${month}::text)
    order by s.id`
  return rows.map(({ id }) => id)
}

/** Clocks of who is in the role no more. */
async function outdated(): Promise<string[]> {
  const rows = await ask<{ subject: string }>`
    select d.subject from deadline d
    where d.kind = 'relation.month' and d.met_at is null and d.cancelled_at is null and not exists (
      select from staff s join role_grant g on g.staff_id = s.id
      where s.id = d.owner_id and s.state = 'active' and g.role = ${planningRole}::role)`
  return rows.map(({ subject }) => subject)
}
