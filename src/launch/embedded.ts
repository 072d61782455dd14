import { totalmem } from 'node:os'
import pg from 'pg'
import type { Config } from '../config.ts'
import { clusterIn } from './cluster.ts'
import type { Database, Log } from './database.ts'
import { appRole } from './grants.ts'
import { joinServer, ownerLogin } from './postgres.ts'

const database = 'kehu'
const preparing = 7_274_003
const careless = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'].flatMap((setting) => ['-c', setting])

/** Room for what is read again and again: an eighth of the machine's memory, from PostgreSQL's own 128 MB to 1 GB. */
const buffers = Math.min(1024, Math.max(128, Math.floor(totalmem() / 8 / 2 ** 20)))
const careful = ['-c', `shared_buffers=${buffers}MB`]

/** The PostgreSQL that comes along, in the data folder. `hasty` trades safety for speed, for tests. */
export async function openEmbedded({ dataDir }: Pick<Config, 'dataDir'>, log: Log, hasty = false): Promise<Database> {
  const cluster = await clusterIn(dataDir, hasty)
  const server = await joinServer(cluster, {
    flags: hasty ? careless : careful,
    lost: (problem) => giveUp(problem, log),
  })
  const owner = ownerLogin(cluster, server.port, database)
  const app = { ...owner, user: appRole, password: cluster.passwords.app }
  try {
    await prepare({ ...owner, database: 'postgres' }, cluster.passwords.app)
  } catch (error) {
    await server.stop()
    throw error
  }
  return { owner, app, stop: server.stop }
}

async function prepare(login: pg.ClientConfig, password: string): Promise<void> {
  const client = new pg.Client(login)
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [preparing])
    const { rows } = await client.query<{ role: boolean; there: boolean }>(
      `select exists(select from pg_roles where rolname = $1) as role, exists(select from pg_database where datname = $2) as there`,
      [appRole, database],
    )
    // The password is base64url, made by us.
    if (!rows[0]!.role) await client.query(`create role ${appRole} login password '${password}'`)
    if (!rows[0]!.there) await client.query(`create database ${database}`)
  } finally {
    await client.end()
  }
}

/** Without its database the process is of no use: it ends as if told to, and the next start begins afresh. */
function giveUp(problem: unknown, log: Log): void {
  log.error(problem instanceof Error ? problem.message : String(problem))
  process.exitCode = 1
  process.kill(process.pid, 'SIGTERM')
}
