import { ask } from '../db.ts'
import type { Finding } from './findings.ts'
import type { KnownHead } from './head.ts'

/** What a check found, as the trail keeps it. */
export type Check = {
  id: bigint
  at: Date
  by: string
  findings: Finding[]
  places: number
  seals: number
  entries: number
  unsealed: number
  head: KnownHead | null
}
export type SealLine = { n: bigint; sealedAt: Date; entries: number; total: bigint; hash: string }

const shown = 10

/** AUD-02: the last checks, newest first. They stand in the trail itself. */
export async function lastChecks(most = shown): Promise<Check[]> {
  const rows = await ask<{ id: bigint; at: Date; actorId: bigint | null; actorName: string; after: Partial<Kept> }>`
    select id, at, actor_id as "actorId", actor_name as "actorName", after from audit_entry
    where subject = 'trail' and action = 'trail.checked' order by id desc limit ${most}::int`
  return rows.map(({ id, at, actorId, actorName, after }) => ({
    id,
    at,
    by: actorId === null ? '' : actorName,
    findings: after.findings ?? [],
    places: after.places ?? 0,
    seals: after.seals ?? 0,
    entries: after.entries ?? 0,
    unsealed: after.unsealed ?? 0,
    head: after.head ?? null,
  }))
}

export type Kept = Omit<Check, 'id' | 'at' | 'by'>

/** The head that was given last: what was missed by it once is missed until it is there again. */
export async function lastHead(): Promise<KnownHead | null> {
  const [last] = await lastChecks(1)
  return last?.head ?? null
}

export function lastSeals(): Promise<SealLine[]> {
  return ask<SealLine>`
    select n, sealed_at as "sealedAt", entries, total, hash from trail_seal order by n desc limit ${shown}::int`
}

/** A check that waits or runs; how far it is, once it runs. */
export async function checkUnderWay(): Promise<{ done: number; total: number } | null> {
  const [found] = await ask<{ progress: { done?: number; total?: number } | null }>`
    select (select progress from job_run where job = 'audit.verify' and outcome = 'running' order by id desc limit 1)
    where exists (
      select from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
      where t.identifier = 'audit.verify' and j.key is not null
        and (j.locked_at is not null or j.attempts = 0 and j.run_at <= clock_timestamp()))`
  return found ? { done: found.progress?.done ?? 0, total: found.progress?.total ?? 0 } : null
}

/** Who is told of a trail that was tampered with (AUD-04). */
export const toldRoles = ['security_admin', 'info_supervisor', 'auditor'] as const
