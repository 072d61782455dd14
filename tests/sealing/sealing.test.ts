import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { pool } from '../../src/db.ts'
import { moveClock } from '../../src/lib/clock.ts'
import { checkTrail } from '../../src/sealing/checking.ts'
import { fileOf, headIn, headOfTrail } from '../../src/sealing/head.ts'
import { sealTrail } from '../../src/sealing/sealing.ts'
import type { Login } from '../support/globalSetup.ts'
import { othersEnded, ownTrail, writeLines } from './trail.ts'

const watch = { tell: () => Promise.resolve(), stopped: () => false }
const check = async () => (await checkTrail(null, watch))!
const intact = { places: 0, findings: [] }

let intruder: pg.Client
let app: Login
let at = Date.parse('2026-11-22T06:00:00Z')
const pass = (minutes: number) => (at += minutes * 60_000)

beforeAll(async () => {
  ;({ intruder, app } = await ownTrail('sealing'))
  moveClock(() => new Date(at))
})
afterAll(() => intruder.end())
const asIntruder = async (sql: string) => {
  await intruder.query('set session_replication_role = replica')
  await intruder.query(sql)
  await intruder.query('set session_replication_role = default')
}
beforeEach(async () => {
  pass(10)
  await asIntruder('delete from trail_seal; delete from audit_entry')
})
const sealsOf = async () =>
  (await pool.query<{ n: string; ids: string; entries: number }>('select n, ids, entries from trail_seal order by n'))
    .rows

/** Somebody whose transaction is under way. */
async function slowWriter() {
  const client = new pg.Client(app)
  await client.connect()
  await client.query('begin')
  await writeLines(client, 1)
  return {
    commit: async () => {
      await client.query('commit')
      await client.end()
    },
    rollback: async () => {
      await client.query('rollback')
      await client.end()
    },
  }
}

describe('AUD-02: sealing', () => {
  it('AUD-02: of nothing there is nothing to seal, nothing to check and no head', async () => {
    expect(await sealTrail()).toBe(0)
    expect(await check()).toEqual({ ...intact, seals: 0, entries: 0, unsealed: 0 })
    expect(await headOfTrail()).toBeNull()
  })

  it('AUD-02: many lines become several batches, and what is sealed is not sealed again', async () => {
    await writeLines(pool, 105)
    expect(await sealTrail(() => false, 10)).toBe(105)
    expect((await sealsOf()).map(({ entries }) => entries)).toEqual([...Array<number>(10).fill(10), 5])
    expect(await sealTrail()).toBe(0)
    expect(await check()).toEqual({ ...intact, seals: 11, entries: 105, unsealed: 0 })
  })

  it('AUD-02: a line that is committed after younger ones were sealed is sealed in the next batch', async () => {
    await writeLines(pool, 3)
    const slow = await slowWriter()
    await writeLines(pool, 3)
    expect(await sealTrail()).toBe(6)
    for (let round = 0; round < 4; round++) {
      pass(5)
      await writeLines(pool, 2)
      expect(await sealTrail()).toBe(2)
    }
    await slow.commit()
    expect(await check()).toMatchObject({ ...intact, unsealed: 1 })
    pass(5)
    await writeLines(pool, 1)
    expect(await sealTrail()).toBe(2)
    expect((await sealsOf()).at(-1)!.ids.match(/\[/g)).toHaveLength(2)
    expect(await check()).toMatchObject({ ...intact, entries: 16, unsealed: 0 })
  })

  it('AUD-02: an id drawn a moment before its transaction began counts as late, a minute later as put in', async () => {
    const draw = async () => {
      const { rows } = await pool.query<{ id: string }>(`select nextval('audit_entry_id_seq') as id`)
      return () =>
        pool.query(
          `insert into audit_entry (id, kind, actor_name, action, subject) values ($1, 'read', '云外客', 'customer.opened', 'customer:1')`,
          [rows[0]!.id],
        )
    }
    const write = await draw()
    await writeLines(pool, 2)
    await sealTrail()
    await write()
    await writeLines(pool, 1)
    expect(await sealTrail()).toBe(2)
    expect(await check()).toMatchObject(intact)

    const later = await draw()
    for (let round = 0; round < 3; round++) {
      await writeLines(pool, 1)
      await othersEnded(intruder)
      await sealTrail()
      pass(2)
    }
    await later()
    expect(await sealTrail()).toBe(0)
    expect((await check()).findings).toMatchObject([{ kind: 'inserted', n: 1 }])
  })

  it('AUD-02: holes of what was rolled back are no tampering', async () => {
    const slow = await slowWriter()
    await writeLines(pool, 2)
    await sealTrail()
    await slow.rollback()
    for (let round = 0; round < 3; round++) {
      pass(5)
      await writeLines(pool, 1)
      await sealTrail()
    }
    expect(await check()).toEqual({ ...intact, seals: 4, entries: 5, unsealed: 0 })
  })

  it('AUD-02: five seal at once while ten write: every line is in one batch', async () => {
    const writers = Array.from({ length: 10 }, async () => {
      for (let round = 0; round < 10; round++) await writeLines(pool, 3)
    })
    const sealers = Array.from({ length: 5 }, async () => {
      for (let round = 0; round < 8; round++) await sealTrail(() => false, 7)
    })
    await Promise.all([...writers, ...sealers])
    await sealTrail()
    expect(await check()).toMatchObject({ ...intact, entries: 300, unsealed: 0 })
    const seals = await sealsOf()
    expect(seals.map(({ n }) => Number(n))).toEqual(seals.map((_, index) => index + 1))
    expect(seals.reduce((sum, { entries }) => sum + entries, 0)).toBe(300)
  })

  it('AUD-02: a database that was restored elsewhere, where transactions count from the beginning, is sealed on', async () => {
    await writeLines(pool, 4)
    await sealTrail()
    await asIntruder(`update trail_seal set horizon = '99999999999'`)
    pass(10)
    await writeLines(pool, 2)
    expect(await sealTrail()).toBe(2)
    pass(10)
    await writeLines(pool, 1)
    expect(await sealTrail()).toBe(1)
    expect((await check()).findings).toEqual([{ kind: 'seal_altered', n: 1, seal: '1' }])
  })

  it('AUD-02: a check that is stopped says nothing; sealing that is stopped leaves the rest for later', async () => {
    await writeLines(pool, 20)
    let rounds = 0
    expect(await sealTrail(() => rounds++ > 0, 5)).toBe(5)
    expect(await checkTrail(null, { ...watch, stopped: () => true })).toBeNull()
    expect(await sealTrail()).toBe(15)
  })
})

describe('AUD-02: seals are append-only', () => {
  const acts = [`update trail_seal set entries = 0`, `delete from trail_seal`, `truncate trail_seal`]
  it.each(acts)('AUD-02: %s', async (sql) => {
    await writeLines(pool, 1)
    await sealTrail()
    await expect(pool.query(sql)).rejects.toThrow(/permission denied/)
    await expect(intruder.query(sql)).rejects.toThrow(/append-only/)
  })
})

describe('AUD-02: the exported head', () => {
  it('AUD-02: comes back as it was, and not when a character was changed', async () => {
    await writeLines(pool, 3)
    await sealTrail()
    const head = (await headOfTrail())!
    const text = fileOf(head, new Date(at))
    expect(headIn(text)).toEqual(head)
    expect(headIn(`\uFEFF${text}`)).toEqual(head)
    expect(headIn(text.replace('"n": "1"', '"n": "2"'))).toBe('altered')
    expect(headIn(text.replace(/"key": "\w{4}/, '"key": "0000'))).toBe('otherKey')
    for (const other of ['', '{}', '[]', 'null', text.slice(5), '{"product":"kehu-trail-head"}'])
      expect(headIn(other)).toBe('unreadable')
  })
})
