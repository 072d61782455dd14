import type pg from 'pg'
import { connect, disconnect, pool } from '../../src/db.ts'
import { app, freshDatabase, type Logins } from './database.ts'

// Set up before every test file (vitest.config.ts), which need not import it: `db` is connected to this worker's database.
// The files of one worker share that database and their modules, in any order: afresh.ts puts back what the product keeps
// in memory, and what a file minds of others' rows it avoids with ownDatabase(). Only a file that mocks a module or writes
// the environment has modules of its own, and is named *.alone.test.ts; so nothing here may import the configuration.

let home: pg.Pool | undefined
await returnHome()

/** Back to this worker's database, if a file has left another one connected, or none. */
export async function returnHome(): Promise<void> {
  if (home && pool === home && !pool.ended) return
  await leave()
  await connect(app)
  home = pool
}

/** For a file that minds what others leave behind: from here on `db` is a copy of its own. Called first of all. */
export async function ownDatabase(name: string, settings: (logins: Logins) => pg.PoolConfig = ({ app }) => app) {
  const logins = await freshDatabase(name)
  await leave()
  await connect(settings(logins))
  return logins
}

async function leave(): Promise<void> {
  if (pool && !pool.ended) await disconnect()
}
