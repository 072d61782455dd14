import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { dirname } from 'node:path'
import { StartProblem } from './problem.ts'

/** The system user PostgreSQL runs as; undefined is the one who started us. */
export type Account = { uid: number; gid: number } | undefined

/** PostgreSQL refuses root: then it runs as the owner of the cluster, or as the first unprivileged user there is. */
export function accountFor(cluster: string): Account {
  if (process.getuid?.() !== 0) return undefined
  const owner = statSync(cluster, { throwIfNoEntry: false })
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  for (const name of ['postgres', '_postgres', 'nobody']) {
    const [uid, gid] = [number('-u', name), number('-g', name)]
    if (uid && gid) return { uid, gid }
  }
  throw new StartProblem(
    'PostgreSQL 不能以 root 运行，而系统里没有 postgres 或 nobody 用户：请用普通用户启动。',
    'PostgreSQL refuses to run as root, and there is no user postgres or nobody: start as an ordinary user.',
  )
}

/** Whether the account may pass every folder above `path` and use `path` itself; root's home is closed to others. */
export function reaches(account: Account, path: string): boolean {
  if (!account) return true
  const { uid, gid, mode } = statSync(path)
  const shift = uid === account.uid ? 6 : gid === account.gid ? 3 : 0
  const passable = ((mode >> shift) & 1) === 1
  return passable && (dirname(path) === path || reaches(account, dirname(path)))
}

function number(flag: string, name: string): number | undefined {
  const { status, stdout } = spawnSync('id', [flag, name], { encoding: 'utf8' })
  // macOS gives nobody the number 2^32 - 2, which Node wants as -2.
  return status === 0 ? Number(stdout) | 0 : undefined
}
