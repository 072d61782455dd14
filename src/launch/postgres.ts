import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { Cluster } from './cluster.ts'
import { freePort, postmasterOf, startPostmaster } from './postmaster.ts'
import { diskProblem } from './disk.ts'
import { StartProblem } from './problem.ts'
import { runProgram } from './run-program.ts'

export type Server = { port: number; stop: () => Promise<void> }
type Options = { flags?: string[]; lost?: (problem: unknown) => void }
type Presence = { client: pg.Client; port: number }

// Every process that uses the server holds this lock shared, and the kernel lets go of it when the process dies. So the
// last to leave stops the server, also one whose starter was killed.
const present = 7_274_001

/** Joins the server of the cluster, starting it when none runs, and starting it again should it die. */
export async function joinServer(cluster: Cluster, { flags = [], lost }: Options = {}): Promise<Server> {
  let leaving = false
  let { client, port } = await arrive(cluster, flags)
  const watch = () => client.once('end', () => !leaving && void comeBack().catch(lost))
  const comeBack = async () => {
    const again = await arrive(cluster, flags, port)
    if (again.port !== port) throw notAnswering(cluster, `port ${again.port}`)
    client = again.client
    watch()
  }
  watch()
  return {
    port,
    stop: async () => {
      leaving = true
      if (await leave(client)) await halt(cluster)
    },
  }
}

export function ownerLogin(cluster: Cluster, port: number, database: string): pg.ClientConfig {
  return { host: '127.0.0.1', port, user: 'kehu_owner', password: cluster.passwords.owner, database }
}

async function arrive(cluster: Cluster, flags: string[], port?: number): Promise<Presence> {
  let [obstacle, started] = ['', false]
  try {
    for (const end = Date.now() + 120_000; Date.now() < end; await sleep(20)) {
      const server = postmasterOf(cluster)
      const client = server?.port ? await knock(cluster, server.port) : undefined
      if (server && client) return { client, port: server.port }
      if (server) continue
      obstacle = await start(cluster, port ?? (await freePort()), flags)
      started = obstacle === ''
    }
    throw notAnswering(cluster, obstacle)
  } catch (error) {
    if (started) await halt(cluster)
    throw error
  }
}

function halt(cluster: Cluster): Promise<string | undefined> {
  return runProgram(cluster, 'pg_ctl', ['stop', '-D', cluster.folder, '-m', 'fast', '-t', '60'])
}

/** Answers what stood in the way if trying again may help, and throws if not. */
async function start(cluster: Cluster, port: number, flags: string[]): Promise<string> {
  const said = await startPostmaster(cluster, port, flags)
  // Another start was quicker; the last server's processes are still ending; the port was taken meanwhile.
  if (!said || /lock file .* already exists|pre-existing shared memory|could not bind/.test(said)) return said ?? ''
  throw (
    diskProblem(cluster.home, said) ??
    notAnswering(cluster, said.split('\n').find((line) => /FATAL|PANIC/.test(line)) ?? said)
  )
}

/** A connection that says we are here; undefined while the server starts, recovers or stops. */
async function knock(cluster: Cluster, port: number): Promise<pg.Client | undefined> {
  const client = new pg.Client({ ...ownerLogin(cluster, port, 'postgres'), connectionTimeoutMillis: 5000 })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query('select pg_advisory_lock_shared($1)', [present])
    return client
  } catch (error) {
    await client.end().catch(() => {})
    if ((error as pg.DatabaseError).code === '28P01')
      throw new StartProblem(
        `${cluster.home} 里的 passwords.json 与数据库不符：请恢复原来的文件。`,
        `passwords.json in ${cluster.home} is not that of its database: put the right file back.`,
      )
    return undefined
  }
}

/** True when nobody else is there. */
async function leave(client: pg.Client): Promise<boolean> {
  try {
    await client.query('select pg_advisory_unlock_shared($1)', [present])
    const { rows } = await client.query<{ last: boolean }>('select pg_try_advisory_lock($1) as last', [present])
    return rows[0]?.last === true
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

function notAnswering({ home }: Cluster, reason: string): StartProblem {
  const detail = reason.trim() && `（${reason.trim()}）`
  return new StartProblem(
    `自带的 PostgreSQL 没有启动${detail}，详见 ${home}/postgres.log。`,
    `The PostgreSQL that comes along did not start; ${home}/postgres.log says why.`,
  )
}
