import { pool } from '../db.ts'
import { storeLock } from './keeping.ts'
import type { Lying, Store } from './shelf.ts'
import { theStore } from './store.ts'

const day = 24 * 60 * 60_000
const atOnce = 500

/** Takes away what was left by uploads that broke off, and contents that no row speaks of, once they are a day old. */
export async function sweepStore(now: Date, stopped: () => boolean, store?: Store): Promise<{ cleared: number }> {
  const from = store ?? (await theStore())
  let [cleared, batch] = [0, [] as Lying[]]
  for await (const one of from.list()) {
    if (stopped()) break
    if (now.getTime() - one.at.getTime() < day) continue
    batch.push(one)
    if (batch.length < atOnce) continue
    cleared += await clear(from, batch)
    batch = []
  }
  return { cleared: cleared + (await clear(from, batch)) }
}

/** Nobody records a content while it is decided which have no row. */
async function clear(store: Store, batch: Lying[]): Promise<number> {
  if (batch.length === 0) return 0
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query('select pg_advisory_xact_lock($1)', [storeLock])
    const { rows } = await client.query<{ sha256: string }>('select sha256 from stored_file where sha256 = any($1)', [
      batch.flatMap(({ sha256 }) => sha256 ?? []),
    ])
    const known = new Set(rows.map(({ sha256 }) => sha256))
    const orphans = batch.filter(({ sha256 }) => sha256 === null || !known.has(sha256))
    for (const { key } of orphans) await store.remove(key)
    return orphans.length
  } finally {
    await client.query('commit').catch(() => {})
    client.release()
  }
}
