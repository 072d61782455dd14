import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { expect, it } from 'vitest'
import { config } from '../../src/config.ts'
import { migrate } from '../../src/launch/migrate.ts'
import { freshDatabase, owner } from '../support/database.ts'

it('applies each migration once, also when four processes start together', async () => {
  const database = await freshDatabase('together', true)
  const applied = await Promise.all([1, 2, 3, 4].map(() => migrate(database.owner)))
  expect(applied.flat()).toHaveLength(new Set(applied.flat()).size)
  expect(applied.flat().length).toBeGreaterThan(0)
  expect(await migrate(database.owner)).toEqual([])
})

it('leaves nothing of a migration that fails, and says which', async () => {
  const database = await freshDatabase('failing', true)
  const folder = migrations({
    '1_good': 'create table good (id int)',
    '2_bad': 'create table half (id int); create table (',
  })
  await expect(migrate(database.owner, folder)).rejects.toThrow(/2_bad/)
  expect(await tables(database.owner)).toEqual(['_prisma_migrations', 'good'])
  expect(
    await migrate(database.owner, migrations({ '1_good': 'create table good (id int)', '2_bad': 'select 1' })),
  ).toEqual(['2_bad'])
})

it('refuses a migration that was changed after it had been applied', async () => {
  const database = await freshDatabase('changed', true)
  await migrate(database.owner, migrations({ '1_first': 'create table first (id int)' }))
  await expect(migrate(database.owner, migrations({ '1_first': 'create table other (id int)' }))).rejects.toThrow(
    /1_first/,
  )
})

it('takes line ends for what they are', async () => {
  const database = await freshDatabase('lines', true)
  await migrate(database.owner, migrations({ '1_first': 'create table first (\n id int)' }))
  expect(await migrate(database.owner, migrations({ '1_first': 'create table first (\r\n id int)' }))).toEqual([])
})

it('AUD-02: the application adds to the trail and can do nothing else to it', async () => {
  const client = new pg.Client(owner)
  await client.connect()
  const rights = `select privilege_type from information_schema.role_table_grants where grantee = 'kehu_app' and table_name = $1`
  const rightsTo = async (table: string) =>
    (await client.query<{ privilege_type: string }>(`${rights} order by 1`, [table])).rows.map(
      (row) => row.privilege_type,
    )
  expect(await rightsTo('audit_entry')).toEqual(['INSERT', 'SELECT'])
  expect(await rightsTo('customer')).toEqual(['DELETE', 'INSERT', 'SELECT', 'UPDATE'])
  expect(await rightsTo('_prisma_migrations')).toEqual([])
  const owned = await client.query(`select from pg_class where relowner = 'kehu_app'::regrole`)
  await client.end()
  expect(owned.rowCount).toBe(0)
})

function migrations(scripts: Record<string, string>): string {
  const folder = mkdtempSync(join(config.dataDir, 'migrations-'))
  for (const [name, sql] of Object.entries(scripts)) {
    mkdirSync(join(folder, name))
    writeFileSync(join(folder, name, 'migration.sql'), sql)
  }
  return folder
}

async function tables(login: pg.ClientConfig): Promise<string[]> {
  const client = new pg.Client(login)
  await client.connect()
  const { rows } = await client.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`,
  )
  await client.end()
  return rows.map(({ name }) => name)
}
