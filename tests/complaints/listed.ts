import type { Actor } from '../../src/access/actor.ts'
import { readSearch, type ComplaintListQuery } from '../../src/complaints/list/address.ts'
import { complaintsFor } from '../../src/complaints/list/queries.ts'
import { pool } from '../../src/db.ts'
import { make, theCast } from '../support/make.ts'

export const at = new Date('2026-11-22T06:00:00Z')
export const asked = (search: string): ComplaintListQuery => readSearch(search)!
export const numbersOf = ({ rows }: { rows: { number: string }[] }) => rows.map(({ number }) => number)

/** The numbers that a query of one's own finds. */
export async function oracle(where: string, order = 'id'): Promise<string[]> {
  const { rows } = await pool.query<{ number: string }>(`select number from complaint where ${where} order by ${order}`)
  return rows.map(({ number }) => number)
}

/** The whole of a list, page by page. */
export async function walk(actor: Actor, search: string, way: 'after' | 'before', start?: string): Promise<string[][]> {
  const pages: string[][] = []
  for (let mark = start; ;) {
    const list = await complaintsFor(actor, { ...asked(search), ...(mark ? { [way]: mark } : {}) }, at)
    pages.push(numbersOf(list))
    if (way === 'after' ? !list.later : !list.earlier) return pages
    mark = way === 'after' ? list.rows.at(-1)!.number : list.rows[0]!.number
  }
}

/** Many complaints of a new department, every kind among them; answers with the department's id. */
export async function manyComplaints(name: string, count: number): Promise<string> {
  const { front_desk, sales } = await theCast()
  const customers = await Promise.all([make.customer({}, `桃源${name}琴行`), make.customer({}, `蓬莱${name}渡轮`)])
  await pool.query(`update customer set grade = 'A' where id = $1`, [customers[0]!.id])
  const { rows } = await pool.query<{ id: string }>(
    `with d as (insert into department (name) values ($1) returning id)
     insert into complaint (number, channel, kind, state, outcome, received_at, recorded_at, received_by_id,
       receiving_department_id, customer_id, complainant, phone, phone_digits, product, product_key, title, what, level,
       cause, founded, owner_id, department_id, compensation, satisfaction, reopened, escalated, paused, closed_at,
       closed_by_id, due_at, grams, search_text)
     select 'T2019' || lpad((d.id * 3000 + n)::text, 8, '0'),
       (enum_range(null::complaint_channel))[1 + n % 8], (enum_range(null::complaint_kind))[1 + n % 5], s.state,
       case when s.state = 'closed' then (enum_range(null::complaint_outcome))[1 + n % 4] end,
       $2::timestamptz - (n % 90) * interval '10 hours', $2::timestamptz, $3, d.id,
       case n % 3 when 0 then $5::bigint when 1 then $6::bigint end, '鹿鸣野', null,
       case when n % 4 = 0 then '1990005' || lpad(n::text, 4, '0') end, null, null, '冷库门漏风' || n, '门缝透风',
       (enum_range(null::complaint_level))[1 + n % 3], case when n % 2 = 0 then (enum_range(null::complaint_cause))[1 + n % 11] end,
       case n % 3 when 0 then null when 1 then true else false end, case when n % 4 = 0 then null else $4::bigint end,
       case when n % 7 = 0 then null else d.id end, case when n % 6 = 0 then n * 10 else 0 end,
       case when n % 2 = 1 then 1 + n % 5 end, n % 5 / 4, n % 9 / 8, n % 11 = 0,
       case when s.state = 'closed' then $2::timestamptz - (n % 40) * interval '9 hours' end,
       case when s.state = 'closed' then $3::bigint end,
       case when s.state not in ('closed', 'void') and n % 8 > 0 then $2::timestamptz + (n % 30 - 10) * interval '7 hours' end,
       array['冷', '冷库', '漏风'], '冷库门漏风' || n
     from d, generate_series(1, $7::int) n,
       lateral (select (enum_range(null::complaint_state))[1 + (n / 2) % 11] as state) s
     returning department_id as id`,
    [name, at, front_desk.id, sales.id, customers[0]!.id, customers[1]!.id, count],
  )
  return rows.find(({ id }) => id !== null)!.id
}
