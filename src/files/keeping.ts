import { createReadStream } from 'node:fs'
import type { Readable } from 'node:stream'
import type { Actor } from '../access/actor.ts'
import type { Tx } from '../db.ts'
import { trouble } from './fault.ts'
import { judge } from './judging.ts'
import { kinds } from './kinds.ts'
import { metered } from './metered.ts'
import { safeName } from './names.ts'
import { scan } from './scanner.ts'
import type { Store, Stored } from './shelf.ts'
import { theStore } from './store.ts'

/** Held shared while a row comes to an object, and alone while objects without a row are cleared away. */
export const storeLock = 7_240_117

export type Kept = Stored & { name: string; type: string }

/**
 * Judges a file that came with a form, and keeps its content. No row speaks of it yet: `recordFile` must follow, in the
 * transaction of what it belongs to; without that the sweep takes it away after a day.
 */
export async function keepFile(upload: { path: string; name: string }): Promise<Kept> {
  const name = safeName(upload.name)
  const kind = await judge(upload.path, name)
  await scan(upload.path)
  const store = await reached(theStore())
  const stored = await reached(store.put(createReadStream(upload.path)))
  return { ...stored, name, type: kinds[kind].type }
}

/** The row of a content, made when there is none: the same content twice at once is one row. */
export async function recordFile(tx: Tx, actor: Actor, { sha256, bytes, type }: Kept, now: Date): Promise<bigint> {
  await tx.$executeRaw`select pg_advisory_xact_lock_shared(${storeLock})`
  const store = await reached(theStore())
  if (!(await reached(store.has(sha256)))) throw trouble('gone', new Error(`swept while it was recorded: ${sha256}`))
  const [row] = await tx.$queryRaw<{ id: bigint }[]>`
    insert into stored_file (sha256, bytes, type, stored_at, stored_by_id)
    values (${sha256}, ${bytes}, ${type}, ${now}::timestamptz, ${actor.id})
    on conflict (sha256) do update set sha256 = excluded.sha256 returning id`
  return row!.id
}

/** The content of a file, streamed. */
export async function readFile(sha256: string): Promise<Readable> {
  const store = await reached(theStore())
  const content = await reached(store.get(sha256))
  if (!content) throw trouble('lost', new Error(`not in the store: ${sha256}`))
  return content
}

/** Whether the content is there and is what it was: `missing` and `changed` are told apart. */
export async function verifyFile(sha256: string, store?: Store): Promise<'good' | 'missing' | 'changed'> {
  const content = await (store ?? (await theStore())).get(sha256)
  if (!content) return 'missing'
  const { flow, read } = metered()
  for await (const _ of flow(content));
  return read().sha256 === sha256 ? 'good' : 'changed'
}

async function reached<T>(work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    const full = ['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException).code ?? '')
    throw trouble(full ? 'full' : 'store', error)
  })
}
