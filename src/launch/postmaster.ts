import { spawn, spawnSync } from 'node:child_process'
import { closeSync, fstatSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Cluster } from './cluster.ts'
import { onDisk, textOf } from './disk.ts'
import { unsupported } from './programs.ts'
import { bareEnvironment } from './run-program.ts'

export type Postmaster = { pid: number; port: number; ready: boolean }

/** The server that runs on this cluster, whoever started it. */
export function postmasterOf({ folder }: Pick<Cluster, 'folder'>): Postmaster | undefined {
  const file = join(folder, 'postmaster.pid')
  const lines = onDisk(folder, () => textOf(file))?.split('\n') ?? []
  const pid = Number(lines[0])
  const program = pid > 0 ? programOf(pid) : ''
  if (program.includes('postgres'))
    return { pid, port: Number(lines[3]), ready: lines[7]?.startsWith('ready') === true }
  // After a restart of the container the number may be another program's, for whose end PostgreSQL would wait for ever.
  if (program) rmSync(file, { force: true })
  return undefined
}

/** Starts the server and waits until it is ready. Answers what it wrote when it ended instead. */
export async function startPostmaster(cluster: Cluster, port: number, flags: string[]): Promise<string | undefined> {
  const { folder, home, account, programs } = cluster
  const log = onDisk(home, () => openLog(join(home, 'postgres.log')))
  const before = fstatSync(log).size
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'timezone=UTC'].flatMap((set) => [
    '-c',
    set,
  ])
  // Detached: Ctrl-C is for us; requests under way still need the database.
  const options = { ...account, cwd: home, env: bareEnvironment, detached: true, windowsHide: true }
  const child = spawn(programs('postgres'), ['-D', folder, '-p', `${port}`, ...settings, ...flags], {
    ...options,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  let ended: Error | boolean = false
  child.once('exit', () => (ended = true)).once('error', (error) => (ended = error))
  child.unref()
  while (!ended && !postmasterOf(cluster)?.ready) await sleep(10)
  if ((ended as unknown) instanceof Error) throw unsupported()
  return ended ? readFileSync(join(home, 'postgres.log')).subarray(before).toString().trim() || 'postgres' : undefined
}

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

function openLog(path: string): number {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  if (size > 10 * 1024 * 1024) renameSync(path, `${path}.old`)
  return openSync(path, 'a', 0o600)
}

/** What runs under this number; empty when nothing does. */
function programOf(pid: number): string {
  if (process.platform === 'linux') return textOf(`/proc/${pid}/cmdline`)?.split('\0')[0] ?? ''
  const [tool, ...given] =
    process.platform === 'win32' ? ['tasklist', '/nh', '/fi', `PID eq ${pid}`] : ['ps', '-o', 'comm=', '-p', `${pid}`]
  return spawnSync(tool!, given, { encoding: 'utf8' }).stdout
}
