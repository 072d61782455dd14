import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { log } from '../web/log.ts'
import { handlers } from './handlers.ts'
import { askForForgotten } from './housekeeping.ts'
import { openWorker, type Worker } from './worker.ts'

const restMs = 5_000

let worker: Worker | null = null
let stopping: AbortController | null = null

/** Starts this process's worker. One that is lost with its connection is followed by another. */
export async function startJobs(logins: pg.ClientConfig[]): Promise<void> {
  const own = (stopping = new AbortController())
  await askForForgotten()
  const first = await openWorker({ logins, handlers })
  if (own.signal.aborted) return first.stop()
  worker = first
  void keepOn(logins, own)
}

/** Lets running jobs come to the end of their step; what is left of them waits in the queue. */
export async function stopJobs(): Promise<void> {
  stopping?.abort()
  stopping = null
  await worker?.stop()
  worker = null
}

async function keepOn(logins: pg.ClientConfig[], own: AbortController): Promise<void> {
  while (!own.signal.aborted) {
    await worker?.ended
    if (own.signal.aborted) return
    log.warn('the worker of background jobs was lost; another one starts')
    await worker?.stop()
    worker = await reopen(logins, own)
  }
}

async function reopen(logins: pg.ClientConfig[], own: AbortController): Promise<Worker | null> {
  while (!own.signal.aborted) {
    await sleep(restMs, undefined, { ref: false })
    try {
      const next = await openWorker({ logins, handlers })
      if (!own.signal.aborted) return next
      await next.stop()
    } catch (error) {
      log.error({ err: error }, 'background jobs could not be started')
    }
  }
  return null
}
