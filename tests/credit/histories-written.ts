import { textOf } from '../../src/calendar/week.ts'
import { pool } from '../../src/db.ts'
import { dayStart } from '../../src/lib/dates.ts'
import { paidBy, type History } from './histories.ts'

const yuan = (fen: number) => (fen / 100).toFixed(2)
const day = (number: number) => textOf(number)

/** Writes them, each for a customer of its own; answers with the customers' ids in the same order. */
export async function written(histories: readonly History[], mark: string): Promise<bigint[]> {
  const client = await pool.connect()
  const insert = async (sql: string, rows: readonly object[]): Promise<bigint[]> => {
    if (rows.length === 0) return []
    const { rows: made } = await client.query<{ id: string }>(sql, [JSON.stringify(rows)])
    return made.map(({ id }) => BigInt(id))
  }
  try {
    await client.query('begin')
    return await writeAll(insert, histories, mark)
  } finally {
    await client.query('commit')
    client.release()
  }
}

type Insert = (sql: string, rows: readonly object[]) => Promise<bigint[]>

async function writeAll(insert: Insert, histories: readonly History[], mark: string): Promise<bigint[]> {
  const at = dayStart('2024-01-01').toISOString()
  const base = { at }
  const ids = await insert(
    customerSql,
    histories.map(({ confirmed, lost }, n) => ({ ...base, n, number: `${mark}${n}`, confirmed, lost })),
  )
  const of = <T extends object>(lists: (history: History) => readonly T[]) =>
    histories.flatMap((history, h) => lists(history).map((row, n) => ({ ...base, ...row, h, n, c: String(ids[h]) })))
  await insert(
    identitySql,
    of(({ identity }) => (identity ? [{ number: `${mark}I` }] : [])),
  )
  await insert(
    contractSql,
    of(({ contracts }) =>
      contracts.map(({ from, until, ended }) => ({
        from: day(from),
        until: day(until),
        ended: ended === null ? null : day(ended),
        mark,
      })),
    ),
  )
  await insert(
    termsSql,
    of(({ terms }) =>
      terms.map(({ from, until, method, amount, approved }) => ({
        from: day(from),
        until: until === null ? null : day(until),
        method,
        amount: amount === null ? null : yuan(amount),
        state: approved ? 'approved' : 'refused',
      })),
    ),
  )
  const goods = of((history) =>
    history.goods.map(({ day: on, amount, term, countered }) => ({
      on: day(on),
      amount: yuan(amount),
      term,
      countered: countered && yuan(-countered.amount),
      mark,
    })),
  )
  const goodsIds = await insert(shipmentSql, goods)
  await insert(
    counterSql('shipment', 'shipped_on', ''),
    goods.flatMap((row, n) => (row.countered ? [{ ...row, of: String(goodsIds[n]), amount: row.countered }] : [])),
  )
  const releases = of((history) => history.releases.map(({ amount, state }) => ({ amount: yuan(amount), state, mark })))
  const releaseIds = await insert(releaseSql, releases)
  const releaseAt = new Map(releases.map((row, n) => [`${row.h} ${row.n}`, releaseIds[n]!]))
  const money = of((history) =>
    history.money.map(({ day: on, amount, countered, release, byHand }, n) => ({
      on: day(on),
      amount: yuan(amount),
      countered,
      byHand,
      release,
      mark,
      n,
    })),
  )
  const moneyIds = await insert(
    receiptSql,
    money.map((row) => ({
      ...row,
      release: row.release === null ? null : String(releaseAt.get(`${row.h} ${row.release}`)),
    })),
  )
  await insert(
    counterSql('receipt', 'received_on', ', way'),
    money.flatMap((row, n) => (row.countered ? [{ ...row, of: String(moneyIds[n]), amount: `-${row.amount}` }] : [])),
  )
  const places = <R extends { h: number; n: number }>(rows: R[], found: bigint[]) =>
    new Map(rows.map((row, n) => [`${row.h} ${row.n}`, found[n]!]))
  const [goodsAt, moneyAt] = [places(goods, goodsIds), places(money, moneyIds)]
  await insert(
    allocationSql,
    histories.flatMap((history, h) =>
      paidBy(history).map((line) => ({
        ...base,
        receipt: String(moneyAt.get(`${h} ${line.money}`)),
        shipment: String(goodsAt.get(`${h} ${line.goods}`)),
        amount: yuan(line.amount),
      })),
    ),
  )
  return ids
}

const staff = '(select min(id) from staff)'
const customerSql = `insert into customer (number, name, core, pinyin, initials, grams, search_text, kind, standing, life, created_by_id, confirmed_at, confirmed_by_id)
  select r.number, '随机 ' || r.number, r.number, '', '', '{}', '', 'organisation', (case when r.confirmed then 'confirmed' else 'provisional' end)::customer_standing,
    (case when r.lost then 'lost' else 'signed' end)::customer_life, ${staff}, case when r.confirmed then r.at end, case when r.confirmed then ${staff} end
  from json_to_recordset($1) as r(n int, number text, confirmed bool, lost bool, at timestamptz) order by r.n returning id`
const identitySql = `with file as (
    insert into customer_file (number, customer_id, keeper_id, opened_at, opened_by_id)
    select r.number || r.h, r.c, ${staff}, r.at, ${staff} from json_to_recordset($1) as r(h int, number text, c bigint, at timestamptz)
    returning id, customer_id, number, opened_at),
  volume as (insert into volume (file_id, n, title) select id, 1, '第 1 卷' from file returning id, file_id)
  insert into archive_item (number, file_id, customer_id, volume_id, n, title, grams, search_text, type, pages, medium, secrecy, important, created_at, created_by_id)
  select f.number, f.id, f.customer_id, v.id, 1, '身份证', '{}', '', 'identity', 1, 'paper', 'internal', false, f.opened_at, ${staff}
  from file f join volume v on v.file_id = f.id returning id`
const contractSql = `insert into contract (number, customer_id, kind, signed_on, starts_on, ends_on, ended_on, ended_reason, term_days, terms, recorded_at, recorded_by_id)
  select r.mark || 'C' || r.h || '-' || r.n, r.c, 'distribution', r."from", r."from", r.until, r.ended, case when r.ended is not null then '解除' end, 30, '月结', r.at, ${staff}
  from json_to_recordset($1) as r(h int, n int, mark text, c bigint, "from" date, until date, ended date, at timestamptz) returning id`
const termsSql = `insert into credit_terms (customer_id, method, amount, starts_on, ends_on, reason, state, asked_at, asked_by_id, signed_at)
  select r.c, r.method::credit_method, r.amount, r."from", r.until, '随机', r.state::credit_decision, r.at, ${staff}, r.at
  from json_to_recordset($1) as r(h int, n int, c bigint, method text, amount numeric, "from" date, until date, state text, at timestamptz)
  order by r.h, r.n returning id`
const shipmentSql = `insert into shipment (number, document, customer_id, amount, shipped_on, term_days, source, recorded_at, recorded_by_id)
  select r.mark || 'S' || r.h || '-' || r.n, r.mark || 'S' || r.h || '-' || r.n, r.c, r.amount, r."on", r.term, 'import', r.at, ${staff}
  from json_to_recordset($1) as r(h int, n int, mark text, c bigint, amount numeric, "on" date, term int, at timestamptz) order by r.h, r.n returning id`
const receiptSql = `insert into receipt (number, document, customer_id, amount, received_on, way, by_hand, release_id, source, recorded_at, recorded_by_id)
  select r.mark || 'R' || r.h || '-' || r.n, r.mark || 'R' || r.h || '-' || r.n, r.c, r.amount, r."on", 'transfer', r."byHand", r.release, 'import', r.at, ${staff}
  from json_to_recordset($1) as r(h int, n int, mark text, c bigint, amount numeric, "on" date, "byHand" bool, release bigint, at timestamptz) order by r.h, r.n returning id`
const releaseSql = `insert into release (number, customer_id, amount, goods, state, requested_at, requested_by_id, ground, released_at, shipped_at, shipped_by_id, shipped_amount, cancelled_at, cancelled_by_id, cancel_reason)
  select r.mark || 'F' || r.h || '-' || r.n, r.c, r.amount, '随机', r.state::release_state, r.at, ${staff}, (case when r.state in ('released', 'shipped') then 'within' end)::release_ground,
    case when r.state in ('released', 'shipped') then r.at end, case when r.state = 'shipped' then r.at end, case when r.state = 'shipped' then ${staff} end,
    case when r.state = 'shipped' then r.amount end, case when r.state = 'cancelled' then r.at end, case when r.state = 'cancelled' then ${staff} end, case when r.state = 'cancelled' then '随机' end
  from json_to_recordset($1) as r(h int, n int, mark text, c bigint, amount numeric, state text, at timestamptz) order by r.h, r.n returning id`
const counterSql = (
  table: string,
  on: string,
  more: string,
) => `insert into ${table} (number, document, customer_id, counter_of_id, amount, ${on}, reason, source, recorded_at, recorded_by_id${more})
  select r.mark || '${table}' || r.h || '-' || r.n, r.mark || '${table}' || r.h || '-' || r.n, r.c, r."of", r.amount, r."on", '退', 'import', r.at, ${staff}${more ? `, 'transfer'` : ''}
  from json_to_recordset($1) as r(h int, n int, mark text, c bigint, "of" bigint, amount numeric, "on" date, at timestamptz) returning id`
const allocationSql = `insert into allocation (receipt_id, shipment_id, amount, way, at, by_id)
  select r.receipt, r.shipment, r.amount, 'oldest', r.at, ${staff}
  from json_to_recordset($1) as r(receipt bigint, shipment bigint, amount numeric, at timestamptz) returning id`
