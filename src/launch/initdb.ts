import { chownSync, existsSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Account } from './account.ts'
import type { Cluster } from './cluster.ts'
import { diskProblem, onDisk } from './disk.ts'
import { StartProblem } from './problem.ts'
import { runProgram } from './run-program.ts'

/** Into a draft first: a cluster that has its name is whole, and of two starts at once one wins. */
export async function initialise(cluster: Cluster, hasty: boolean): Promise<void> {
  const { home, folder, account, passwords } = cluster
  const draft = onDisk(home, () => prepareDraft(home, account, passwords.owner))
  try {
    await initdb(cluster, draft, hasty)
    onDisk(home, () => publish(join(draft, 'cluster'), folder))
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
}

function prepareDraft(home: string, account: Account, password: string): string {
  for (const name of readdirSync(home)) {
    const maker = /^draft-(\d+)-/.exec(name)?.[1]
    if (maker && !alive(Number(maker))) discard(join(home, name))
  }
  const draft = mkdtempSync(join(home, `draft-${process.pid}-`))
  const file = join(draft, 'password')
  writeFileSync(file, password, { mode: 0o600 })
  if (account) for (const path of [draft, file]) chownSync(path, account.uid, account.gid)
  return draft
}

/** The initdb of a killed start may live a moment longer, and write into what is being removed. */
function discard(draft: string): void {
  for (let left = 50; ; left--)
    try {
      return rmSync(draft, { recursive: true, force: true })
    } catch (error) {
      if (left === 0 || (error as NodeJS.ErrnoException).code !== 'ENOTEMPTY') throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100)
    }
}

async function initdb(cluster: Cluster, draft: string, hasty: boolean): Promise<void> {
  // With LC_CTYPE C pg_trgm drops every Chinese character, whatever the provider (libraries.md §2).
  const characters = process.platform === 'linux' ? 'C.UTF-8' : 'en_US.UTF-8'
  const locale = [
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--lc-collate=C',
    `--lc-ctype=${characters}`,
  ]
  const login = ['--username=kehu_owner', '--auth=scram-sha-256', `--pwfile=${join(draft, 'password')}`]
  const safety = hasty ? ['--no-sync'] : []
  const said = await runProgram(cluster, 'initdb', ['-D', join(draft, 'cluster'), ...locale, ...login, ...safety])
  if (said === undefined) return
  if (/could not look up effective user ID/.test(said))
    throw new StartProblem(
      `当前系统用户（编号 ${process.getuid?.()}）在 /etc/passwd 中没有名字，PostgreSQL 不能启动：请给它一个名字，或设置 DATABASE_URL。`,
      `The system user ${process.getuid?.()} has no name in /etc/passwd, which PostgreSQL needs: give it one, or set DATABASE_URL.`,
    )
  const reason = said.split('\n').find((line) => /error:|FATAL:/.test(line)) ?? said
  throw (
    diskProblem(cluster.home, said) ??
    new StartProblem(`PostgreSQL 初始化失败：${reason}`, `PostgreSQL could not be set up: ${reason}`)
  )
}

function publish(draft: string, folder: string): void {
  try {
    renameSync(draft, folder)
  } catch (error) {
    // Another start was first: its cluster has the same password.
    if (!existsSync(folder)) throw error
  }
}

function alive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
