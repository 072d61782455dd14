import { join } from 'node:path'
import type pg from 'pg'
import { config } from '../config.ts'
import { db } from '../db.ts'
import { theStore } from '../files/store.ts'
import { askFor } from '../jobs/queue.ts'
import { reachDatabase } from '../launch/database.ts'
import { now } from '../lib/clock.ts'
import { log } from '../web/log.ts'
import { record, tellOfAge } from './commands.ts'
import { drill } from './drill.ts'
import { backupsIn, keepNewest, type Drill } from './folder.ts'
import type { Manifest } from './manifest.ts'
import { BackupProblem, StoppedEarly } from './problem.ts'
import { isStale } from './rules.ts'
import { takeBackup, type Place, type Watch } from './taking.ts'

export const settingsOf = ({ backupDir, dataDir, filesDir, filesS3, backupPassphrase, backupKeep }: typeof config) => ({
  folder: backupDir,
  dataDir,
  filesDir,
  store: filesS3 ? theStore : undefined,
  passphrase: backupPassphrase,
  keep: backupKeep,
})
export type Settings = Place & { keep: number }

/** At 02:00, where a folder is named. */
export async function startNightly(nightly = config.backupNightly): Promise<object | void> {
  if (!nightly) return
  await askFor(db, 'backup.take', {}, { key: 'asked' })
  return { asked: 1 }
}

/** By the owner's login, who sees every row. */
export async function backUp(tell: NonNullable<Watch['tell']>, stopped: () => boolean): Promise<object | void> {
  const database = await reachDatabase(config, log)
  try {
    return await backUpAndProve(database.owner, settingsOf(config), { tell, stopped })
  } catch (error) {
    if (!(error instanceof StoppedEarly)) throw error
  } finally {
    await database.stop()
  }
}

/** PRV-06: makes one, lets old ones go, and proves the new one by restoring it. */
export async function backUpAndProve(owner: pg.ClientConfig, settings: Settings, watch: Watch = {}) {
  const manifest = await makeOne(owner, settings, watch)
  const proof = await prove(owner, settings, manifest.name).catch((error: unknown) => {
    // Without the right to make a database there is no drill; the page says what is lacking.
    if (error instanceof BackupProblem && error.code === 'rights') return null
    throw error
  })
  return { rows: manifest.rows, ...(proof ? { drilled: proof.rows } : {}) }
}

export async function makeOne(owner: pg.ClientConfig, settings: Settings, watch: Watch = {}): Promise<Manifest> {
  const manifest = await takeBackup(owner, settings, now(), watch)
  const { name, rows, files, stored, salt } = manifest
  await record('backup.taken', name, { rows, files: files.count, bytes: stored, encrypted: salt !== null })
  const removed = await keepNewest(settings.folder, settings.keep)
  if (removed.length > 0) await record('backup.removed', name, { removed })
  return manifest
}

export async function prove(owner: pg.ClientConfig, settings: Settings, name: string): Promise<Drill> {
  const { folder, passphrase } = settings
  const result = await drill(owner, { folder, passphrase, name, path: join(folder, name) }, now())
  await record('backup.drilled', name, { rows: result.rows, tookMs: result.tookMs })
  return result
}

/** Every hour: an old backup is told of once a day. */
export async function watchAge(
  at: Date,
  { nightly, folder } = { nightly: config.backupNightly, folder: config.backupDir },
) {
  if (!nightly) return
  const [newest] = await backupsIn(folder)
  const lastGood = newest ? new Date(newest.takenAt) : null
  if (!isStale(lastGood, at)) return
  return { told: await tellOfAge(lastGood, at) }
}
