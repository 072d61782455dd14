import { system, type Actor } from '../access/actor.ts'
import { mayEver } from '../access/policy.ts'
import { raise } from '../alerts/commands.ts'
import { change } from '../audit/change.ts'
import type { AuditAction } from '../audit/actions.ts'
import { db } from '../db.ts'
import { isUnderWay } from '../jobs/queries.ts'
import { askFor } from '../jobs/queue.ts'
import { dateText, dateTimeText, dayStart } from '../lib/dates.ts'
import { Forbidden, Refused } from '../lib/refused.ts'
import { notify } from '../notices/commands.ts'

/** PRV-06: a backup at once; one at a time. */
export function askForBackup(actor: Actor): Promise<void> {
  return change(actor, async (tx, audit) => {
    await tx.$queryRaw`select 1 from (select pg_advisory_xact_lock(hashtext('job:backup.take'))) as held`
    if (!mayEver(actor, 'backups.run')) throw new Forbidden('backups.run')
    if (await isUnderWay(tx, 'backup.take')) throw new Refused([{ rule: 'PRV-06', reason: 'backups:refused.running' }])
    await askFor(tx, 'backup.take', {}, { key: 'asked' })
    await audit('backup.asked', 'backups')
  })
}

/** What happened to the backup of a name, in the trail. */
export function record(action: AuditAction, name: string, after: object): Promise<void> {
  return change(system, (_tx, audit) => audit(action, `backup:${name}`, { after }))
}

/** Tells those who run the system that there is no good backup; nobody of them twice a day. */
export async function tellOfAge(lastGood: Date | null, now: Date): Promise<number> {
  const kind = 'backup.stale'
  const since = dayStart(dateText(now))
  const unaware = await db.staff.findMany({
    where: {
      state: 'active',
      grants: { some: { role: 'system_admin' } },
      notices: { none: { kind, at: { gte: since } } },
    },
    select: { id: true },
  })
  if (unaware.length === 0) return 0
  const when = lastGood ? dateTimeText(lastGood) : { word: 'backups:never' as const }
  const told = { kind, subject: 'backups', href: '/backups', rule: 'PRV-06', params: { when }, urgent: true } as const
  await change(system, async (tx, audit) => {
    await notify(
      tx,
      unaware.map(({ id }) => ({ to: id, ...told })),
      now,
    )
    await audit(kind, 'backups', { after: { last: lastGood?.toISOString() ?? null } })
    const once = `last:${lastGood?.toISOString() ?? 'none'}`
    const open = await tx.alert.count({ where: { kind: 'backup_failed', seenAt: null } })
    if (open === 0) await raise(tx, audit, { kind: 'backup_failed', once, detail: { reason: 'stale' } }, now)
  })
  return unaware.length
}
