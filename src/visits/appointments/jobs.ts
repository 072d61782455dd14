import { system } from '../../access/actor.ts'
import { change } from '../../audit/change.ts'
import { calendarAt } from '../../calendar/queries.ts'
import { workingDayFrom } from '../../calendar/week.ts'
import { ask, type Tx } from '../../db.ts'
import { dateText } from '../../lib/dates.ts'
import { notify, type NewNotice } from '../../notices/commands.ts'

type Owner = { ownerId: bigint; n: number; on: string }

/**
 * VIS-03: on a working day's afternoon, who has visits before the next one is over that are not confirmed is told of all
 * of them at once: on a Friday of those of Saturday, Sunday and Monday. Each visit is warned of once; rescheduled, again.
 */
export async function warnOfUnconfirmed(now: Date): Promise<{ told: number; visits: number }> {
  const today = dateText(now)
  const until = workingDayFrom(await calendarAt(now), today, 1)
  const [found] = await ask<{ n: number }>`
    select count(*)::int as n from visit where on_day > ${today}::date and on_day <= ${until}::date
      and state = 'approved' and confirmed_at is null and warned_at is null`
  if (found!.n === 0) return { told: 0, visits: 0 }
  return change(system, async (tx, audit) => {
    const owners = await markWarned(tx, today, until, now)
    await notify(tx, owners.map(noticeOf), now)
    const visits = owners.reduce((sum, { n }) => sum + n, 0)
    await audit('visit.warned', `visits:${until}`, { after: { people: owners.length, visits } })
    return { told: owners.length, visits }
  })
}

/** Whoever marks them tells of them: run twice, by two processes, it tells once. */
const markWarned = (tx: Tx, today: string, until: string, now: Date) =>
  tx.$queryRaw<Owner[]>`
    with marked as (
      update visit set warned_at = ${now}::timestamptz
      where on_day > ${today}::date and on_day <= ${until}::date and state = 'approved' and confirmed_at is null
        and warned_at is null
      returning owner_id, on_day)
    select owner_id as "ownerId", count(*)::int as n, min(on_day)::text as on from marked group by owner_id
    order by owner_id`

const noticeOf = ({ ownerId, n, on }: Owner): NewNotice => ({
  kind: 'visit.unconfirmed',
  to: ownerId,
  subject: `staff:${ownerId}`,
  href: `/visits/day?on=${on}`,
  rule: 'VIS-03',
  params: { n, on },
})
