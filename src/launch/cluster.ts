import { chmodSync, existsSync, lstatSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { accountFor, reaches, type Account } from './account.ts'
import { initialise } from './initdb.ts'
import { onDisk } from './disk.ts'
import { programsFor, rootsFolder, type Programs } from './programs.ts'
import { keptFile, makeDataFolder, randomSecret } from './secret.ts'

export type Passwords = { owner: string; app: string }
export type Cluster = {
  /** Holds the cluster, its passwords and its log. */
  home: string
  folder: string
  account: Account
  programs: Programs
  passwords: Passwords
}

/** The cluster of a data folder, made when missing. `hasty` leaves the disk to write in its own time: for tests. */
export async function clusterIn(dataDir: string, hasty = false): Promise<Cluster> {
  makeDataFolder(dataDir)
  const account = accountFor(join(dataDir, 'postgres/cluster'))
  const home = onDisk(join(dataDir, 'postgres'), () => homeIn(dataDir, account))
  const programs = programsFor(account)
  const kept = keptFile(join(home, 'passwords.json'), () =>
    JSON.stringify({ owner: randomSecret(), app: randomSecret() } satisfies Passwords),
  )
  const cluster = { home, folder: join(home, 'cluster'), account, programs, passwords: JSON.parse(kept) as Passwords }
  if (!existsSync(cluster.folder)) await initialise(cluster, hasty)
  return cluster
}

/** When PostgreSQL's user cannot reach the data folder (root's home), it holds a link to one that he can. */
function homeIn(dataDir: string, account: Account): string {
  const home = join(dataDir, 'postgres')
  if (!lstatSync(home, { throwIfNoEntry: false })) {
    if (reaches(account, dataDir)) mkdirSync(home, { recursive: true, mode: 0o700 })
    else linkOutside(home)
  }
  if (account) chmodSync(home, 0o711)
  return realpathSync(home)
}

function linkOutside(home: string): void {
  mkdirSync(rootsFolder, { recursive: true })
  chmodSync(rootsFolder, 0o755)
  const target = mkdtempSync(join(rootsFolder, 'data-'))
  try {
    symlinkSync(target, home)
  } catch (error) {
    rmSync(target, { recursive: true })
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}
