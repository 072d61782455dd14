import type { JobOutcome } from '../../prisma/client/enums.ts'
import type { Actor } from '../access/actor.ts'
import { ask, type Tx } from '../db.ts'
import { NotFound } from '../lib/refused.ts'
import { isJob, jobNames, planOf, type JobName } from './schedule.ts'

export type Run = {
  id: bigint
  job: JobName
  subject: string | null
  startedAt: Date
  endedAt: Date | null
  outcome: JobOutcome
  attempt: number
  error: string | null
  progress: Record<string, unknown> | null
}
export type Standing = { job: JobName; failures: number; waiting: number; retrying: number; failed: number }
export type GivenUpJob = {
  id: bigint
  job: JobName
  subject: string | null
  attempts: number
  error: string | null
  at: Date
}

export const runsPerPage = 50

// Not async as loaders need be: the name is known or it is not.
export function jobFor(_actor: Actor, name: string): Promise<JobName> {
  return isJob(name) ? Promise.resolve(name) : Promise.reject(new NotFound())
}

/** Only what runs by schedule can be run out of turn; the others need to be told what about. */
export async function scheduledJobFor(actor: Actor, name: string): Promise<JobName> {
  const job = await jobFor(actor, name)
  if (!planOf(job).schedule) throw new NotFound()
  return job
}

export async function givenUpFor(actor: Actor, name: string, id: string): Promise<{ job: JobName; id: bigint }> {
  const job = await jobFor(actor, name)
  if (!/^\d{1,18}$/.test(id)) throw new NotFound()
  return { job, id: BigInt(id) }
}

export function lastRuns(): Promise<Run[]> {
  return ask<Run>`
    select r.id, r.job, subject, started_at as "startedAt", ended_at as "endedAt", outcome::text, attempt, error, progress
    from unnest(${jobNames}::text[]) as n(job)
    cross join lateral (select * from job_run j where j.job = n.job order by j.id desc limit 1) r`
}

/** What is going on now and tells how far it is. */
export function longRuns(): Promise<Run[]> {
  return ask<Run>`
    select id, job, subject, started_at as "startedAt", ended_at as "endedAt", outcome::text, attempt, error, progress
    from job_run where outcome = 'running' and progress ? 'total' order by id desc limit 20`
}

export function runsOf(job: JobName, before?: bigint): Promise<Run[]> {
  return ask<Run>`
    select id, job, subject, started_at as "startedAt", ended_at as "endedAt", outcome::text, attempt, error, progress
    from job_run where job = ${job} and (${before ?? null}::bigint is null or id < ${before ?? null}::bigint)
    order by id desc limit ${runsPerPage + 1}`
}

/** How each job stands in the queue, and how often it failed since a moment. */
export function standings(since: Date): Promise<Standing[]> {
  return ask<Standing>`
    select n.job, coalesce(f.failures, 0) as failures, coalesce(q.waiting, 0) as waiting,
      coalesce(q.retrying, 0) as retrying, coalesce(q.failed, 0) as failed
    from unnest(${jobNames}::text[]) as n(job)
    left join (select job, count(*)::int as failures from job_run
      where started_at >= ${since}::timestamptz and outcome = 'failed' group by job) f on f.job = n.job
    left join (select t.identifier as job,
        count(*) filter (where j.attempts = 0)::int as waiting,
        count(*) filter (where j.attempts between 1 and j.max_attempts - 1)::int as retrying,
        count(*) filter (where j.attempts >= j.max_attempts and j.key is not null)::int as failed
      from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
      where j.locked_at is null group by 1) q on q.job = n.job`
}

export function givenUp(): Promise<GivenUpJob[]> {
  return ask<GivenUpJob>`
    select j.id, t.identifier as job, j.payload->>'subject' as subject, j.attempts::int as attempts,
      j.last_error as error, j.updated_at as at
    from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
    where j.attempts >= j.max_attempts and j.locked_at is null and j.key is not null
      and t.identifier = any(${jobNames}::text[])
    order by j.updated_at desc limit 100`
}

/** It runs, or would without anybody's doing. The queue goes by the database's clock. */
export async function isUnderWay(tx: Tx, job: JobName): Promise<boolean> {
  const found = await tx.$queryRaw<unknown[]>`
    select 1 from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
    where t.identifier = ${job} and (j.locked_at is not null or j.attempts = 0 and j.run_at <= clock_timestamp())
    limit 1`
  return found.length > 0
}
