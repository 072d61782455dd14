import { db, pool } from '../db.ts'
import { importsUnderWay } from '../imports/under-way.ts'
import { clearExpired } from '../session/jobs.ts'
import { askFor, keyOf } from './queue.ts'
import { planOf, jobNames } from './schedule.ts'

const day = 24 * 60 * 60_000
const runsKept = 60 * day
/** Of what runs every few minutes, the runs that went well. */
const smallRunsKept = 7 * day

const frequent = jobNames.filter((job) => {
  const { schedule } = planOf(job)
  return schedule !== undefined && 'every' in schedule
})

/** Every ten minutes: clears away what has run out. */
export async function tidy(now: Date): Promise<void> {
  const at = now.getTime()
  await clearExpired(now)
  await askForForgotten()
  await pool.query('delete from job_run where started_at < $1 and outcome <> $2', [new Date(at - runsKept), 'running'])
  await pool.query(`delete from job_run where started_at < $1 and outcome = 'done' and job = any($2::text[])`, [
    new Date(at - smallRunsKept),
    frequent,
  ])
  // Jobs that gave way to a later one while they ran (queue.ts), and failed ones that nobody cared for in all that time.
  await pool.query(
    `delete from graphile_worker._private_jobs where locked_at is null and attempts >= max_attempts
       and (key is null or updated_at < $1)`,
    [new Date(at - runsKept)],
  )
}

/** An import under way without a job: from a release that had no queue, or restored without it. */
export async function askForForgotten(): Promise<void> {
  const numbers = await importsUnderWay()
  const { rows } = await pool.query<{ number: string }>(
    `select number from unnest($1::text[], $2::text[]) as i(number, key)
     where not exists (select from graphile_worker._private_jobs j where j.key = i.key)`,
    [numbers, numbers.map((number) => keyOf('imports.run', number))],
  )
  for (const { number } of rows) await askFor(db, 'imports.run', { subject: number }, { key: number })
}
