import type pg from 'pg'
import { Prisma } from '../../prisma/client/client.ts'
import { pool } from '../db.ts'
import { machineNow } from '../lib/clock.ts'
import { digestSql, form } from './digest.ts'
import { sign } from './keys.ts'
import { hashOf, noSeal, sha256, type Signed } from './seals.ts'

const sealing = 7_274_006
export const largestBatch = 50_000

/**
 * Below this id nothing is awaited any more. Ids are given out in one order and committed in another: a line may come to
 * light after younger ones were sealed, with an id up to where a seal was made while its transaction ran. So the floor is
 * a seal whose transactions had all ended when a later run looked: that run took what they left. (The minute: a line's id
 * is drawn a moment before its transaction gets its number.) Transactions that count lower than before are those of a
 * database that was restored, where nothing of the old one goes on.
 */
export const floorSql = Prisma.sql`
  run as (select n, horizon, settled from trail_seal where settled is not null order by n desc limit 1),
  quiet as (
    select s.n, s.sealed_at from trail_seal s join run r on s.n <= r.n and (s.horizon <= r.settled or s.horizon > r.horizon)
    order by s.n desc limit 1),
  floor as (
    select s.n, s.high_id from trail_seal s join quiet q on s.n <= q.n and s.sealed_at <= q.sealed_at - interval '1 minute'
    order by s.n desc limit 1)`

/** Seals all lines there are, in batches; answers how many. Several processes at once seal one after the other. */
export async function sealTrail(stopped = () => false, batch = largestBatch): Promise<number> {
  let [sealed, run] = [0, newRun(batch)]
  while (!stopped()) {
    const made = await inTransaction((client) => sealBatch(client, run))
    sealed += made.entries
    if (made.entries < batch) break
    run = made.run
  }
  return sealed
}

async function inTransaction<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let failure: Error | undefined
  try {
    await client.query('begin')
    const result = await work(client)
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch((lost: Error) => (failure = lost))
    throw error
  } finally {
    client.release(failure)
  }
}

type Batch = { entries: number; last: string; ids: string; digests: Buffer; horizon: string; settled: string | null }
type Last = { n: string; total: string; highId: string; hash: string }

/** What comes to light below `from`, or after `settled`, while a run is under way is the next one's. */
type Run = { from: bigint; settled: string | null; limit: number }
export const newRun = (limit = largestBatch): Run => ({ from: 0n, settled: null, limit })

/** In a transaction of the caller's. */
export async function sealBatch(client: pg.PoolClient, run: Run) {
  await client.query('select pg_advisory_xact_lock($1)', [sealing])
  const batch = (await client.query<Batch>(batchSql(run))).rows[0]!
  if (batch.entries === 0) return { entries: 0, run }
  const settled = run.settled ?? batch.settled
  const { rows } = await client.query<Last>(
    `select n::text, total::text, high_id::text as "highId", hash from trail_seal s order by s.n desc limit 1`,
  )
  const whole = batch.entries < run.limit
  await store(client, sealOf({ ...batch, settled: whole ? settled : null }, rows[0]), batch.digests)
  return { entries: batch.entries, run: { ...run, from: BigInt(batch.last), settled } }
}

function sealOf({ entries, last, ids, digests, horizon, settled }: Batch, before: Last | undefined): Signed {
  const high = [BigInt(last), BigInt(before?.highId ?? 0)].reduce((a, b) => (a > b ? a : b))
  const seal = {
    n: String(BigInt(before?.n ?? 0) + 1n),
    form,
    entries,
    total: String(BigInt(before?.total ?? 0) + BigInt(entries)),
    highId: String(high),
    ids,
    content: sha256(digests),
    horizon,
    settled,
    sealedAt: machineNow().toISOString(),
    previous: before?.hash ?? noSeal,
  }
  const hash = hashOf(seal)
  return { ...seal, hash, ...sign(hash) }
}

const batchSql = ({ from, limit }: Run) => Prisma.sql`
  with ${floorSql},
  start as (select greatest(coalesce((select high_id from floor), 0), ${from}::bigint) as id),
  sealed as (
    select coalesce(range_agg(ids), '{}') as ids from trail_seal where n > coalesce((select n from floor), 0)),
  batch as materialized (
    select e.id, ${digestSql} as digest from audit_entry e
    where e.id > (select id from start) and not e.id <@ (select ids from sealed)
    order by e.id limit ${limit})
  select count(*)::int as entries, max(id)::text as last, range_agg(int8range(id, id, '[]'))::text as ids,
    string_agg(digest, ''::bytea order by id) as digests, pg_snapshot_xmax(pg_current_snapshot())::text as horizon,
    pg_snapshot_xmin(pg_current_snapshot())::text as settled
  from batch`

async function store(client: pg.PoolClient, seal: Signed, digests: Buffer): Promise<void> {
  const { n, entries, total, highId, ids, horizon, settled, sealedAt, previous, hash, key, signature } = seal
  await client.query(
    `insert into trail_seal (n, form, entries, total, high_id, ids, digests, horizon, settled, sealed_at, previous, hash, key,
       signature)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [n, seal.form, entries, total, highId, ids, digests, horizon, settled, sealedAt, previous, hash, key, signature],
  )
}
