import type pg from 'pg'
import { connected, type Address } from './connection.ts'
import type { Database } from './database.ts'
import { appRole } from './grants.ts'
import { StartProblem } from './problem.ts'

const preparing = 7_274_003

/** The PostgreSQL that DATABASE_URL names. With DATABASE_OWNER_URL pages and migrations have separate logins. */
export async function openExternal(url: string, ownerUrl?: string): Promise<Database> {
  const owner: Address = ownerUrl
    ? { variable: 'DATABASE_OWNER_URL', url: ownerUrl }
    : { variable: 'DATABASE_URL', url }
  const app: Address = { variable: 'DATABASE_URL', url: ownerUrl ? url : asAppRole(url) }
  await connected(owner, async (client) => {
    await checkServer(client)
    await lendAppRole(client, ownerUrl ? await appLogin(client, app) : undefined)
    await checkChinese(client)
  })
  await connected(app, checkHarmless)
  return { owner: { connectionString: owner.url }, app: { connectionString: app.url }, stop: async () => {} }
}

/** As a start-up option, so that `reset role` leads back to the application's role and not to the owner. */
function asAppRole(url: string): string {
  const address = new URL(url)
  address.searchParams.set('options', `${address.searchParams.get('options') ?? ''} -c role=${appRole}`.trim())
  return address.href
}

async function checkServer(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ version: number; encoding: string }>(
    `select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding`,
  )
  const { version, encoding } = rows[0]!
  if (version < 150_000)
    throw new StartProblem(
      `数据库是 PostgreSQL ${Math.floor(version / 10_000)}，至少需要 15。`,
      `The database is PostgreSQL ${Math.floor(version / 10_000)}; 15 or newer is needed.`,
    )
  if (encoding !== 'UTF8')
    throw new StartProblem(
      `数据库的编码是 ${encoding}，须是 UTF8：${recipe('请这样新建一个：')}`,
      `The database's encoding is ${encoding} but must be UTF8: ${recipe('create one with: ')}`,
    )
}

/** Answers who the application signs in as, if he is another than the owner and in the same database. */
async function appLogin(owner: pg.Client, app: Address): Promise<string> {
  const where = `select oid || '@' || extract(epoch from pg_postmaster_start_time()) as place, session_user as login from pg_database where datname = current_database()`
  const ours = (await owner.query<{ place: string; login: string }>(where)).rows[0]!
  const theirs = await connected(app, async (client) => (await client.query<typeof ours>(where)).rows[0]!)
  if (ours.place !== theirs.place)
    throw new StartProblem(
      'DATABASE_URL 与 DATABASE_OWNER_URL 不是同一个数据库。',
      'DATABASE_URL and DATABASE_OWNER_URL do not name the same database.',
    )
  if (ours.login === theirs.login)
    throw new StartProblem(
      'DATABASE_URL 与 DATABASE_OWNER_URL 须是两个不同的登录用户；只有一个时请只设置 DATABASE_URL。',
      'DATABASE_URL and DATABASE_OWNER_URL must be two different logins; with only one, set DATABASE_URL alone.',
    )
  return theirs.login
}

/** Makes the application's role when missing and lets its login act as it: the other one, or else the owner himself. */
async function lendAppRole(client: pg.Client, other?: string): Promise<void> {
  const { rows } = await client.query<{ login: string; newer: boolean }>(
    `select session_user as login, current_setting('server_version_num')::int >= 160000 as newer`,
  )
  const login = other ?? rows[0]!.login
  const right = other ? 'USAGE' : rows[0]!.newer ? 'SET' : 'MEMBER'
  const orders = [`grant ${appRole} to ${client.escapeIdentifier(login)};`]
  try {
    await client.query('begin')
    await client.query('select pg_advisory_xact_lock($1)', [preparing])
    const { rowCount } = await client.query('select from pg_roles where rolname = $1', [appRole])
    if (rowCount === 0) orders.unshift(`create role ${appRole} nologin;`)
    if (rowCount === 0) await client.query(orders[0]!)
    const { rows: may } = await client.query<{ yes: boolean }>('select pg_has_role($1, $2, $3) as yes', [
      login,
      appRole,
      right,
    ])
    if (!may[0]!.yes) await client.query(orders.at(-1)!)
    await client.query('commit')
  } catch (error) {
    if ((error as pg.DatabaseError).code !== '42501') throw error
    throw new StartProblem(
      `用户 ${rows[0]!.login} 无权建立应用角色，请数据库管理员执行：${orders.join(' ')}`,
      `${rows[0]!.login} may not create the application's role; let the database administrator run: ${orders.join(' ')}`,
    )
  }
}

/** With LC_CTYPE C pg_trgm drops every Chinese character and search finds nothing (libraries.md §2). */
async function checkChinese(client: pg.Client): Promise<void> {
  await client.query('begin')
  try {
    await client.query('create extension if not exists pg_trgm')
    const { rows } = await client.query<{ known: boolean }>(`select cardinality(show_trgm('张')) > 0 as known`)
    if (rows[0]!.known) return
  } catch (error) {
    const { message } = error as Error
    throw new StartProblem(
      `数据库缺少扩展 pg_trgm（${message}），请数据库管理员执行：create extension pg_trgm;`,
      `The database lacks the extension pg_trgm (${message}); let its administrator run: create extension pg_trgm;`,
    )
  } finally {
    await client.query('rollback')
  }
  throw new StartProblem(
    `数据库的区域设置（LC_CTYPE）不认识汉字，搜索将找不到任何客户：${recipe('请这样新建一个：')}`,
    `The database's locale (LC_CTYPE) does not know Chinese characters, so search would find nothing: ${recipe('create one with: ')}`,
  )
}

/** A superuser passes every grant, so the trail would not be append-only for the application (AUD-02). */
async function checkHarmless(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string; super: boolean }>(
    'select rolname as name, rolsuper as super from pg_roles where rolname = current_user',
  )
  if (!rows[0]!.super) return
  throw new StartProblem(
    `DATABASE_URL 的用户 ${rows[0]!.name} 是超级用户，应用须用普通用户登录。`,
    `${rows[0]!.name} of DATABASE_URL is a superuser; the application needs an ordinary login.`,
  )
}

function recipe(introduction: string): string {
  return `${introduction}create database kehu template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C.UTF-8';`
}
