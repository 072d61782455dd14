import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { link, mkdir, open, opendir, rm, stat, unlink, utimes } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { machineNow } from '../lib/clock.ts'
import { metered } from './metered.ts'
import { hashIn, keyOf, temporary, type Content, type Lying, type Store, type Stored } from './shelf.ts'

/** A folder of this machine, or one that is mounted; readable by its owner alone. */
export function folderStore(folder: string): Store {
  const pathOf = (sha256: string) => join(folder, keyOf(sha256))
  return {
    put: (content) => put(folder, content),
    get: (sha256) => orNull(async () => (await open(pathOf(sha256))).createReadStream()),
    has: async (sha256) => (await orNull(() => stat(pathOf(sha256)))) !== null,
    list: () => lyingIn(folder),
    remove: (key) => rm(join(folder, key), { force: true }),
  }
}

async function put(folder: string, content: Content): Promise<Stored> {
  const draft = join(folder, temporary, randomUUID())
  await mkdir(dirname(draft), { recursive: true, mode: 0o700 })
  try {
    const { flow, read } = metered()
    // Flushed: a row must never speak of what a power cut takes away.
    await pipeline(flow(content), createWriteStream(draft, { flags: 'wx', mode: 0o600, flush: true }))
    const stored = read()
    await keep(draft, join(folder, keyOf(stored.sha256)))
    return stored
  } finally {
    await rm(draft, { force: true })
  }
}

/** A second name for the same content; where it is there already nothing is written, it only counts as new again. */
async function keep(draft: string, path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  try {
    await link(draft, path)
    await settle(dirname(path))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    const now = machineNow()
    await utimes(path, now, now)
  }
  await unlink(draft)
}

async function settle(folder: string): Promise<void> {
  const handle = await open(folder)
  // Windows and some network drives cannot: there the file alone is flushed.
  await handle.sync().catch(() => {})
  await handle.close()
}

async function* lyingIn(folder: string): AsyncGenerator<Lying> {
  const entries = await orNull(() => opendir(folder, { recursive: true }))
  if (!entries) return
  for await (const entry of entries) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const found = await orNull(() => stat(path))
    if (!found) continue
    const key = path.slice(folder.length + 1).replaceAll('\\', '/')
    if (!hashIn(key) && !key.startsWith(`${temporary}/`)) continue
    yield { key, sha256: hashIn(key), bytes: found.size, at: found.mtime }
  }
}

async function orNull<T extends Readable | object>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
