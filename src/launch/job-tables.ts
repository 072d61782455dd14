import { Logger, runMigrations } from 'graphile-worker'
import pg from 'pg'
import { StartProblem } from './problem.ts'

const silent = new Logger(() => () => {})

/** Makes and renews graphile-worker's own schema, as the owner: whoever runs jobs later finds it whole. */
export async function migrateJobs(owner: pg.ClientConfig): Promise<void> {
  const pool = new pg.Pool({ ...owner, max: 1 })
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  try {
    await runMigrations({ pgPool: pool, schema: 'graphile_worker', logger: silent })
  } catch (error) {
    throw (error as pg.DatabaseError).code === '42501' ? mayNot(new pg.Client(owner)) : error
  } finally {
    await pool.end()
  }
}

function mayNot(client: pg.Client): StartProblem {
  const { user, database } = client
  const order = `grant create on database ${client.escapeIdentifier(database!)} to ${client.escapeIdentifier(user!)};`
  return new StartProblem(
    `用户 ${user} 无权在数据库 ${database} 里建立后台作业的模式，请数据库管理员执行：${order}`,
    `${user} may not make the schema of background jobs in ${database}; let the database administrator run: ${order}`,
  )
}
