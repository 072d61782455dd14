import { pool } from '../db.ts'
import { now } from '../lib/clock.ts'
import { clearOldDrafts } from '../web/drafts.ts'
import { log } from '../web/log.ts'

const minute = 60_000
const formsKept = 2 * 24 * 60 * minute
const draftsKept = 14 * 24 * 60 * minute

/** Every ten minutes, the first time after one: clears away what has run out. */
export function housekeeping(): void {
  const tidyOrTell = () =>
    void clearExpired().catch((error: unknown) => log.error({ err: error }, 'housekeeping failed'))
  setTimeout(tidyOrTell, minute).unref()
  setInterval(tidyOrTell, 10 * minute).unref()
}

export async function clearExpired(): Promise<void> {
  const moment = now().getTime()
  await pool.query('delete from user_sessions where expire < to_timestamp($1)', [moment / 1000])
  await pool.query('delete from sign_in_limit where expire < $1', [moment])
  await pool.query('delete from form_token where used_at < $1', [new Date(moment - formsKept)])
  await clearOldDrafts(new Date(moment - draftsKept))
}
