import type pg from 'pg'
import { verifyFile } from '../files/keeping.ts'
import { keyOf, type Store } from '../files/shelf.ts'
import type { StoredFile } from './stored-files.ts'
import type { Table } from './tables.ts'

const day = 24 * 60 * 60_000
type Row = { sha256: string; bytes: number }

/**
 * Whether every content that a row speaks of is there and is what its name says. `elsewhere`: it lies in object storage,
 * which is the company's own to copy; the backup then holds the rows, with size and fingerprint, and this check.
 */
export type Contents = { kept: 'here' | 'elsewhere'; known: number; missing: number; changed: number }

export async function contentRows(client: pg.Client, tables: Table[]): Promise<Row[]> {
  // The database of a release that knew no files is backed up, too.
  if (!tables.some(({ name }) => name === 'stored_file')) return []
  const { rows } = await client.query<Row>('select sha256, bytes::float8 as bytes from public.stored_file')
  return rows
}

/** Of those that the backup has copied: each was read to its end. */
export function contentsHere(rows: Row[], files: StoredFile[]): Contents {
  const copied = new Map(files.map(({ path, sha256 }) => [path, sha256]))
  const found = rows.map(({ sha256 }) => copied.get(`files/${keyOf(sha256)}`))
  const missing = found.filter((one) => one === undefined).length
  const changed = rows.filter(({ sha256 }, at) => found[at] !== undefined && found[at] !== sha256).length
  return { kept: 'here', known: rows.length, missing, changed }
}

/**
 * Of those that lie in object storage: it is asked what it has, and how large; and a sixteenth of them is read and
 * compared, another one each night, so that none goes unread for longer than sixteen.
 */
export async function contentsElsewhere(rows: Row[], store: Store, at: Date): Promise<Contents> {
  const sizes = new Map<string, number>()
  for await (const { sha256, bytes } of store.list()) if (sha256) sizes.set(sha256, bytes)
  const turn = (Math.floor(at.getTime() / day) % 16).toString(16)
  let [missing, changed] = [0, 0]
  for (const { sha256, bytes } of rows) {
    const size = sizes.get(sha256)
    if (size === undefined) missing++
    else if (size !== bytes) changed++
    else if (sha256.startsWith(turn) && (await verifyFile(sha256, store)) !== 'good') changed++
  }
  return { kept: 'elsewhere', known: rows.length, missing, changed }
}
