import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { loginTo, withClient } from './client.ts'
import { keepDrill, type Drill } from './folder.ts'
import { BackupProblem } from './problem.ts'
import { restore } from './restoring.ts'
import { openBackup } from './verifying.ts'

const prefix = 'kehu_drill_'

export type DrillOf = { folder: string; path: string; name: string; passphrase: string | undefined }

/** PRV-06: restores a backup into a database of its own beside the running one, has it checked, and removes it again. */
export async function drill(
  owner: pg.ClientConfig,
  { folder, path, name, passphrase }: DrillOf,
  at: Date,
): Promise<Drill> {
  const began = performance.now()
  let problem: unknown = null
  let rows = 0
  try {
    const backup = await openBackup(path, passphrase)
    rows = (await inScratch(owner, (scratch) => restore(scratch, backup))).rows
  } catch (error) {
    problem = error
  }
  const tookMs = Math.round(performance.now() - began)
  const text = problem instanceof Error ? problem.message : null
  const result: Drill = { backup: name, at: at.toISOString(), good: problem === null, tookMs, rows, problem: text }
  await keepDrill(folder, result)
  if (problem) throw problem
  return result
}

async function inScratch<T>(owner: pg.ClientConfig, work: (scratch: pg.ClientConfig) => Promise<T>): Promise<T> {
  const name = prefix + randomBytes(6).toString('hex')
  return withClient(owner, async (client) => {
    await dropLeftOver(client)
    // From the empty template, as a new installation would be.
    await client
      .query(`create database ${pg.escapeIdentifier(name)} template template0`)
      .catch((error: unknown) => Promise.reject(mayNot(client, error)))
    try {
      return await work(loginTo(owner, name))
    } finally {
      await client.query(`drop database if exists ${pg.escapeIdentifier(name)} with (force)`)
    }
  })
}

/** Of drills whose process was killed. One that goes on has a connection. */
async function dropLeftOver(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select datname::text as name from pg_database d where datname ~ $1 and pg_has_role(datdba, 'usage')
       and not exists (select from pg_stat_activity a where a.datid = d.oid)`,
    [`^${prefix}[0-9a-f]{12}$`],
  )
  for (const { name } of rows)
    await client.query(`drop database if exists ${pg.escapeIdentifier(name)}`).catch(() => {})
}

function mayNot(client: pg.Client, error: unknown): unknown {
  if ((error as pg.DatabaseError).code !== '42501') return error
  const order = `alter role ${client.escapeIdentifier(client.user!)} createdb;`
  return new BackupProblem(
    'rights',
    `没有演练恢复：用户 ${client.user} 无权新建数据库，请数据库管理员执行：${order}`,
    `No trial restore: ${client.user} may not create databases; let the database administrator run: ${order}`,
  )
}
