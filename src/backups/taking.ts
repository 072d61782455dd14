import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type pg from 'pg'
import { root } from '../config.ts'
import { diskProblem } from '../launch/disk.ts'
import { makeDataFolder } from '../launch/secret.ts'
import { machineNow } from '../lib/clock.ts'
import type { Store } from '../files/shelf.ts'
import { withClient } from './client.ts'
import { contentRows, contentsElsewhere, contentsHere } from './contents.ts'
import { writeEntry } from './entry.ts'
import { draftOf, nameFor, publish, storedSize, sweepUnfinished, tablePart } from './folder.ts'
import { keyOf, newSalt, sealed, type Manifest, type TableEntry } from './manifest.ts'
import { StoppedEarly } from './problem.ts'
import { copyFiles, type Roots } from './stored-files.ts'
import { named, rowsOf, sequencesOf, speakPlainly, tablesOf } from './tables.ts'
import { checkParts } from './verifying.ts'

/** Where backups lie, and what belongs to one besides the database. */
export type Place = Roots & {
  folder: string
  passphrase: string | undefined
  /** Where the files' contents lie in object storage. */
  store?: (() => Promise<Store>) | undefined
}
export type Watch = { tell?: (progress: { done: number; total: number }) => Promise<void>; stopped?: () => boolean }

/**
 * PRV-06: database and files as they were at one moment, read back and compared before the backup gets its name. The
 * owner's login, which sees every row.
 */
export async function takeBackup(owner: pg.ClientConfig, place: Place, at: Date, watch: Watch = {}): Promise<Manifest> {
  const began = performance.now()
  makeDataFolder(place.folder)
  await sweepUnfinished(place.folder, machineNow())
  const name = nameFor(at)
  const draft = draftOf(place.folder, name)
  try {
    for (const folder of ['', 'tables', 'files']) await mkdir(join(draft, folder), { mode: 0o700 })
    const salt = place.passphrase ? newSalt() : null
    const key = await keyOf(place.passphrase, salt)
    const copied = await withClient(owner, (client) => copyRows(client, draft, key, watch))
    const files = await copyFiles(place, draft, key)
    const listed = await checkParts(draft, { tables: copied.tables, files }, key)
    const contents = place.store
      ? await contentsElsewhere(copied.contents, await place.store(), at)
      : contentsHere(copied.contents, listed)
    const manifest: Manifest = {
      format: 'kehu-backup/1',
      name,
      product: await productVersion(),
      postgres: copied.postgres,
      takenAt: at.toISOString(),
      verifiedAt: new Date(at.getTime() + performance.now() - began).toISOString(),
      tookMs: Math.round(performance.now() - began),
      salt,
      migrations: copied.migrations,
      tables: copied.tables,
      sequences: copied.sequences,
      files,
      contents,
      trail: copied.trail,
      rows: copied.tables.reduce((sum, { rows }) => sum + rows, 0),
      stored: await storedSize(draft),
    }
    for (const [file, text] of Object.entries(sealed(manifest, key)))
      await writeFile(join(draft, file), text, { flag: 'wx', mode: 0o600, flush: true })
    await publish(draft, join(place.folder, name), place.folder)
    return manifest
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    throw diskProblem(place.folder, (error as NodeJS.ErrnoException).code ?? '') ?? error
  }
}

async function copyRows(client: pg.Client, draft: string, key: Buffer | null, { tell, stopped }: Watch) {
  await client.query('begin isolation level repeatable read, read only')
  await speakPlainly(client)
  const tables = await tablesOf(client)
  // Nobody alters a table under our hands; reading and writing go on.
  await client.query(`lock table ${named(tables)} in access share mode`)
  const copied: TableEntry[] = []
  for (const table of tables) {
    if (stopped?.()) throw new StoppedEarly('stopped')
    await tell?.({ done: copied.length, total: tables.length })
    const part = tablePart(table.name)
    const { lines, bytes, sha256 } = await writeEntry(rowsOf(client, table), {
      path: join(draft, part),
      name: part,
      key,
    })
    copied.push({ name: table.name, columns: table.columns, rows: lines, bytes, sha256 })
  }
  const migrations = await migrationsOf(client)
  const trail = await trailOf(client, copied)
  const sequences = await sequencesOf(client)
  const contents = await contentRows(client, tables)
  const { rows } = await client.query<{ server_version: string }>('show server_version')
  await client.query('commit')
  return { tables: copied, migrations, sequences, trail, contents, postgres: rows[0]!.server_version }
}

export async function migrationsOf(client: pg.Client): Promise<Manifest['migrations']> {
  const { rows } = await client.query<Manifest['migrations'][number]>(
    `select migration_name as name, checksum from public._prisma_migrations
     where finished_at is not null and rolled_back_at is null order by 1`,
  )
  return rows
}

async function trailOf(client: pg.Client, tables: TableEntry[]): Promise<Manifest['trail']> {
  const { rows } = await client.query<{ last: string | null }>('select max(id)::text as last from public.audit_entry')
  return { entries: tables.find(({ name }) => name === 'audit_entry')?.rows ?? 0, last: rows[0]!.last }
}

async function productVersion(): Promise<string> {
  return (JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string }).version
}
