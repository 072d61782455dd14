import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { dateTimeText } from '../lib/dates.ts'
import { describe, type Manifest } from './manifest.ts'

// A folder of backups: each in a folder of its own, which gets its name when it is whole and has been read back.

const unfinished = '.part-'
const unfinishedKept = 12 * 60 * 60_000
const drillFile = 'drill.json'

export const tablePart = (table: string) => `tables/${table}.gz`
export const filePart = (at: number) => `files/${at}.gz`
export const listPart = 'files.gz'

/** kehu-20261122-020000-1a2b3c4d, by the company's wall clock. */
export function nameFor(at: Date): string {
  const [day, time] = dateTimeText(at).replaceAll(/[-:]/g, '').split(' ')
  const seconds = String(at.getUTCSeconds()).padStart(2, '0')
  return `kehu-${day}-${time}${seconds}-${randomBytes(4).toString('hex')}`
}

export const draftOf = (folder: string, name: string) => join(folder, unfinished + name)

/** Newest first. What lies about besides, whole or not, is none. */
export async function backupsIn(folder: string): Promise<Manifest[]> {
  const names = existsSync(folder) ? await readdir(folder) : []
  const found = await Promise.all(
    names
      .filter((name) => name.startsWith('kehu-'))
      .map(async (name) => ({ name, is: await describe(join(folder, name)) })),
  )
  return found
    .flatMap(({ name, is }) => (is?.name === name ? [is] : []))
    .toSorted((a, b) => (a.takenAt === b.takenAt ? (a.name < b.name ? 1 : -1) : a.takenAt < b.takenAt ? 1 : -1))
}

/** Keeps so many of the newest; called only when a new one has been read back. */
export async function keepNewest(folder: string, keep: number): Promise<string[]> {
  const old = (await backupsIn(folder)).slice(keep).map(({ name }) => name)
  for (const name of old) {
    // Under another name first: half of one must never look like a backup.
    const gone = draftOf(folder, name)
    await rename(join(folder, name), gone)
    await rm(gone, { recursive: true, force: true })
  }
  return old
}

/** What is left of backups whose process was killed. */
export async function sweepUnfinished(folder: string, now: Date): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith(unfinished)) continue
    const { mtimeMs } = await stat(join(folder, name))
    if (now.getTime() - mtimeMs > unfinishedKept) await rm(join(folder, name), { recursive: true, force: true })
  }
}

/** A power cut after this leaves the folder under its new name, or under its old one. */
export async function publish(draft: string, target: string, folder: string): Promise<void> {
  await flushed(draft)
  await rename(draft, target)
  await flushed(folder)
}

async function flushed(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder)
  await handle.sync().finally(() => handle.close())
}

export async function storedSize(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const sizes = entries
    .filter((entry) => entry.isFile())
    .map(async (entry) => (await stat(join(entry.parentPath, entry.name))).size)
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
}

/** What came of restoring a backup beside the running system. */
export type Drill = { backup: string; at: string; good: boolean; tookMs: number; rows: number; problem: string | null }

export async function keepDrill(folder: string, drill: Drill): Promise<void> {
  const draft = join(folder, `${unfinished}${drillFile}`)
  await writeFile(draft, JSON.stringify(drill), { mode: 0o600 })
  await rename(draft, join(folder, drillFile))
}

export async function lastDrill(folder: string): Promise<Drill | null> {
  try {
    return JSON.parse(await readFile(join(folder, drillFile), 'utf8')) as Drill
  } catch {
    return null
  }
}
