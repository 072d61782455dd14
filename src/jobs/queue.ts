import { randomUUID } from 'node:crypto'
import type { Tx } from '../db.ts'
import { planOf, type JobName } from './schedule.ts'

/** The one waiting run of a job that runs by schedule. */
export const scheduledKey = 'scheduled'

export const keyOf = (job: JobName, key: string) => `${job}:${key}`

/** A transaction, or the database itself where nothing else changes. */
type Asker = Pick<Tx, '$queryRaw'>

/**
 * Asks for work in the background. It commits with the caller's transaction, or is gone with it. With a `key` there is
 * one such job waiting at most; one that already runs may not have seen the change, so another one follows it.
 * `payload.subject` is what the page of jobs shows: never a name of a person or a customer.
 */
export async function askFor(
  tx: Asker,
  job: JobName,
  payload: object = {},
  { key = randomUUID(), at }: { key?: string; at?: Date } = {},
): Promise<void> {
  const { attempts, long, schedule } = planOf(job)
  await tx.$queryRaw`
    select 1 from graphile_worker.add_job(${job}, ${JSON.stringify(payload)}::json,
      queue_name := ${schedule ? job : null}::text, run_at := ${at ?? null}::timestamptz,
      max_attempts := ${attempts}::int, job_key := ${keyOf(job, key)}::text, flags := ${long ? ['long'] : []}::text[])`
}
