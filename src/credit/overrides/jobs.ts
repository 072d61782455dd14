import { system } from '../../access/actor.ts'
import { change } from '../../audit/change.ts'
import { ask } from '../../db.ts'
import { dateText } from '../../lib/dates.ts'
import { lockRelease, trailOf } from '../queries.ts'
import { isOpen } from '../states.ts'
import { tellReleased, tellStopped } from '../telling.ts'
import { checkRelease } from '../weighing.ts'

/**
 * CRD-05: at the day's beginning the releases of an overdue approval are weighed again: those whose day has come go out,
 * those whose day is over are held, before anybody loads them.
 */
export async function weighOverdue(now: Date): Promise<{ released: number; held: number }> {
  const today = dateText(now)
  const due = await ask<{ id: bigint }>`
    select r.id from release r where exists (select from credit_override o where o.release_id = r.id
      and o.kind = 'overdue' and o.state = 'approved'
      and (r.state = 'held' and o.valid_on = ${today}::date or r.state = 'released' and o.valid_on < ${today}::date))
    order by r.id`
  const sum = { released: 0, held: 0 }
  for (const { id } of due) {
    const turned = await weighOne(id, now)
    if (turned) sum[turned]++
  }
  return sum
}

const weighOne = (id: bigint, now: Date): Promise<'released' | 'held' | null> =>
  change(system, async (tx, audit) => {
    const release = await lockRelease(tx, id)
    const { number, state } = release
    // Meanwhile shipped or given up by somebody, it is left as it is.
    const checked = isOpen(state) ? await checkRelease(tx, audit, system, release, 'recheck', now) : null
    if (checked === null || checked.state === state) {
      await audit('override.looked', trailOf(release), { after: { release: number } })
      return null
    }
    if (checked.check.passed) await tellReleased(tx, system, [checked], now)
    else await tellStopped(tx, system, checked, checked.check.weighed.holds, now)
    return checked.check.passed ? 'released' : 'held'
  })
