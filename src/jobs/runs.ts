import { pool } from '../db.ts'
import { now } from '../lib/clock.ts'
import { failureOf } from '../lib/failure.ts'
import { log } from '../web/log.ts'
import { tellOfFailure } from './failures.ts'
import { GivenUp, type Handler } from './handler.ts'
import type { Presence } from './presence.ts'
import type { JobName } from './schedule.ts'

/** Told to stop before its end: the job stays, and whoever takes it next goes on. */
export class Interrupted extends Error {
  override name = 'Interrupted'
}

/** One of the queue's jobs, as a worker took it. */
export type Task = { id: string; attempts: number; max_attempts: number }
export type Work = { job: JobName; payload: unknown; task: Task; run: Handler; stopping: () => boolean }

/** One run of a job, recorded from its begin to its end. What it throws decides what becomes of the job. */
export async function runJob(presence: Presence, { job, payload, task, run, stopping }: Work): Promise<void> {
  const subject = subjectOf(payload)
  const id = await presence.begin({ job, subject, startedAt: now(), attempt: task.attempts })
  let told = false
  const stopped = () => (told ||= stopping())
  try {
    const result = await run(payload, (progress) => keep(id, progress), stopped)
    await finish(id, told ? 'stopped' : 'done', null, result)
  } catch (error) {
    await fail(id, job, subject, task, error)
    told = false
  } finally {
    await presence.end(id).catch(() => {})
  }
  if (told) await giveBack(task)
}

async function fail(id: bigint, job: JobName, subject: string | null, task: Task, error: unknown): Promise<void> {
  const givenUp = error instanceof GivenUp
  const failure = failureOf(givenUp ? error.cause : error)
  log.error({ err: error, job, run: String(id) }, 'a background job failed')
  await finish(id, 'failed', failure, null)
  if (givenUp || task.attempts >= task.max_attempts) await tellOfFailure(job, subject, id, failure)
  // The queue keeps what it is thrown: the kind alone.
  if (!givenUp) throw new Error(failure)
}

/** An interruption is no failure, so it is not counted as an attempt. */
async function giveBack({ id }: Task): Promise<never> {
  await pool.query(
    'update graphile_worker._private_jobs set attempts = greatest(0, attempts - 1) where id = $1::bigint',
    [id],
  )
  throw new Interrupted('stopped')
}

function keep(id: bigint, progress: object) {
  return pool.query('update job_run set progress = $2 where id = $1', [id, JSON.stringify(progress)]).then(() => {})
}

async function finish(id: bigint, outcome: 'done' | 'failed' | 'stopped', error: string | null, result: unknown) {
  await pool.query(
    `update job_run set outcome = $2::job_outcome, ended_at = $3, error = $4, progress = coalesce($5::jsonb, progress)
     where id = $1`,
    [id, outcome, now(), error, result ? JSON.stringify(result) : null],
  )
}

function subjectOf(payload: unknown): string | null {
  const subject = (payload as { subject?: unknown } | null)?.subject
  return typeof subject === 'string' ? subject : null
}
