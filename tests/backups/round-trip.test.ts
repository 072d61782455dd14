import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { takeBackup } from '../../src/backups/taking.ts'
import { openBackup } from '../../src/backups/verifying.ts'
import { restore } from '../../src/backups/restoring.ts'
import type { Manifest } from '../../src/backups/manifest.ts'
import { withClient } from '../../src/backups/client.ts'
import { leftOut, sequencesOf } from '../../src/backups/tables.ts'
import { createCustomer } from '../../src/customers/commands.ts'
import { connect, db, disconnect, pool } from '../../src/db.ts'
import { openExternal } from '../../src/launch/external.ts'
import { knownMigrations, migrate } from '../../src/launch/migrate.ts'
import { now } from '../../src/lib/clock.ts'
import { checkTrail } from '../../src/sealing/checking.ts'
import { ownDatabase } from '../support/connected.ts'
import { freshDatabase, owner as admin } from '../support/database.ts'
import { actorOf, factsWith, make, theCast } from '../support/make.ts'
import { emptyTables, fillEverything, fingerprints, odd } from './filling.ts'

const source = await ownDatabase('backup_source')

const newFolder = () => mkdtempSync(join(tmpdir(), 'kehu-backup-'))
const folder = newFolder()
const dataDir = newFolder()
const place = { folder, dataDir, passphrase: undefined }
const opened = ({ name }: Manifest, passphrase?: string) => openBackup(join(folder, name), passphrase)
const fileText = `附件 ${odd}`

type Database = Awaited<ReturnType<typeof freshDatabase>>
let whole: Manifest
let target: Database
let done: Awaited<ReturnType<typeof restore>>
const there = newFolder()
beforeAll(async () => {
  await fillEverything()
  mkdirSync(join(dataDir, 'files/ab'), { recursive: true })
  writeFileSync(join(dataDir, 'files/ab/合同 “甲”.pdf'), fileText)
  writeFileSync(join(dataDir, 'files/empty'), '')
  whole = await takeBackup(source.owner, place, now())
  // Restored once, into no schema yet; those who look at it leave it as it is, all but the last.
  target = await freshDatabase('backup_target', true)
  done = await restore(target.owner, await opened(whole), there)
})

describe('PRV-06: what comes back', () => {
  it('PRV-06: is every row of every table, to the byte, into a database with no schema yet', async () => {
    expect(await emptyTables(source.owner)).toEqual([])
    expect(done).toMatchObject({ rows: whole.rows, tables: whole.tables.length, files: 2, migrated: [] })
    expect(done.keys).toBeGreaterThan(30)
    expect(await fingerprints(target.owner)).toEqual(await fingerprints(source.owner))
  })

  it('PRV-06: odd characters are what they were', async () => {
    const { rows } = await withClient(target.owner, (client) =>
      client.query(`select remark, plates, credit_note, trade_note from customer where remark = $1`, [odd]),
    )
    expect(rows).toEqual([
      { remark: odd, plates: ['九A·00001', '带,逗号"引号"\\反斜', 'NULL', ''], credit_note: '\\N', trade_note: '' },
    ])
  })

  it('PRV-06: leaves constraints, indexes, triggers and rights as a migration makes them', async () => {
    const migrated = await freshDatabase('backup_like')
    expect(await shapeOf(target.owner)).toEqual(await shapeOf(migrated.owner))
  })

  it('PRV-06: the files lie where they lay', () => {
    expect(readFileSync(join(there, 'files/ab/合同 “甲”.pdf'), 'utf8')).toBe(fileText)
    expect(readFileSync(join(there, 'files/empty'), 'utf8')).toBe('')
  })

  it('PRV-06: nobody stays signed in, and no secret is in it', async () => {
    const { rowCount } = await pool.query(
      `insert into user_sessions (sid, sess, expire) values ('geheim', '{}', now() + interval '1 day')`,
    )
    expect(rowCount).toBe(1)
    const names = (await takeBackup(source.owner, place, now())).tables.map(({ name }) => name)
    expect(names.filter((name) => leftOut.includes(name))).toEqual([])
  })

  it('PRV-06: numbers go on, the trail proves itself, people work on', async () => {
    await disconnect()
    await connect(target.app)
    const { cs_manager: person } = await theCast()
    const before = await db.customer.findMany({ select: { id: true, number: true } })
    await createCustomer(await actorOf(person), factsWith(), now())
    const after = await db.customer.findFirstOrThrow({ orderBy: { id: 'desc' } })
    expect(before.every(({ id, number }) => id < after.id && number !== after.number)).toBe(true)
    const trail = await checkTrail(null, { tell: () => Promise.resolve(), stopped: () => false })
    expect(trail).toMatchObject({ places: 0 })
    expect(trail!.seals).toBeGreaterThan(0)
    await disconnect()
    await connect(source.app)
  })

  it('PRV-06: is of one moment, though people write all the while', async () => {
    const wrote: string[] = []
    const write = async () => {
      const client = await pool.connect()
      await client.query('begin')
      await client.query(
        `insert into audit_entry (at, kind, actor_name, action, subject) values (now(), 'change', '写', 'test.write', 'x')`,
      )
      await client.query(
        `insert into import_mapping (header, fields, used_at) values ('w' || gen_random_uuid(), '{}', now())`,
      )
      await client.query('commit')
      client.release()
      wrote.push('once')
    }
    const before = await pool.query(`select from audit_entry where action = 'test.write'`)
    const manifest = await takeBackup(source.owner, place, now(), { tell: write })
    // Before every table; the trail is among the first, what else was written among the later ones.
    expect(wrote.length).toBeGreaterThan(20)
    const target = await freshDatabase('backup_moment', true)
    await restore(target.owner, await opened(manifest))
    const { rows } = await withClient(target.owner, (client) =>
      client.query(`select (select count(*) from audit_entry where action = 'test.write')::int as lines,
        (select count(*) from import_mapping where header like 'w%')::int as mappings`),
    )
    expect(rows).toEqual([{ lines: before.rowCount, mappings: before.rowCount }])
  })

  it('PRV-06: of an older release goes into its schema, and then on to that of today', async () => {
    const known = knownMigrations()
    const old = await freshDatabase('backup_old', true)
    await migrate(
      old.owner,
      undefined,
      known.slice(0, 2).map(({ name }) => name),
    )
    await withClient(old.owner, (client) => client.query(`insert into department (name) values ('蓬莱驿')`))
    const backup = await opened(await takeBackup(old.owner, place, now()))
    expect(backup.manifest.migrations.map(({ name }) => name)).toEqual(known.slice(0, 2).map(({ name }) => name))
    // Empty, but of today.
    const target = await freshDatabase('backup_forward', true)
    await migrate(target.owner)
    const done = await restore(target.owner, backup)
    expect(done.migrated).toEqual(known.slice(2).map(({ name }) => name))
    const { rows } = await withClient(target.owner, (client) => client.query('select name from department'))
    expect(rows).toEqual([{ name: '蓬莱驿' }])
    expect(await shapeOf(target.owner)).toEqual(await shapeOf(source.owner))
  })

  it('PRV-06: an owner who is no superuser can make and restore one', async () => {
    const password = 'no-message-may-show-this'
    const { owner } = await freshDatabase('backup_plain', true)
    await withClient({ ...admin, database: 'postgres' }, async (client) => {
      await client.query(`create role backup_plain login password '${password}' createrole`)
      await client.query('grant kehu_app to backup_plain with admin true, inherit false, set false')
      await client.query(`alter database ${owner.database} owner to backup_plain`)
    })
    const url = `postgres://backup_plain:${password}@${admin.host}:${admin.port}/${owner.database}`
    const { owner: plain } = await openExternal(url)
    await restore(plain, await opened(whole))
    const again = await takeBackup(plain, place, now())
    const sums = ({ tables }: Manifest) => Object.fromEntries(tables.map(({ name, sha256 }) => [name, sha256]))
    expect(sums(again)).toEqual(sums(whole))
    expect(await withClient(plain, sequencesOf)).toEqual(whole.sequences)
  })
})

describe('PRV-06: where something is already', () => {
  it('PRV-06: nothing is restored over it', async () => {
    await make.customer()
    await expect(restore(source.owner, await opened(whole))).rejects.toThrow(/holds data.*db:reset/)
  })

  it('PRV-06: nor over files, and then not a row either', async () => {
    const target = await freshDatabase('backup_files_there', true)
    await expect(restore(target.owner, await opened(whole), dataDir)).rejects.toThrow(/is there already/)
    expect(await emptyTables(target.owner)).toEqual([])
  })
})

const shape = `
  select 'key ' || conrelid::regclass || ' ' || conname as what, pg_get_constraintdef(oid) as how from pg_constraint
    where connamespace = 'public'::regnamespace
  union all select 'index ' || indexname, indexdef from pg_indexes where schemaname = 'public'
  union all select 'trigger ' || tgrelid::regclass || ' ' || tgname, tgenabled::text || pg_get_triggerdef(oid) from pg_trigger
    where not tgisinternal
  union all select 'rights ' || relname, coalesce(relacl::text, '') from pg_class where relnamespace = 'public'::regnamespace
  order by 1, 2`

async function shapeOf(login: typeof admin) {
  return (await withClient(login, (client) => client.query(shape))).rows
}
