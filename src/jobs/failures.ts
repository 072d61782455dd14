import { system } from '../access/actor.ts'
import { raise } from '../alerts/commands.ts'
import { change } from '../audit/change.ts'
import { ask, db, type Tx } from '../db.ts'
import type { Key } from '../i18n.ts'
import { now } from '../lib/clock.ts'
import { notify } from '../notices/commands.ts'
import { wordOf, type JobName } from './schedule.ts'

/** A job was given up: the trail keeps it, and those who run the system are told once, until it has run well again. */
export async function tellOfFailure(job: JobName, subject: string | null, run: bigint, failure: string): Promise<void> {
  const known = await failedBefore(job, subject, run)
  await change(system, async (tx, audit) => {
    await audit('job.failed', `job:${job}`, { after: { run: String(run), failure, ...(subject ? { subject } : {}) } })
    if (known) return
    await notify(tx, await notices(tx, job), now())
    if (job === 'backup.take') await raise(tx, audit, { kind: 'backup_failed', once: `run:${run}` }, now())
  })
}

/** Since it last went well, another run of it was given up. */
async function failedBefore(job: JobName, subject: string | null, run: bigint): Promise<boolean> {
  const well = await db.jobRun.findFirst({
    where: { job, subject, outcome: 'done' },
    orderBy: { id: 'desc' },
    select: { id: true },
  })
  const [found] = await ask`
    select 1 from audit_entry where subject = ${`job:${job}`} and action = 'job.failed'
      and after->>'subject' is not distinct from ${subject}::text
      and (after->>'run')::bigint > ${well?.id ?? 0n} and (after->>'run')::bigint < ${run} limit 1`
  return found !== undefined
}

async function notices(tx: Tx, job: JobName) {
  const admins = await tx.staff.findMany({
    where: { state: 'active', grants: { some: { role: 'system_admin' } } },
    select: { id: true },
  })
  const what = { word: `jobs:name.${wordOf(job)}` as Key }
  return admins.map(({ id }) => ({
    to: id,
    kind: 'job.failed' as const,
    subject: `job:${job}`,
    href: `/jobs/${job}`,
    params: { what },
  }))
}
