import { EventEmitter } from 'node:events'
import type { WorkerEvents } from 'graphile-worker'

/**
 * Long jobs leave one of the hands free. graphile-worker asks for the flags to pass over before it looks for a job, and
 * tells what came of it: a hand that is looking may come back with a long one.
 */
export function slots(hands: number) {
  const events: WorkerEvents = new EventEmitter()
  const looking = new Set<string>()
  const long = new Set<string>()
  let permitted = false
  const flagged = (flags: Record<string, true> | null) => flags?.['long'] === true

  events.on('worker:getJob:start', ({ worker }) => void (permitted && looking.add(worker.workerId)))
  events.on('worker:getJob:empty', ({ worker }) => void looking.delete(worker.workerId))
  events.on('worker:getJob:error', ({ worker }) => void looking.delete(worker.workerId))
  events.on('job:start', ({ worker, job }) => {
    looking.delete(worker.workerId)
    if (flagged(job.flags)) long.add(job.id)
  })
  events.on('job:complete', ({ job }) => void long.delete(job.id))

  const free = () => looking.size + long.size < hands - 1
  const forbidden = () => {
    permitted = free()
    return permitted ? null : ['long']
  }
  /** Before the first look all hands have asked at once: each is asked again, one by one. */
  const first = (workerId: string) => {
    if (!free()) return ['long']
    looking.add(workerId)
    return null
  }
  return { events, forbidden, first }
}
