import pg from 'pg'
import { StartProblem } from '../launch/problem.ts'

// One lock for each worker that lives, one for each run under way: PostgreSQL lets go of them when the connection ends.
const workers = 7_274_004
const runs = 7_274_005

/** PostgreSQL tells a vanished machine from a silent one after a minute, not after two hours. */
const keepalive = 'set tcp_keepalives_idle = 30; set tcp_keepalives_interval = 10; set tcp_keepalives_count = 3'

export type Presence = Awaited<ReturnType<typeof openPresence>>
export type Begun = { job: string; subject: string | null; startedAt: Date; attempt: number }

/**
 * A worker's own connection, by which others see that it lives. `lost` is called when it ends by itself: then nobody
 * can tell this worker from a dead one, and it must stop.
 */
export async function openPresence(logins: pg.ClientConfig[], lost: () => void) {
  const client = await directly(logins)
  const own: bigint[] = []
  let [worker, gone] = ['', false]
  const end = () => {
    if (!gone) lost()
    gone = true
  }
  client.on('error', end).on('end', end)
  await client.query(keepalive)

  return {
    /** Before its first job: this worker lives. */
    async claim(name: string): Promise<void> {
      worker = name
      await client.query('select pg_advisory_lock($1, hashtext($2))', [workers, name])
    },

    /** Records a run; one statement, so that nobody sees it without its lock. */
    async begin({ job, subject, startedAt, attempt }: Begun): Promise<bigint> {
      const { rows } = await client.query<{ id: string }>(
        `with begun as (
           insert into job_run (job, subject, started_at, attempt) values ($2, $3, $4, $5) returning id)
         select id, pg_advisory_lock($1, (id % 2147483647)::int) from begun`,
        [runs, job, subject, startedAt, attempt],
      )
      const id = BigInt(rows[0]!.id)
      own.push(id)
      return id
    },

    async end(id: bigint): Promise<void> {
      own.splice(own.indexOf(id), 1)
      await client.query('select pg_advisory_unlock($1, ($2::bigint % 2147483647)::int)', [runs, id])
    },

    /** Frees what dead workers held, and keeps what this one holds from being taken for forgotten after four hours. */
    async takeOver(at: Date, alsoRuns: boolean): Promise<void> {
      await client.query('begin')
      const { rows } = await client.query<{ worker: string }>(
        `with held as materialized (
           select locked_by as worker from graphile_worker._private_jobs where locked_at is not null
           union select locked_by from graphile_worker._private_job_queues where locked_at is not null)
         select worker from held
         where worker is not null and worker <> $2 and pg_try_advisory_xact_lock($1, hashtext(worker))`,
        [workers, worker],
      )
      const dead = rows.map((row) => row.worker)
      if (dead.length > 0) await client.query('select graphile_worker.force_unlock_workers($1::text[])', [dead])
      if (dead.length > 0 || alsoRuns) await client.query(stopRuns, [runs, own, at])
      await client.query(stillHeld, [worker])
      await client.query('commit')
    },

    async leave(): Promise<void> {
      gone = true
      await client.end().catch(() => {})
    },
  }
}

const stopRuns = `
  with open as materialized (select id from job_run where outcome = 'running' and id <> all($2::bigint[])),
    dead as materialized (select id from open where pg_try_advisory_xact_lock($1, (id % 2147483647)::int))
  update job_run set outcome = 'stopped', ended_at = $3 from dead where job_run.id = dead.id`

const stillHeld = `
  update graphile_worker._private_jobs set locked_at = now()
  where locked_by = $1 and locked_at < now() - interval '1 hour'`

/** The first login that leads to PostgreSQL itself: behind a pooler the locks would be everybody's or nobody's. */
async function directly(logins: pg.ClientConfig[]): Promise<pg.Client> {
  for (const login of logins) {
    const client = new pg.Client({ ...login, keepAlive: true, query_timeout: 20_000 })
    client.on('error', () => {})
    await client.connect()
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
    // A pooler tells a number of its own.
    if (rows[0]!.pid === (client as unknown as { processID: number }).processID) return client
    await client.end()
  }
  throw new StartProblem(
    '后台作业需要直接连到 PostgreSQL 的连接：请让 DATABASE_OWNER_URL 绕过连接池（PgBouncer）。',
    'Background jobs need a connection straight to PostgreSQL: let DATABASE_OWNER_URL bypass the pooler (PgBouncer).',
  )
}
