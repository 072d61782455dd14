import type { Actor } from '../access/actor.ts'
import { ask } from '../db.ts'
import { dayStart } from '../lib/dates.ts'
import type { Reading } from './forms.ts'

// Whether somebody has looked at a notice is kept with it, and is no act for the trail: a day's clicks would bury it.

export async function markRead(actor: Actor, id: bigint, now: Date): Promise<void> {
  await ask`
    update notice set read_at = ${now}::timestamptz where id = ${id} and staff_id = ${actor.id} and read_at is null`
}

/** All that stood there, or those of a kind on a day; answers how many. */
export async function markAllRead(actor: Actor, { until, alike }: Reading, now: Date): Promise<number> {
  const [from, to] = alike ? [dayStart(alike.day), dayStart(alike.day, 1)] : [null, null]
  const marked = await ask`
    update notice set read_at = ${now}::timestamptz
    where staff_id = ${actor.id} and read_at is null and id <= ${until}
      and (${alike?.kind ?? null}::text is null or kind = ${alike?.kind ?? null}::text)
      and (${from}::timestamptz is null or (at >= ${from}::timestamptz and at < ${to}::timestamptz))
    returning id`
  return marked.length
}
