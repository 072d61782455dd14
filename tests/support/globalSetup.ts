import { existsSync, mkdirSync, readdirSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { seedCalendar } from '../../src/calendar/seed.ts'
import { connect, disconnect } from '../../src/db.ts'
import { openEmbedded } from '../../src/launch/embedded.ts'
import { migrate } from '../../src/launch/migrate.ts'
import { postmasterOf } from '../../src/launch/postmaster.ts'
import { now } from '../../src/lib/clock.ts'

export type Login = { host: string; port: number; user: string; password: string; database: string }
declare module 'vitest' {
  interface ProvidedContext {
    logins: { owner: Login; app: Login }
  }
}

/** One server for the whole run; one migrated database, and a copy of it for each worker. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  sweep()
  const dataDir = project.config.env.DATA_DIR!
  mkdirSync(project.config.env.TMPDIR!, { recursive: true })
  // Ctrl-C gives vitest a millisecond to end.
  process.once('exit', () => discard(dataDir))
  const database = await openEmbedded({ dataDir }, console, true)
  await migrate(database.owner)
  await seed(database.app)
  await copyFor(project.vitest.config.maxWorkers, database.owner)
  project.provide('logins', { owner: database.owner as Login, app: database.app as Login })
  return database.stop
}

/** What every start of the product does with an empty database. */
async function seed(app: pg.ClientConfig): Promise<void> {
  await connect(app)
  await seedCalendar(now())
  await disconnect()
}

async function copyFor(workers: number, owner: pg.ClientConfig): Promise<void> {
  const client = new pg.Client({ ...owner, database: 'postgres' })
  await client.connect()
  for (let worker = 1; worker <= workers; worker++)
    await client.query(`create database kehu_test_${worker} template kehu`)
  await client.end()
}

/** What runs left behind that were killed. */
function sweep(): void {
  for (const name of readdirSync(tmpdir())) {
    const run = Number(/^kehu-test-(\d+)$/.exec(name)?.[1])
    if (run && !alive(run)) discard(join(tmpdir(), name))
  }
}

function discard(dataDir: string): void {
  const starts = existsSync(dataDir) ? readdirSync(dataDir).filter((name) => name.startsWith('start-')) : []
  for (const folder of ['', ...starts]) {
    const home = join(dataDir, folder, 'postgres')
    if (!existsSync(home)) continue
    const server = postmasterOf({ folder: join(home, 'cluster') })
    if (server) process.kill(server.pid, 'SIGQUIT')
    rmSync(realpathSync(home), { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
  }
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
}

function alive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
