import pg from 'pg'
import { beforeAll, expect, it } from 'vitest'
import { openDatabase } from '../../src/launch/database.ts'
import { config } from '../../src/config.ts'
import { freshDatabase, owner as admin } from '../support/database.ts'
import { ask } from './starts.ts'

const silent = { info: () => {}, error: () => {} }
const password = 'no-message-may-show-this'
const url = (login: string, database: string, given = password) =>
  `postgres://${login}:${given}@${admin.host}:${admin.port}/${database}`
const open = (databaseUrl: string, databaseOwnerUrl?: string) =>
  openDatabase({ dataDir: config.dataDir, databaseUrl, databaseOwnerUrl }, silent)

beforeAll(async () => {
  for (const login of ['ext_maker createrole', 'ext_plain', 'ext_web'])
    await ask(admin, `create role ${login} login password '${password}'`)
  // As whoever creates a role has it.
  await ask(admin, 'grant kehu_app to ext_maker with admin true, inherit false, set false')
})

async function ownedBy(login: string, name: string, how = ''): Promise<string> {
  const { owner } = await freshDatabase(name, true)
  if (how) {
    await ask(admin, `drop database ${owner.database}`)
    await ask(admin, `create database ${owner.database} template template0 ${how}`)
  }
  await ask(admin, `alter database ${owner.database} owner to ${login}`)
  return owner.database
}

it('DATABASE_URL alone: the pages act as the role that owns nothing, also after reset role', async () => {
  const database = await open(url('ext_maker', await ownedBy('ext_maker', 'alone')))
  const client = new pg.Client(database.app)
  await client.connect()
  await client.query('reset role')
  const { rows } = await client.query('select current_user as acting, count(*)::int as entries from audit_entry')
  expect(rows).toEqual([{ acting: 'kehu_app', entries: 0 }])
  await expect(client.query('delete from audit_entry')).rejects.toThrow(/permission denied/)
  await expect(client.query('create table mine (id int)')).rejects.toThrow(/permission denied/)
  await client.end()
})

it('DATABASE_OWNER_URL too: the pages keep their own login', async () => {
  const name = await ownedBy('ext_maker', 'apart')
  const { app } = await open(url('ext_web', name), url('ext_maker', name))
  expect(await ask(app, 'select current_user as acting')).toEqual([{ acting: 'ext_web' }])
  await expect(ask(app, 'delete from audit_entry')).rejects.toThrow(/permission denied/)
})

it.each`
  why                         | login          | given                  | database     | says
  ${'a wrong password'}       | ${'ext_plain'} | ${'wrong-' + password} | ${'kehu'}    | ${/the password of ext_plain is wrong/}
  ${'a missing database'}     | ${'ext_plain'} | ${password}            | ${'nowhere'} | ${/the database nowhere does not exist/}
  ${'no right to make roles'} | ${'ext_plain'} | ${password}            | ${'kehu'}    | ${/ext_plain may not create.*grant kehu_app to "ext_plain"/}
`('$why: one sentence in each language, without the password', async ({ login, given, database, says }) => {
  const message = await open(url(login, database, given)).then(String, (error: Error) => error.message)
  expect(message).toMatch(says)
  expect(message.split('\n')).toHaveLength(2)
  expect(message).not.toContain(password)
})

it.each([
  ['postgres://a:b@127.0.0.1:1/kehu', /no PostgreSQL listens on 127\.0\.0\.1:1/],
  ['postgres://a:b@nowhere.invalid/kehu', /the host nowhere\.invalid:5432 is not known/],
])('%s: not reachable', async (address, says) => {
  await expect(open(address)).rejects.toThrow(says)
})

it('refuses a database that cannot search Chinese, or cannot hold it', async () => {
  const c = await ownedBy('ext_maker', 'ctype', `locale_provider libc lc_collate 'C' lc_ctype 'C'`)
  await expect(open(url('ext_maker', c))).rejects.toThrow(/LC_CTYPE.*does not know Chinese/)
  const latin = await ownedBy(
    'ext_maker',
    'latin',
    `encoding 'LATIN1' locale_provider libc lc_collate 'C' lc_ctype 'C'`,
  )
  await expect(open(url('ext_maker', latin))).rejects.toThrow(/encoding is LATIN1/)
})

it('refuses two addresses that do not fit together', async () => {
  const [one, other] = [await ownedBy('ext_maker', 'one'), await ownedBy('ext_maker', 'other')]
  await expect(open(url('ext_web', one), url('ext_maker', other))).rejects.toThrow(/do not name the same database/)
  await expect(open(url('ext_maker', one), url('ext_maker', one))).rejects.toThrow(/two different logins/)
  await expect(open(url(admin.user, one, admin.password), url('ext_maker', one))).rejects.toThrow(/is a superuser/)
})
