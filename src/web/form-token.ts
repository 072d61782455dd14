import type { Actor } from '../access/actor.ts'
import { AlreadyDone } from '../audit/change.ts'
import { pool } from '../db.ts'
import { seeOther, type SeeOther } from './route.ts'

export function isAlreadyDone(error: unknown): error is AlreadyDone {
  return error instanceof AlreadyDone
}

/** Notes where the form led, so that its later copies lead there too. */
export async function rememberLocation(actor: Actor, location: string): Promise<void> {
  if (actor.form?.used)
    await pool.query('update form_token set location = $2 where token = $1', [actor.form.token, location])
}

/** Where the first copy of the form led; its answer may still be under way. */
export async function alreadyDone(token: string): Promise<SeeOther> {
  for (let attempt = 0; attempt < 40; attempt++) {
    const { rows } = await pool.query<{ location: string | null }>('select location from form_token where token = $1', [
      token,
    ])
    if (rows[0]?.location) return seeOther(rows[0].location, 'web:notice.alreadyDone')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return seeOther('/', 'web:notice.alreadyDone')
}
