import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import type { Cluster } from './cluster.ts'
import { unsupported, type Program } from './programs.ts'

/** PGDATA and the like in our own environment must not steer PostgreSQL. */
export const bareEnvironment = { LC_ALL: 'C', TZ: 'UTC' }

/** What the program said when it failed; undefined when it did not. */
export async function runProgram(cluster: Cluster, name: Program, given: string[]): Promise<string | undefined> {
  const { programs, account, home } = cluster
  const options = { ...account, cwd: home, env: bareEnvironment, windowsHide: true }
  const child = spawn(programs(name), given, { ...options, stdio: ['ignore', 'ignore', 'pipe'] })
  const ended = new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve))
  const said = text(child.stderr)
  const code = await ended.catch(() => Promise.reject(unsupported()))
  return code === 0 ? undefined : (await said).trim() || `${name}: ${code}`
}
