import { setTimeout as sleep } from 'node:timers/promises'
import { Logger, run, type Runner, type TaskList, type Worker as Hand } from 'graphile-worker'
import type pg from 'pg'
import { pool } from '../db.ts'
import { now } from '../lib/clock.ts'
import { log } from '../web/log.ts'
import type { Handler } from './handler.ts'
import { openPresence, type Presence } from './presence.ts'
import { runJob } from './runs.ts'
import type { JobName } from './schedule.ts'
import { slots } from './slots.ts'
import { isOff, timetable } from './timetable.ts'

export type Handlers = { [J in JobName]?: Handler }
export type Settings = {
  /** Who may connect straight to PostgreSQL, past a pooler, in order of preference. */
  logins: pg.ClientConfig[]
  handlers: Handlers
  /** Jobs asked for now come at once by LISTEN; this often the queue is looked at for those whose time has come. */
  pollMs?: number
  scheduled?: boolean
}

const attendMs = 15_000
/** A handler has this long to come to the end of its step. */
const patienceMs = 8_000
const concurrency = 3

const quiet = new Logger(() => (level, message, meta) => {
  // A job that failed was told of where it ran.
  if ((level === 'error' || level === 'warning') && !meta?.['failure']) log.warn({ from: 'graphile-worker' }, message)
})

export type Worker = { ended: Promise<void>; stop: () => Promise<void> }

/** Runs jobs until it is told to stop, or cannot be seen to live any more. */
export async function openWorker({ logins, handlers, pollMs = 5_000, scheduled = true }: Settings): Promise<Worker> {
  let stopping = false
  let lose = () => {}
  const lost = new Promise<void>((resolve) => (lose = resolve))
  const presence = await openPresence(logins, lose)
  const { forbidden, first, events } = slots(concurrency)
  let runner: Runner
  try {
    await presence.takeOver(now(), true)
    runner = await run({
      pgPool: pool,
      schema: 'graphile_worker',
      logger: quiet,
      noHandleSignals: true,
      noPreparedStatements: true,
      concurrency,
      pollInterval: pollMs,
      forbiddenFlags: forbidden,
      events,
      taskList: tasks(presence, handlers, () => stopping),
      parsedCronItems: scheduled ? timetable() : [],
      preset: { plugins: [livingIn(presence, first)] },
    })
  } catch (error) {
    await presence.leave()
    throw error
  }
  const attending = setInterval(() => {
    presence.takeOver(now(), false).catch((error: unknown) => {
      log.warn({ err: error }, 'the queue could not be attended to')
      lose()
    })
  }, attendMs)
  const stop = async () => {
    stopping = true
    clearInterval(attending)
    await Promise.race([runner.stop().catch(() => {}), sleep(patienceMs, undefined, { ref: false })])
    await presence.leave()
  }
  return { stop, ended: Promise.race([lost, runner.promise.catch(() => {})]) }
}

function tasks(presence: Presence, handlers: Handlers, stopping: () => boolean): TaskList {
  const entries = Object.entries(handlers) as [JobName, Handler][]
  return Object.fromEntries(
    entries.map(([job, handler]) => [
      job,
      async (payload: unknown, { job: task }: { job: { id: string; attempts: number; max_attempts: number } }) => {
        if (await isOff(job, payload)) return
        await runJob(presence, { job, payload, task, run: handler, stopping })
      },
    ]),
  )
}

/** The first job is taken only when others can see that this worker lives. */
function livingIn(presence: Presence, first: (workerId: string) => string[] | null): GraphileConfig.Plugin {
  let claimed: Promise<void> | undefined
  const startWorker = async (_ctx: unknown, event: { worker: Hand; flagsToSkip: string[] | null }) => {
    await (claimed ??= presence.claim(event.worker.workerPool.id))
    event.flagsToSkip = first(event.worker.workerId)
  }
  return { name: 'presence', version: '1', worker: { hooks: { startWorker } } }
}
