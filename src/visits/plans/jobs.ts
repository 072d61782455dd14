import { system } from '../../access/actor.ts'
import { change } from '../../audit/change.ts'
import { calendarAt } from '../../calendar/queries.ts'
import { ask } from '../../db.ts'
import { cancelDeadlines, startDeadlines } from '../../deadlines/commands.ts'
import { monthAfter, monthOf } from '../../lib/months.ts'
import { planningRole } from '../posts.ts'
import { clockSubject } from './clocks.ts'
import { planDue } from './rules.ts'

/**
 * VIS-01: each working morning the clock of next month's plan, for every sales person who has none yet: the sweep reminds
 * of it and counts who is late. It ends when the plan is handed in, when somebody leaves the role, and with the month.
 */
export async function startPlanClocks(now: Date): Promise<{ started: number; cancelled: number }> {
  const month = monthAfter(monthOf(now), 1)
  const [starting, ending] = await Promise.all([withoutClock(month), outdated(now)])
  if (starting.length + ending.length === 0) return { started: 0, cancelled: 0 }
  const dueAt = planDue(await calendarAt(now), month)
  return change(system, async (tx, audit) => {
    const clocks = starting.map((ownerId) => ({ subject: clockSubject(ownerId, month), ownerId, dueAt }))
    const started = await startDeadlines(tx, 'visit.plan', clocks, now)
    await cancelDeadlines(tx, 'visit.plan', ending, now)
    await audit('visit_plan.awaited', `visit_plans:${month}`, { after: { month, started, cancelled: ending.length } })
    return { started, cancelled: ending.length }
  })
}

/** Who must file a plan, has not, and has no clock running for it. */
async function withoutClock(month: string): Promise<bigint[]> {
  const rows = await ask<{ id: bigint }>`
    select s.id from staff s
    where s.state = 'active'
      and exists (select from role_grant g where g.staff_id = s.id and g.role = ${planningRole}::role)
      and not exists (select from visit_plan p where p.owner_id = s.id and p.month = ${`${month}-01`}::date
        and p.submitted_at is not null)
      and not exists (select from deadline d where d.kind = 'visit.plan' and d.met_at is null and d.cancelled_at is null
        and d.subject = 'visit_plan_of:' || s.id || ':' || ${month}::text)
    order by s.id`
  return rows.map(({ id }) => id)
}

/** Clocks of who no longer plans, and of months that are over. */
async function outdated(now: Date): Promise<string[]> {
  const rows = await ask<{ subject: string }>`
    select d.subject from deadline d
    where d.kind = 'visit.plan' and d.met_at is null and d.cancelled_at is null
      and (right(d.subject, 7) < ${monthOf(now)} or not exists (
        select from staff s join role_grant g on g.staff_id = s.id
        where s.id = d.owner_id and s.state = 'active' and g.role = ${planningRole}::role))`
  return rows.map(({ subject }) => subject)
}
