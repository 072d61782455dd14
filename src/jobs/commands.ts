import type { Actor } from '../access/actor.ts'
import { mayEver } from '../access/policy.ts'
import { change } from '../audit/change.ts'
import type { Tx } from '../db.ts'
import type { Key } from '../i18n.ts'
import { Forbidden, Refused } from '../lib/refused.ts'
import { isUnderWay } from './queries.ts'
import { askFor, scheduledKey } from './queue.ts'
import type { JobName } from './schedule.ts'

/** Runs a job out of turn; refused while it runs or waits already. */
export function runNow(actor: Actor, job: JobName): Promise<void> {
  return change(actor, async (tx, audit) => {
    await lockJob(tx, job)
    if (!mayEver(actor, 'jobs.rerun')) throw new Forbidden('jobs.rerun')
    if (await isUnderWay(tx, job)) throw refused('jobs:refused.running')
    await askFor(tx, job, {}, { key: scheduledKey })
    await audit('job.asked', `job:${job}`)
  })
}

/** Lets one that was given up try as often again. */
export function rerun(actor: Actor, job: JobName, id: bigint): Promise<void> {
  return change(actor, async (tx, audit) => {
    await lockJob(tx, job)
    if (!mayEver(actor, 'jobs.rerun')) throw new Forbidden('jobs.rerun')
    const found = await tx.$queryRaw<{ subject: string | null }[]>`
      select j.payload->>'subject' as subject
      from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
      where j.id = ${id} and t.identifier = ${job} and j.attempts >= j.max_attempts and j.locked_at is null
        and j.key is not null`
    if (!found[0]) throw refused('jobs:refused.unknown')
    await tx.$queryRaw`
      select 1 from graphile_worker.reschedule_jobs(array[${id}]::bigint[], run_at := clock_timestamp(), attempts := 0)`
    const { subject } = found[0]
    await audit('job.rerun', `job:${job}`, { after: { queued: String(id), ...(subject ? { subject } : {}) } })
  })
}

function lockJob(tx: Tx, job: JobName) {
  return tx.$queryRaw`select 1 from (select pg_advisory_xact_lock(hashtext(${`job:${job}`}))) as held`
}

const refused = (reason: Key) => new Refused([{ rule: 'CAL-02', reason }])
