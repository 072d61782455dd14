import fc from 'fast-check'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Prisma } from '../../prisma/client/client.ts'
import { pool } from '../../src/db.ts'
import { moveClock } from '../../src/lib/clock.ts'
import { checkTrail } from '../../src/sealing/checking.ts'
import { digestSql, sealedColumns } from '../../src/sealing/digest.ts'
import { headOfTrail, type Head } from '../../src/sealing/head.ts'
import { nextSeals } from '../../src/sealing/lines.ts'
import { newRun, sealBatch, sealTrail } from '../../src/sealing/sealing.ts'
import { hashOf, sha256 } from '../../src/sealing/seals.ts'
import { othersEnded, ownTrail, writeLines } from './trail.ts'

const watch = { tell: () => Promise.resolve(), stopped: () => false }
/** One more, that the database began with. */
const lines = 241
const batches = 12

let intruder: pg.Client
let head: Head

beforeAll(async () => {
  // One connection: what is tried in its transaction is what the check sees, and all of it is taken back.
  ;({ intruder } = await ownTrail('tampering', ({ owner }) => ({ ...owner, max: 1 })))
  let at = Date.parse('2026-11-22T06:00:00Z')
  moveClock(() => new Date((at += 120_000)))
  for (let batch = 0; batch < batches; batch++) {
    await writeLines(intruder, 20)
    // A line that was rolled back leaves a hole, into which one could be put later.
    await intruder.query('begin')
    await writeLines(intruder, 1)
    await intruder.query('rollback')
    await othersEnded(intruder)
    await sealTrail()
  }
  await writeLines(intruder, 3)
  head = (await headOfTrail())!
})
afterAll(() => intruder.end())

type Tampering = { what: string; sql: string; kinds: string[] }

const any = (from: number, until: number) => fc.integer({ min: from, max: until })
/** The nth sealed line, whatever its id. */
const line = (n: number) => `(select id from audit_entry order by id offset ${n} limit 1)`
const sealed = any(0, lines - 1)
const seal = any(1, batches)

/** What each column may be changed to: always something else than it is. */
const changes: Record<string, string> = {
  id: 'id + 1000000',
  at: `at + interval '1 millisecond'`,
  kind: `case kind when 'read' then 'change' else 'read' end::audit_kind`,
  actor_id: `coalesce(actor_id, 0) + 1`,
  actor_name: `actor_name || ' '`,
  action: `'customer.opened'`,
  subject: `subject || '0'`,
  before: `case when before is null then 'null'::jsonb end`,
  after: `jsonb_set(coalesce(after, '{}'), '{name}', '"桃源"')`,
  why: `case when why is null then '' end`,
  ip: `coalesce(ip, '') || '1'`,
  request_id: `case when request_id is null then 'r0' end`,
}
const changesOfSeals: Record<string, string> = {
  n: 'n + 1000',
  form: 'form + 1',
  entries: 'entries - 1',
  total: 'total + 1',
  high_id: 'high_id + 5',
  ids: `ids * int8multirange(int8range(0, upper(ids) - 1))`,
  digests: `overlay(digests placing '\\x00'::bytea from 3) || '\\x00'`,
  horizon: `'7'::xid8`,
  settled: `case when settled is null then '7'::xid8 end`,
  sealed_at: `sealed_at - interval '1 ms'`,
  previous: `overlay(previous placing 'zz' from 5)`,
  hash: `overlay(hash placing 'zz' from 9)`,
  signature: `overlay(signature placing 'zz' from 9)`,
}

const updated = fc.tuple(fc.constantFrom(...Object.keys(changes)), sealed).map(([column, n]): Tampering => ({
  what: `column ${column} of line ${n}`,
  sql: `update audit_entry set ${column} = ${changes[column]} where id = ${line(n)}`,
  kinds: column === 'id' ? ['removed'] : ['altered'],
}))
const deleted = fc.tuple(sealed, any(1, 30)).map(([n, many]): Tampering => ({
  what: `${many} lines deleted from ${n}`,
  sql: `delete from audit_entry where id in (select id from audit_entry order by id offset ${n} limit ${many})`,
  kinds: ['removed'],
}))
/** Into a hole, before all lines, or with a fresh id in the place of one that was removed. */
const inserted = fc.constantFrom('hole', 'front').map((where): Tampering => ({
  what: `a line put in: ${where}`,
  sql: `insert into audit_entry (id, at, kind, actor_name, action, subject)
    select ${where === 'front' ? '-3' : `(select min(id) + 1 from audit_entry a where not exists (select from audit_entry b where b.id = a.id + 1))`},
      now(), 'change', '无何有', 'customer.corrected', 'customer:1'`,
  kinds: ['inserted'],
}))
const swapped = fc.tuple(sealed, sealed, fc.boolean()).map(([a, b, ids]): Tampering => {
  const other = a === b ? (a + 1) % lines : b
  return ids
    ? {
        what: `ids of lines ${a} and ${other} swapped`,
        sql: `create temp table pair on commit drop as select ${line(a)} as a, ${line(other)} as b;
          update audit_entry set id = -9 where id = (select a from pair);
          update audit_entry set id = (select a from pair) where id = (select b from pair);
          update audit_entry set id = (select b from pair) where id = -9`,
        kinds: ['altered'],
      }
    : {
        what: `contents of lines ${a} and ${other} swapped`,
        sql: `update audit_entry e set at = o.at, subject = o.subject, request_id = o.request_id, before = o.before, after = o.after
          from audit_entry o where e.id <> o.id and e.id in (${line(a)}, ${line(other)}) and o.id in (${line(a)}, ${line(other)})`,
        kinds: ['altered'],
      }
})
const cutOff = any(1, batches).map((from): Tampering => ({
  what: `everything from batch ${from} on cut off`,
  sql: `delete from audit_entry where id >= (select lower(ids) from trail_seal where n = ${from});
    delete from trail_seal where n >= ${from}`,
  kinds: ['cut_off'],
}))
const sealChanged = fc.tuple(fc.constantFrom(...Object.keys(changesOfSeals)), seal).map(([column, n]): Tampering => ({
  what: `column ${column} of seal ${n}`,
  sql: `update trail_seal set ${column} = ${changesOfSeals[column]} where n = ${n}`,
  kinds: ['seal_altered'],
}))
/** By itself: as one column among many it would come up too seldom to count on. */
const keyChanged = seal.map((n): Tampering => ({
  what: `the key of seal ${n}`,
  sql: `update trail_seal set key = '0000000000000000' where n = ${n}`,
  kinds: ['other_key'],
}))
const sealDeleted = seal.map((n): Tampering => ({
  what: `seal ${n} deleted`,
  sql: `delete from trail_seal where n = ${n}`,
  kinds: [n === batches ? 'cut_off' : 'seal_removed'],
}))
const sealInserted = fc.tuple(seal, fc.constantFrom(-1, 0, batches + 1)).map(([n, at]): Tampering => ({
  what: `a copy of seal ${n} put in as ${at}`,
  sql: `insert into trail_seal select ${at}, form, entries, total, high_id, ids, digests, horizon, sealed_at, previous, hash, key,
    signature, settled from trail_seal where n = ${n}`,
  kinds: ['seal_altered'],
}))

describe('AUD-02: whatever is done to the trail in the database itself is found', () => {
  it('AUD-02: untouched it is intact, and what is not sealed yet is counted', async () => {
    expect(await checkTrail(head, watch)).toEqual({
      seals: batches,
      entries: lines,
      unsealed: 3,
      places: 0,
      findings: [],
    })
  })

  it('AUD-02: 1,000 random tamperings by the owner are all found and named', { timeout: 120_000 }, async () => {
    const tampering = fc.oneof(
      updated,
      deleted,
      inserted,
      swapped,
      cutOff,
      sealChanged,
      keyChanged,
      sealDeleted,
      sealInserted,
    )
    const tried = new Map<string, number>()
    await fc.assert(
      fc.asyncProperty(tampering, async ({ what, sql, kinds }) => {
        const found = await afterwards(sql)
        tried.set(kinds.join(), (tried.get(kinds.join()) ?? 0) + 1)
        expect(found, what).toEqual(expect.arrayContaining(kinds))
      }),
      { numRuns: 1000 },
    )
    expect(Math.min(...tried.values())).toBeGreaterThan(5)
    expect(tried.size).toBe(7)
  })
})

describe('AUD-02: an intruder who also computes anew', () => {
  it('AUD-02: a line and every later seal made anew without the key is found at that batch', async () => {
    await intruding(async () => {
      await pool.query(`update audit_entry set subject = 'customer:7' where id = ${line(45)}`)
      await forgeFrom(3n)
      const { findings } = (await checkTrail(null, watch))!
      expect(findings[0]).toEqual({ kind: 'seal_altered', n: 1, seal: '3' })
    })
  })

  it('AUD-02: the same under a key of his own is told as a key unknown here', async () => {
    await intruding(async () => {
      await forgeFrom(3n, `key = 'ffffffffffffffff'`)
      const { findings, places } = (await checkTrail(null, watch))!
      expect(findings).toEqual([{ kind: 'other_key', n: 10, seal: '3', until: '12' }])
      expect(places).toBe(10)
    })
  })

  it('AUD-02: the end cut off and sealed anew by the product differs from the kept head', async () => {
    await intruding(async () => {
      await pool.query(`delete from audit_entry where id >= (select lower(ids) from trail_seal where n = 12)`)
      await pool.query(`delete from trail_seal where n = 12`)
      await writeLines(pool, 5)
      expect(await sealInside()).toBe(5)
      expect((await checkTrail(null, watch))!.findings).toEqual([])
      expect((await checkTrail(head, watch))!.findings).toEqual([{ kind: 'head_differs', n: 1, seal: '12' }])
    })
  })

  it('AUD-02: everything emptied is found with the head', async () => {
    await intruding(async () => {
      await pool.query(`delete from audit_entry; delete from trail_seal`)
      expect((await checkTrail(head, watch))!.findings).toEqual([{ kind: 'cut_off', n: 12, seal: '1', until: '12' }])
    })
  })
})

it('AUD-02: a line is sealed with every column that the trail has', async () => {
  const { rows } = await intruder.query<{ name: string }>(
    `select column_name as name from information_schema.columns where table_name = 'audit_entry' order by ordinal_position`,
  )
  expect(rows.map(({ name }) => name)).toEqual(sealedColumns)
  expect(Object.keys(changes)).toEqual(sealedColumns)
})

it('AUD-02: a line is the same in every time zone and date style', async () => {
  await intruding(async () => {
    await pool.query(
      `set local timezone to 'Pacific/Auckland'; set local datestyle to 'German'; set local extra_float_digits to -5`,
    )
    expect((await checkTrail(head, watch))!.findings).toEqual([])
  })
})

it('AUD-02: values that would break a query are found like others', async () => {
  const wild = [
    `update audit_entry set at = 'infinity' where id = ${line(5)}`,
    `update trail_seal set sealed_at = '-infinity' where n = 4`,
    `update trail_seal set ids = '{(,)}' where n = 4`,
    `update trail_seal set ids = '{[1,9223372036854775806]}', entries = 2147483647 where n = 4`,
    `update trail_seal set digests = '' where n = 4`,
    `update trail_seal set n = 9223372036854775807 where n = 4`,
    `update trail_seal set n = -9223372036854775807 where n = 4`,
    `update trail_seal set key = '', signature = '', hash = '' where n = 4`,
  ]
  for (const sql of wild) expect(await afterwards(sql), sql).not.toEqual([])
})

/** What a check finds after this; then it is taken back. */
function afterwards(sql: string): Promise<string[]> {
  return intruding(async () => {
    await pool.query(sql)
    return (await checkTrail(head, watch))!.findings.map(({ kind }) => kind)
  })
}

/** As the owner of the database, who passes the triggers by; all of it is taken back. */
async function intruding<T>(work: () => Promise<T>): Promise<T> {
  await pool.query('begin')
  try {
    await pool.query('set local session_replication_role = replica')
    return await work()
  } finally {
    await pool.query('rollback')
  }
}

/** Everything a seal is made of can be computed by whoever reads the source; only the key is not in the database. */
async function forgeFrom(first: bigint, also = 'n = n'): Promise<void> {
  let previous: string | null = null
  for (const seal of await nextSeals(first - 1n, 100)) {
    const { rows } = await pool.query<{ digests: Buffer }>(digestsOf(seal.ids))
    const made = { ...seal, content: sha256(rows[0]!.digests), previous: previous ?? seal.previous }
    previous = hashOf(made)
    await pool.query(`update trail_seal set digests = $2, previous = $3, hash = $4, ${also} where n = $1`, [
      seal.n,
      rows[0]!.digests,
      made.previous,
      previous,
    ])
  }
}

const digestsOf = (ids: string) => Prisma.sql`
  select string_agg(${digestSql}, ''::bytea order by e.id) as digests from audit_entry e where e.id <@ ${ids}::int8multirange`

/** As the product seals, but in the transaction that is taken back. */
async function sealInside(): Promise<number> {
  const client = await pool.connect()
  try {
    return (await sealBatch(client, newRun())).entries
  } finally {
    client.release()
  }
}
