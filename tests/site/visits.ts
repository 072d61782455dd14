import { pool } from '../../src/db.ts'
import type { Person } from '../support/cast.ts'
import { make } from '../support/make.ts'

/** Visits of this person and of a colleague in the east, each where its forms open. */
export type VisitSamples = {
  arranged: string
  done: string
  /** Of the visit that was made. */
  attachment: string
  /** A colleague's: who signs never signs what is their own. */
  theirs: string
  reported: string
  plan: string
  /** A colleague's, that waits for a sales director. */
  waiting: string
  line: string
  template: string
  contactRecord: string
  marketNote: string
  question: string
  /** Whose month is looked at, and whose is signed: nobody signs their own. */
  person: string
  colleague: string
  /** Of the list of visits. */
  view: string
}

const at = '2026-11-22T06:00:00Z'

export async function makeVisits(person: Person, attach: (visitId: bigint) => Promise<string>): Promise<VisitSamples> {
  const colleague = await make.staff()
  // Where the cast's head signs for others.
  await pool.query(
    `update staff set department_id = (select id from department where name = '城东营业部') where id = $1`,
    [colleague.id],
  )
  const plan = await makePlan(person)
  const done = await makeVisit(person, 'done')
  const reported = await makeVisit(colleague, 'reported')
  await pool.query(
    `insert into visit_report (visit_id, reached, content, findings, feedback, competitors, next_step, submitted_at, submitted_by_id)
     values ($1, 'reached', '看了样品', '库门漏风', '满意', '无', '寄样品', $2, $3)`,
    [reported.id, at, colleague.id],
  )
  return {
    arranged: (await makeVisit(person, 'approved')).number,
    done: done.number,
    attachment: await attach(BigInt(done.id)),
    theirs: (await makeVisit(colleague, 'approved')).number,
    reported: reported.number,
    plan: plan.number,
    waiting: await makeWaiting(colleague),
    line: (await makeVisit(person, 'draft', plan.id)).number,
    template: await makeTemplate(person),
    contactRecord: await makeContactRecord(person),
    marketNote: await makeMarketNote(person),
    question: await makeQuestion(),
    person: person.number,
    colleague: colleague.number,
    view: await makeView(person),
  }
}

/** Far ahead, so that it is arranged whenever this runs. */
async function makeVisit({ id }: { id: bigint }, state: string, plan: string | null = null) {
  return one(
    `insert into visit (number, plan_id, owner_id, department_id, region_id, party, target, purposes, starts_at, on_day,
       minutes, district, agenda, state, unplanned, unplanned_reason, arrived_at, reported_at, report_due_at, grams,
       search_text, recorded_at, recorded_by_id)
     select 'BF19' || lpad((random() * 1e8)::int::text, 8, '0'), $4::bigint, $1::bigint, d.id, r.id, '桃花渡轴承厂', 'potential',
       '{new_customer}', m.at, m.at::date, 40, '临平区', '看样品', $2::text::visit_state, $4::bigint is null,
       case when $4::bigint is null then '路过' end, case when $2::text in ('done', 'reported') then m.at end,
       case when $2::text = 'reported' then m.at end, case when $2::text in ('done', 'reported') then $3::timestamptz end, '{}',
       '桃花渡轴承厂', $3::timestamptz, $1::bigint
     from department d, region r,
       (select case when $2::text in ('done', 'reported') then $3::timestamptz else '2099-01-05T02:00:00Z'::timestamptz end as at) m
     where d.name = '城东营业部' and r.name = '东区一片' returning id, number`,
    [id, state, at, plan],
  )
}

const makePlan = ({ id }: Person) =>
  one(
    `insert into visit_plan (number, owner_id, month, created_at)
     values ('JH19' || lpad((random() * 1e8)::int::text, 8, '0'), $1, '2099-01-01', $2)
     on conflict (owner_id, month) do update set created_at = excluded.created_at returning id, number`,
    [id, at],
  )

async function makeWaiting({ id }: { id: bigint }): Promise<string> {
  const { number } = await one(
    `with p as (
       insert into visit_plan (number, owner_id, department_id, month, state, submitted_at, created_at)
       select 'JH19' || lpad((random() * 1e8)::int::text, 8, '0'), $1::bigint, d.id, '2099-01-01', 'waiting', $2::timestamptz, $2
       from department d where d.name = '城东营业部' returning id, number, department_id),
     r as (
       insert into approval_request (number, kind, subject, department_id, basis, filed_by_id, filed_at)
       select 'S19' || lpad((random() * 1e8)::int::text, 8, '0'), 'visit.plan', 'visit_plan:' || id, department_id, '1', $1, $2
       from p returning id),
     s as (
       insert into approval_step (request_id, n, kind, role, filed_by_id, excluded, state, opened_at)
       select id, 1, 'visit.plan', 'sales_director', $1, array[$1::bigint], 'open', $2 from r)
     select id, number from p`,
    [id, at],
  )
  return number
}

async function makeTemplate(person: Person): Promise<string> {
  const customer = await make.customer({ ownerId: person.id })
  const { id } = await one(
    `insert into visit_template (owner_id, customer_id, target, purposes, rhythm, weekday, week, time_of_day, minutes, from_on, created_at)
     values ($1, $2, 'existing', '{relations}', 'monthly', 2, 1, 570, 40, '2026-12-01', $3) returning id, id::text as number`,
    [person.id, customer.id, at],
  )
  return id
}

async function makeContactRecord(person: Person): Promise<string> {
  const customer = await make.customer({ ownerId: person.id })
  const { number } = await one(
    `insert into contact_record (number, customer_id, person, way, at, content, result, due_at, recorded_at, owner_id)
     values ('LX19' || lpad((random() * 1e8)::int::text, 8, '0'), $1, '丁香结', 'call', $3, '问交货期', '下周发货', $3, $3, $2)
     returning id, number`,
    [customer.id, person.id, at],
  )
  return number
}

async function makeMarketNote({ id: owner }: Person): Promise<string> {
  const { id } = await one(
    `insert into market_note (kind, about, text, noted_on, owner_id, grams, search_text, recorded_at)
     values ('competitor', '广寒茶业', '每吨降八十元', '2026-11-20', $1, '{}', '每吨降八十元', $2) returning id, id::text as number`,
    [owner, at],
  )
  return id
}

/** Asked of nobody else's reports: of the same trade and grade C alone. */
async function makeQuestion(): Promise<string> {
  const made = await one(
    `insert into visit_question (target, grade, question, n, created_at)
     values ('peer', 'C', '仓库多大？' || gen_random_uuid(), 1, $1) returning id, id::text as number`,
    [at],
  )
  return made.id
}

async function makeView({ id }: Person): Promise<string> {
  const made = await one(
    `insert into saved_view (staff_id, list, name, query)
     values ($1, 'visits', 'V' || gen_random_uuid(), 'state=done') returning id, id::text as number`,
    [id],
  )
  return made.id
}

async function one(sql: string, values: unknown[]): Promise<{ id: string; number: string }> {
  const { rows } = await pool.query<{ id: string; number: string }>(sql, values)
  return rows[0]!
}

/** The address of a route about visits, its places filled in; others stay as they are. */
export function visitAddress(path: string, samples: VisitSamples): string {
  return path
    .replace(/^(\/visits\/plans\/):number/, `$1${path.endsWith('/decision') ? samples.waiting : samples.plan}`)
    .replace(/^(\/visits\/plans\/\w+\/visits\/):visit/, `$1${samples.line}`)
    .replace(/^(\/visits\/templates\/):id/, `$1${samples.template}`)
    .replace(/^(\/visits\/views\/):view/, `$1${samples.view}`)
    .replace(/^(\/visits\/assessment\/):person(?=\/signature)/, `$1${samples.colleague}`)
    .replace(/^(\/visits\/assessment\/):person/, `$1${samples.person}`)
    .replace(/^(\/visits\/questions\/):question/, `$1${samples.question}`)
    .replace(/^(\/visits\/):number/, `$1${visitFor(path, samples)}`)
    .replace(/^(\/visits\/\w+\/attachments\/):attachment/, `$1${samples.attachment}`)
    .replace(/^(\/contact-records\/):number/, `$1${samples.contactRecord}`)
    .replace(/^(\/market-notes\/):id/, `$1${samples.marketNote}`)
}

function visitFor(path: string, samples: VisitSamples): string {
  if (/\/report(?:\/review|\.pdf)$/.test(path)) return samples.reported
  if (/\/authorities\b/.test(path)) return samples.theirs
  return /\/(?:report|leaving|arrival\/undo)$|\/attachments\b/.test(path) ? samples.done : samples.arranged
}
