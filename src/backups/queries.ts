import { config } from '../config.ts'
import { ask } from '../db.ts'
import { runsOf, type Run } from '../jobs/queries.ts'
import { backupsIn, lastDrill, type Drill } from './folder.ts'
import type { Manifest } from './manifest.ts'
import { isStale } from './rules.ts'
import { settingsOf } from './jobs.ts'

export type BackupState = {
  backups: Manifest[]
  drill: Drill | null
  nightly: boolean
  encrypts: boolean
  folder: string
  keep: number
  lastRun: Run | null
  waiting: boolean
}

/** What lies in the folder, which alone knows: it outlives the database. */
export async function backupState(): Promise<BackupState> {
  const { folder, keep, passphrase } = settingsOf(config)
  const [backups, drill, runs, queued] = await Promise.all([
    backupsIn(folder),
    lastDrill(folder),
    runsOf('backup.take'),
    ask`select 1 from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
        where t.identifier = 'backup.take' and j.locked_at is null and j.attempts < j.max_attempts limit 1`,
  ])
  const kept = { folder, keep, nightly: config.backupNightly, encrypts: passphrase !== undefined }
  return { ...kept, backups, drill, lastRun: runs[0] ?? null, waiting: queued.length > 0 }
}

export type OldBackup = { lastGood: Date | null } | null

/** For today's page of those who run the system; in development nobody is bothered about what was never set up. */
export async function oldBackup(now: Date): Promise<OldBackup> {
  if (!config.backupNightly && config.env !== 'production') return null
  const [newest] = await backupsIn(config.backupDir)
  const lastGood = newest ? new Date(newest.takenAt) : null
  return isStale(lastGood, now) ? { lastGood } : null
}
