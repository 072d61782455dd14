import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { migrate, migrating } from '../launch/migrate.ts'
import { withClient } from './client.ts'
import { meter, readEntry } from './entry.ts'
import { tablePart } from './folder.ts'
import type { Manifest } from './manifest.ts'
import { BackupProblem, damaged } from './problem.ts'
import { putBack, takeOff } from './schema.ts'
import { putFiles, refuseOtherFiles, takeBack, type Roots } from './stored-files.ts'
import { intoTable, named, rowsOf, sequencesOf, setSequences, speakPlainly, tablesOf, type Table } from './tables.ts'
import { prepareTarget, refuseFilled } from './target.ts'
import type { Opened } from './verifying.ts'

export type Restored = { rows: number; tables: number; files: number; keys: number; migrated: string[]; tookMs: number }

/**
 * Puts a backup that has proven whole (openBackup) into an empty database and compares what is there with what was
 * written down: all of it in one transaction, or nothing. Without `to` the files stay where they are (a drill).
 */
export async function restore(owner: pg.ClientConfig, backup: Opened, to?: string | Roots): Promise<Restored> {
  const roots = typeof to === 'string' ? { dataDir: to } : to
  const began = performance.now()
  if (roots) await refuseOtherFiles(roots)
  const older = await prepareTarget(owner, backup.manifest)
  const keys = await withClient(owner, async (client) => {
    await client.query('begin')
    const proven = await load(client, backup)
    if (roots) await withFiles(client, backup, roots)
    else await client.query('commit')
    await client.query('analyze')
    return proven
  })
  const migrated = older ? await migrate(owner) : []
  const { rows, tables, files } = backup.manifest
  const tookMs = Math.round(performance.now() - began)
  return { rows, tables: tables.length, files: files.count, keys, migrated, tookMs }
}

/** Answers how many foreign keys PostgreSQL has proven. */
async function load(client: pg.Client, backup: Opened): Promise<number> {
  // A server that starts meanwhile waits until everything is there.
  await client.query('select pg_advisory_xact_lock($1)', [migrating])
  await speakPlainly(client)
  await client.query(`set local maintenance_work_mem = '256MB'`)
  const tables = await tablesOf(client)
  sameTables(tables, backup.manifest)
  await client.query(`lock table ${named(tables)} in access exclusive mode`)
  await refuseFilled(client)
  const takenOff = await takeOff(client)
  try {
    for (const table of tables) await fill(client, table, backup)
    await putBack(client, takenOff)
  } catch (error) {
    throw error instanceof BackupProblem ? error : unproven(error)
  }
  await sameSequences(client, backup.manifest)
  for (const table of tables) await compare(client, table, backup.manifest)
  return takenOff.keys.length
}

async function fill(client: pg.Client, table: Table, { folder, key }: Opened): Promise<void> {
  const name = tablePart(table.name)
  await readEntry({ path: join(folder, name), name, key }, (content) => pipeline(content, intoTable(client, table)))
}

/** What PostgreSQL hands out again must be what was written down, to the byte. */
async function compare(client: pg.Client, table: Table, manifest: Manifest): Promise<void> {
  const { flow, read } = meter()
  for await (const _ of flow(rowsOf(client, table)));
  const { sha256, lines } = read()
  const wanted = manifest.tables.find(({ name }) => name === table.name)!
  if (sha256 !== wanted.sha256 || lines !== wanted.rows) throw differs(table.name)
}

async function withFiles(client: pg.Client, { folder, files, key }: Opened, roots: Roots): Promise<void> {
  try {
    await putFiles(folder, files, key, roots)
    await client.query('commit')
  } catch (error) {
    await takeBack(files, roots)
    throw error
  }
}

function sameTables(tables: Table[], manifest: Manifest): void {
  const shape = (list: { name: string; columns: string[] }[]) =>
    JSON.stringify(list.map(({ name, columns }) => [name, columns]).toSorted(([a], [b]) => (a! < b! ? -1 : 1)))
  if (shape(tables) !== shape(manifest.tables)) throw damaged('tables')
}

async function sameSequences(client: pg.Client, { sequences }: Manifest): Promise<void> {
  const names = (list: { name: string }[]) =>
    list
      .map(({ name }) => name)
      .toSorted()
      .join()
  if (names(await sequencesOf(client)) !== names(sequences)) throw damaged('sequences')
  await setSequences(client, sequences)
}

function differs(table: string): BackupProblem {
  return new BackupProblem(
    'broken',
    `没有恢复：表 ${table} 写入后与备份不一致，已全部撤回。`,
    `Not restored: the table ${table} differs from the backup after loading; everything was rolled back.`,
  )
}

function unproven(cause: unknown): BackupProblem {
  const { message } = cause as Error
  return new BackupProblem(
    'broken',
    `没有恢复：备份里的数据不满足数据库的约束（${message}），已全部撤回。`,
    `Not restored: the data in the backup breaks a constraint (${message}); everything was rolled back.`,
    { cause },
  )
}
