import { pool } from '../db.ts'
import { machineNow } from '../lib/clock.ts'
import { clearOldDrafts } from '../web/drafts.ts'

const day = 24 * 60 * 60_000
const formsKept = 2 * day
const draftsKept = 14 * day

export async function clearExpired(now: Date): Promise<void> {
  const moment = now.getTime()
  // Their stores go by the machine's clock, also while the product's is moved: nobody is signed out or let off by it.
  const machine = machineNow().getTime()
  await pool.query('delete from user_sessions where expire < to_timestamp($1)', [machine / 1000])
  await pool.query('delete from sign_in_limit where expire < $1', [machine])
  await pool.query('delete from form_token where used_at < $1', [new Date(moment - formsKept)])
  await clearOldDrafts(new Date(moment - draftsKept))
}
