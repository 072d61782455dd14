import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { root } from '../config.ts'
import { grantToApp } from './grants.ts'
import { migrateJobs } from './job-tables.ts'
import { StartProblem } from './problem.ts'

type Migration = { name: string; sql: string; checksum: string }

/** Held while the schema changes, and while a backup is put into it. */
export const migrating = 7_274_002
const migrationsFolder = join(root, 'prisma/migrations')
const bookkeeping = `create table if not exists _prisma_migrations (
  id varchar(36) primary key,
  checksum varchar(64) not null,
  finished_at timestamptz,
  migration_name varchar(255) not null,
  logs text,
  rolled_back_at timestamptz,
  started_at timestamptz not null default now(),
  applied_steps_count integer not null default 0
)`

/**
 * Applies what prisma/migrations holds and the database lacks; answers their names. Ours, in Prisma's own table, and not
 * Prisma's engine: through adapter-pg that cuts scripts at every semicolon, also inside functions, and a migration it was
 * killed in leaves half a schema and a record that refuses every later start. Here the schema and its record are one
 * transaction, and a second process waits for its lock. `only` these, for a backup of that time.
 */
export async function migrate(
  owner: pg.ClientConfig,
  folder = migrationsFolder,
  only?: readonly string[],
): Promise<string[]> {
  const migrations = migrationsIn(folder).filter(({ name }) => only?.includes(name) ?? true)
  const client = new pg.Client(owner)
  client.on('error', () => {})
  await client.connect()
  try {
    const applied: string[] = []
    const next = () => applyNext(client, owner, migrations)
    for (let name = await next(); name; name = await next()) applied.push(name)
    return applied
  } finally {
    await client.end()
  }
}

/** What this release knows, in the order it is applied. */
export function knownMigrations(folder = migrationsFolder): { name: string; checksum: string }[] {
  return migrationsIn(folder).map(({ name, checksum }) => ({ name, checksum }))
}

/** One transaction: the next missing migration with its record, or, when none is missing, the queue and the grants. */
async function applyNext(client: pg.Client, owner: pg.ClientConfig, migrations: Migration[]) {
  await client.query('begin')
  await client.query('select pg_advisory_xact_lock($1)', [migrating])
  const next = await nextOf(client, migrations)
  if (next) await apply(client, next)
  else {
    // On a connection of its own, while this one holds the lock.
    await migrateJobs(owner)
    await grantToApp(client)
  }
  await client.query('commit')
  return next?.name
}

async function nextOf(client: pg.Client, migrations: Migration[]): Promise<Migration | undefined> {
  const { rows: known } = await client.query(`select to_regclass('public._prisma_migrations') is not null as there`)
  if (!known[0].there) await keepBooks(client)
  const finished = 'finished_at is not null and rolled_back_at is null'
  const { rows } = await client.query<{ name: string; checksum: string }>(
    `select migration_name as name, checksum from _prisma_migrations where ${finished}`,
  )
  const recorded = new Map(rows.map(({ name, checksum }) => [name, checksum]))
  const changed = migrations.find(({ name, checksum }) => recorded.has(name) && recorded.get(name) !== checksum)
  if (changed)
    throw new StartProblem(
      `数据库迁移 ${changed.name} 在执行之后被改动过：请恢复原文件（开发时可用 npm run db:reset 重建数据库）。`,
      `The migration ${changed.name} was changed after it had been applied: put the file back (in development: npm run db:reset).`,
    )
  return migrations.find(({ name }) => !recorded.has(name))
}

async function keepBooks(client: pg.Client): Promise<void> {
  try {
    await client.query(bookkeeping)
  } catch (error) {
    if ((error as pg.DatabaseError).code !== '42501') throw error
    throw new StartProblem(
      `用户 ${client.user} 无权在数据库 ${client.database} 的 public 模式里建表，请用数据库的所有者登录。`,
      `${client.user} may not create tables in the schema public of ${client.database}: sign in as the database's owner.`,
    )
  }
}

async function apply(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  try {
    await client.query(sql)
  } catch (error) {
    const reason = (error as Error).message
    throw new StartProblem(
      `数据库迁移 ${name} 失败（${reason}），数据库没有改动。`,
      `The migration ${name} failed (${reason}); the database is unchanged.`,
      { cause: error },
    )
  }
  await client.query(
    `insert into _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
     values (gen_random_uuid(), $1, $2, now(), clock_timestamp(), 1)`,
    [checksum, name],
  )
}

function migrationsIn(folder: string): Migration[] {
  const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  return names.map(({ name }) => readMigration(folder, name)).sort((a, b) => (a.name < b.name ? -1 : 1))
}

function readMigration(folder: string, name: string): Migration {
  // Git on Windows may have changed the line ends.
  const sql = readFileSync(join(folder, name, 'migration.sql'), 'utf8').replaceAll('\r\n', '\n')
  return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
}
