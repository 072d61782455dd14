import type pg from 'pg'
import { knownMigrations, migrate } from '../launch/migrate.ts'
import { withClient } from './client.ts'
import type { Manifest } from './manifest.ts'
import { BackupProblem } from './problem.ts'
import { planFor, type MigrationPlan } from './rules.ts'
import { firstFilled, tablesOf } from './tables.ts'
import { migrationsOf } from './taking.ts'

/** Brings an empty database to the schema the backup was made from; answers whether newer migrations follow. */
export async function prepareTarget(owner: pg.ClientConfig, { migrations, product }: Manifest): Promise<boolean> {
  const plan = planFor(migrations, knownMigrations())
  if (!plan.may) throw cannot(plan, product)
  await withClient(owner, async (client) => {
    await refuseFilled(client)
    const { rows } = await client.query<{ there: boolean }>(
      `select to_regclass('public._prisma_migrations') is not null as there`,
    )
    const applied = rows[0]!.there ? await migrationsOf(client) : []
    if (applied.some(({ name }) => !plan.names.includes(name))) await beginAnew(client)
  })
  await migrate(owner, undefined, plan.names)
  return plan.older
}

/** Nothing is ever restored over something. */
export async function refuseFilled(client: pg.Client): Promise<void> {
  const filled = await firstFilled(client, await tablesOf(client))
  if (!filled) return
  const { database } = client
  throw new BackupProblem(
    'notEmpty',
    `没有恢复：数据库 ${database} 里已有数据（表 ${filled}）。请停止服务，用一个新的 DATA_DIR 或新的数据库；确认原数据不要时，先执行 npm run db:reset -- ${database}。`,
    `Not restored: the database ${database} holds data (table ${filled}). Stop the server and use a new DATA_DIR or a new database; if the old data may go, first run npm run db:reset -- ${database}.`,
  )
}

/** The schema of an empty database is another than the backup's: it is built again, as far as the backup was. */
async function beginAnew(client: pg.Client): Promise<void> {
  await client.query('drop schema if exists graphile_worker cascade')
  await client.query('drop schema public cascade; create schema public; grant usage on schema public to public')
}

function cannot({ why, migration }: Exclude<MigrationPlan, { may: true }>, product: string): BackupProblem {
  if (why === 'newer')
    return new BackupProblem(
      'newer',
      `没有恢复：备份来自更新的版本 ${product}（含本版本没有的数据库迁移 ${migration}）。请先安装版本 ${product}。`,
      `Not restored: the backup is of the newer release ${product} (with the migration ${migration}, unknown here). Install release ${product} first.`,
    )
  return new BackupProblem(
    'migrations',
    `没有恢复：备份的数据库结构与本版本不同（迁移 ${migration}）。请安装写成备份的版本 ${product}，恢复后再升级。`,
    `Not restored: the backup's schema differs from this release's (migration ${migration}). Install release ${product}, which made it, restore there, then upgrade.`,
  )
}
