import { pool } from '../../src/db.ts'
import { make, theCast } from '../support/make.ts'

export const at = new Date('2026-11-22T06:00:00Z')
export const months = ['2026-09', '2026-10', '2026-11'] as const

export type Made = {
  number: string
  owner: string
  departmentId: string
  regionId: string
  startsAt: string
  minutes: number
  planned: boolean
  state: 'draft' | 'waiting' | 'refused' | 'approved' | 'done' | 'reported' | 'cancelled'
  cancelledReason: string | null
  rescheduled: number
  replaces: string | null
  reportDueAt: string | null
  reportedAt: string | null
  reportLate: boolean
  reached: 'reached' | 'partly' | 'not_reached' | null
  spent: number | null
  gifts: number
  target: 'existing' | 'target' | 'potential' | 'peer'
  purpose: 'relations' | 'volume' | 'collection'
  confirmed: boolean
  party: string
}
export type Kept = { owner: string; dueOn: string; state: 'open' | 'done' | 'withdrawn'; late: boolean }
export type Many = {
  visits: Made[]
  promises: Kept[]
  people: { id: bigint; number: string; name: string; departmentId: string; sales: boolean }[]
  departments: { east: string; other: string }
  region: string
}

const states = [
  'draft',
  'waiting',
  'refused',
  'approved',
  'done',
  'reported',
  'reported',
  'reported',
  'cancelled',
] as const
const parties = ['广寒冰窖', '桃源磨坊', '蓬莱渡轮'] as const
const hour = 3_600_000

/** The files of a worker share this: their numbers differ. */
let soFar = 0

/** Visits and promises of four people in two departments over three months, drawn at random; answers with what was drawn. */
export async function manyVisits(count: number, draw: () => number): Promise<Many> {
  const drawn = soFar
  soFar += count
  await theCast()
  const below = (n: number) => Math.floor(draw() * n)
  const pick = <T>(all: readonly T[]): T => all[below(all.length)]!
  const chance = (share: number) => draw() < share
  const departments = { east: await idOf('department', '城东营业部'), other: await departmentOf('云栖部') }
  const regions = [await idOf('region', '东区一片'), await regionOf('西陲片')]
  const people = await Promise.all(
    [departments.east, departments.east, departments.other, departments.other].map(async (departmentId, n) => {
      const sales = n % 2 === 0
      const person = await make.staff(sales ? [{ role: 'sales', department: n < 2 ? '城东营业部' : '云栖部' }] : [])
      await pool.query('update staff set department_id = $2 where id = $1', [person.id, departmentId])
      return { ...person, departmentId, sales }
    }),
  )
  const visits = Array.from({ length: count }, (_, n): Made => {
    const owner = pick(people)
    const startsAt = new Date(Date.parse('2026-09-01T01:00:00Z') + below(90 * 24 * 4) * (hour / 4))
    const [state, late, over] = [pick(states), chance(0.3), startsAt < at]
    const made = state === 'done' || state === 'reported'
    const planned = state === 'draft' || state === 'waiting' || state === 'refused' || chance(0.7)
    const reported = state === 'reported' || (state === 'done' && chance(0.2))
    return {
      number: `BF2019${String(800_000 + drawn + n)}${process.env.VITEST_POOL_ID ?? 0}`,
      owner: owner.number,
      // Some were made for the department of before.
      departmentId: chance(0.9) ? owner.departmentId : departments.other,
      regionId: pick(regions),
      startsAt: startsAt.toISOString(),
      minutes: 30 + 10 * below(6),
      planned,
      state,
      cancelledReason: state === 'cancelled' && (!planned || chance(0.7)) ? '客户改约' : null,
      rescheduled: chance(0.2) ? 1 : 0,
      replaces: null,
      reportDueAt:
        state === 'approved' || made ? new Date(startsAt.getTime() + (over ? 40 : 60) * hour).toISOString() : null,
      reportedAt: reported ? new Date(startsAt.getTime() + 20 * hour).toISOString() : null,
      reportLate: reported && late,
      reached: reported ? pick(['reached', 'partly', 'not_reached'] as const) : null,
      spent: made && chance(0.3) ? below(30_000) : null,
      gifts: made && chance(0.15) ? 1 + below(2) : 0,
      target: pick(['existing', 'target', 'potential', 'peer'] as const),
      purpose: pick(['relations', 'volume', 'collection'] as const),
      confirmed: chance(0.5),
      party: pick(parties),
    }
  })
  for (const [n, one] of visits.entries()) {
    const before = visits[n - 1]
    if (before?.state === 'cancelled' && before.cancelledReason && before.planned && !one.planned && chance(0.8))
      one.replaces = before.number
  }
  const promises = Array.from({ length: Math.ceil(count / 4) }, (): Kept => {
    const state = pick(['open', 'done', 'done', 'withdrawn'] as const)
    const dueOn = `${pick(months)}-${String(1 + below(28)).padStart(2, '0')}`
    return { owner: pick(people).number, dueOn, state, late: state === 'done' && chance(0.4) }
  })
  await store(visits)
  await promise(promises)
  return { visits, promises, people, departments, region: regions[0]! }
}

async function store(visits: Made[]): Promise<void> {
  const rows = JSON.stringify(visits)
  await pool.query(
    `with v as (select * from json_to_recordset($1) as v(number text, owner text, "departmentId" bigint,
       "regionId" bigint, "startsAt" timestamptz, minutes int, planned boolean, state visit_state, "cancelledReason" text,
       rescheduled int, "reportDueAt" timestamptz, "reportedAt" timestamptz, "reportLate" boolean, target visit_target,
       purpose visit_purpose, confirmed boolean, party text)),
     plan as (insert into visit_plan (number, owner_id, department_id, month, state, asked, submitted_at, created_at)
       select distinct 'JH' || to_char("startsAt" at time zone 'Asia/Shanghai', 'YYYYMM') || owner, s.id, s.department_id,
         date_trunc('month', "startsAt" at time zone 'Asia/Shanghai')::date, 'approved'::visit_plan_state, 11,
         '2026-08-31T08:00:00Z'::timestamptz, '2026-08-31T08:00:00Z'::timestamptz
       from v join staff s on s.number = v.owner where planned returning id, owner_id, month)
     insert into visit (number, plan_id, owner_id, department_id, region_id, party, target, purposes, starts_at, on_day,
       minutes, state, unplanned, unplanned_reason, cancelled_reason, rescheduled, arrived_at, report_due_at, reported_at,
       report_late, confirmed_at, grams, search_text, recorded_at, recorded_by_id)
     select v.number, case when planned then plan.id end, s.id, "departmentId", "regionId", party, target, array[purpose],
       "startsAt", ("startsAt" at time zone 'Asia/Shanghai')::date, minutes, v.state, not planned,
       case when not planned then '路过' end, "cancelledReason", rescheduled,
       case when v.state in ('done', 'reported') then "startsAt" end, "reportDueAt", "reportedAt", "reportLate",
       case when confirmed then "startsAt" end, array[substr(party, 1, 1), substr(party, 1, 2), substr(party, 2, 2), substr(party, 3, 2)],
       party, '2026-08-31T08:00:00Z', s.id
     from v join staff s on s.number = v.owner left join plan on plan.owner_id = s.id
       and plan.month = date_trunc('month', "startsAt" at time zone 'Asia/Shanghai')::date`,
    [rows],
  )
  await pool.query(
    `update visit set replaces_id = other.id from json_to_recordset($1) as v(number text, replaces text)
     join visit other on other.number = v.replaces where visit.number = v.number`,
    [rows],
  )
  await pool.query(
    `with v as (select visit.id, owner_id, "reportedAt", v.reached, spent, gifts
       from json_to_recordset($1) as v(number text, "reportedAt" timestamptz, reached purpose_reached, spent int, gifts int)
       join visit using (number)),
     cost as (insert into visit_spending (visit_id, kind, what, price, total, state, actual)
       select id, 'travel', '车费', 300, 300, 'within', spent / 100.0 from v where spent is not null),
     gift as (insert into offered_gift (visit_id, what, outcome, recorded_at, by_id)
       select id, '茶叶', 'declined', now(), owner_id from v, generate_series(1, gifts))
     insert into visit_report (visit_id, reached, content, findings, feedback, competitors, next_step, submitted_at, submitted_by_id)
     select id, reached, '谈', '无', '无', '无', '无', "reportedAt", owner_id from v where reached is not null`,
    [rows],
  )
}

async function promise(promises: Kept[]): Promise<void> {
  await pool.query(
    `with p as (select p.*, 'D2019' || lpad((random() * 1e9)::bigint::text, 9, '0') || n as number
       from json_to_recordset($1) as p(owner text, "dueOn" date, state task_state, late boolean, n int)),
     made as (insert into task (number, title, owner_id, created_by_id, due_on, state, result, ended_at, created_at)
       select p.number, '寄样品', s.id, s.id, "dueOn", p.state, case when p.state <> 'open' then '办了' end,
         case when p.state <> 'open' then "dueOn" + interval '2 hours' end, "dueOn" - interval '5 days'
       from p join staff s on s.number = p.owner returning id, number),
     clock as (insert into deadline (kind, subject, owner_id, rule, amount, unit, started_at, due_at, soon_at, met_at, breached_at)
       select 'task.due', 'task:' || made.id, s.id, 'VIS-07', 1, 'day', "dueOn" - interval '5 days', "dueOn" + interval '16 hours',
         "dueOn", case when p.state <> 'open' then "dueOn" + interval '2 hours' end, case when late then "dueOn" + interval '16 hours' end
       from made join p using (number) join staff s on s.number = p.owner)
     insert into promise (task_id, promised_on) select made.id, "dueOn" - 5 from made join p using (number)`,
    [JSON.stringify(promises.map((one, n) => ({ ...one, n })))],
  )
}

async function idOf(table: 'department' | 'region', name: string): Promise<string> {
  const sql =
    table === 'department' ? 'select id from department where name = $1' : 'select id from region where name = $1'
  return (await pool.query<{ id: string }>(sql, [name])).rows[0]!.id
}
/** Another file of this worker may have made it. */
async function departmentOf(name: string): Promise<string> {
  await pool.query(
    'insert into department (name) select $1 where not exists (select from department where name = $1)',
    [name],
  )
  return idOf('department', name)
}
async function regionOf(name: string): Promise<string> {
  await pool.query('insert into region (name) select $1 where not exists (select from region where name = $1)', [name])
  return idOf('region', name)
}
