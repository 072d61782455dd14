import type pg from 'pg'
import type { Config } from '../config.ts'
import { openEmbedded } from './embedded.ts'
import { openExternal } from './external.ts'
import { migrate } from './migrate.ts'

/** `app` is for the pages and owns nothing; `owner` is for migrations alone. */
export type Database = { app: pg.ClientConfig; owner: pg.ClientConfig; stop: () => Promise<void> }
export type Log = { info(message: string): void; error(message: string): void }
export type Settings = Pick<Config, 'databaseUrl' | 'databaseOwnerUrl' | 'dataDir'>

/** The database, running and migrated: the one DATABASE_URL names, or the one that comes along. */
export async function openDatabase(settings: Settings, log: Log): Promise<Database> {
  const opening = reachDatabase(settings, log)
  const interrupted = () =>
    void opening
      .then(({ stop }) => stop())
      .catch(() => {})
      .then(() => process.exit(130))
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted)
  try {
    return await migrated(await opening, log)
  } finally {
    process.off('SIGINT', interrupted).off('SIGTERM', interrupted)
  }
}

/** As it is, whatever its schema. */
export function reachDatabase(settings: Settings, log: Log): Promise<Database> {
  const { databaseUrl, databaseOwnerUrl } = settings
  return databaseUrl ? openExternal(databaseUrl, databaseOwnerUrl) : openEmbedded(settings, log)
}

async function migrated(database: Database, log: Log): Promise<Database> {
  try {
    const applied = await migrate(database.owner)
    if (applied.length > 0) log.info(`migrations applied: ${applied.join(', ')}`)
    return database
  } catch (error) {
    await database.stop()
    throw error
  }
}
