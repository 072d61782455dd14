import { createHash, randomBytes } from 'node:crypto'
import { pool } from '../../src/db.ts'
import type { Person } from '../support/cast.ts'
import { make } from '../support/make.ts'

/** Complaints that this person handles, with what belongs to them; and one about this person, who has to answer. */
export type ComplaintSamples = {
  open: string
  closed: string
  group: string
  attachment: string
  liability: string
  /** The line by which this person asked for the phone. */
  line: string
  /** Measures that this person carries out, and that this person checks. */
  measures: Record<'own' | 'checked', string>
  statement: string
  token: string
  view: string
}

const at = '2026-11-22T06:00:00Z'

export async function makeComplaints(person: Person, attach: (complaintId: bigint) => Promise<string>) {
  const colleague = await make.staff()
  const open = await makeOne(person, 'investigating')
  const closed = await makeOne(person, 'closed')
  const about = await makeOne(colleague, 'investigating', person)
  const token = randomBytes(16).toString('base64url')
  const [group, liability, line, statement] = [
    await oneId(
      `with g as (insert into complaint_group (matter, created_at, created_by_id) values ('漏风', $2::timestamptz, $3::bigint) returning id)
       update complaint set group_id = g.id from g where complaint.id = $1 returning g.id`,
      [open.id, at, person.id],
    ),
    await oneId(
      `insert into liability (complaint_id, department_id, loss, reason, recorded_at, recorded_by_id)
       select $1, min(id), 860, '门未关严', $2, $3 from department returning id`,
      [open.id, at, colleague.id],
    ),
    await oneId(
      `insert into audit_entry (kind, actor_id, actor_name, action, subject, after)
       values ('read', $1, $2, 'complaint.unmasked', $3, '{"field": "phone", "until": "2026-11-22T06:00:00.000Z"}') returning id`,
      [person.id, person.name, `complaint:${open.id}`],
    ),
    await oneId(
      `insert into complaint_statement (complaint_id, staff_id, facts, put_at, put_by_id)
       values ($1, $2, '约好的复查没有到场', $3, $4) returning id`,
      [about.id, person.id, at, colleague.id],
    ),
  ]
  await pool.query(
    `insert into complaint_rating (complaint_id, token_hash, made_at, made_by_id, expires_at)
     values ($1, $2, $3, $4, '2099-01-04T00:00:00Z')`,
    [closed.id, createHash('sha256').update(token).digest('hex'), at, person.id],
  )
  await pool.query(
    `insert into corrective_action (complaint_id, n, kind, measure, owner_id, checker_id, due_on, effect_days, state, created_at, created_by_id)
     values ($1::bigint, 1, 'corrective', '按图号领料', $2::bigint, $3::bigint, '2026-12-04', 30, 'approved', $4::timestamptz, $3::bigint),
       ($1, 2, 'preventive', '装前核对型号', $3, $2, '2026-12-04', 30, 'done', $4, $3)`,
    [open.id, person.id, colleague.id, at],
  )
  return {
    open: open.number,
    closed: closed.number,
    group,
    attachment: await attach(open.id),
    liability,
    line,
    measures: { own: `${open.number}-1`, checked: `${open.number}-2` },
    statement,
    token,
    view: await oneId(
      `insert into saved_view (staff_id, list, name, query)
       values ($1, 'complaints', 'V' || gen_random_uuid(), 'kind=repair_quality') returning id`,
      [person.id],
    ),
  } satisfies ComplaintSamples
}

/** Handled by this person, in the east: whatever reaches a person, a place or the company reaches it. */
async function makeOne(handler: { id: bigint }, state: string, accused?: { id: bigint }) {
  const { rows } = await pool.query<{ id: string; number: string }>(
    `insert into complaint (number, channel, kind, state, received_at, recorded_at, received_by_id, complainant, phone,
       phone_digits, title, what, level, owner_id, department_id, receiving_department_id, region_id, accused, search_text,
       outcome, closed_at, closed_by_id)
     select 'T19' || lpad((random() * 1e8)::int::text, 8, '0'), 'phone', 'repair_quality', $2::text::complaint_state, $3::timestamptz, $3::timestamptz, $1::bigint, '鹿鸣野', '13800000317',
       '13800000317', '冷库门漏风', '换了封条仍漏风', 'major', $1::bigint, d.id, d.id, r.id, $4::bigint[], '冷库门漏风',
       case when $2::text = 'closed' then 'settled'::complaint_outcome end, case when $2::text = 'closed' then $3::timestamptz end,
       case when $2::text = 'closed' then $1::bigint end
     from department d, region r where d.name = '城东营业部' and r.name = '东区一片' returning id, number`,
    [handler.id, state, at, accused ? [accused.id] : []],
  )
  return { id: BigInt(rows[0]!.id), number: rows[0]!.number }
}

async function oneId(sql: string, values: unknown[]): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(sql, values)
  return rows[0]!.id
}

/** The address of a route about complaints, its places filled in; others stay as they are. */
export function complaintAddress(path: string, samples: ComplaintSamples): string {
  const closed = /\/(?:reopening|letter)$/.test(path)
  const checked = /\/(?:verification|effect)$/.test(path)
  return path
    .replace(/^(\/complaints\/):number/, `$1${closed ? samples.closed : samples.open}`)
    .replace(/^(\/complaints\/groups\/):id/, `$1${samples.group}`)
    .replace(/^(\/complaints\/\w+\/liabilities\/):id/, `$1${samples.liability}`)
    .replace(/^(\/complaints\/\w+\/attachments\/):attachment/, `$1${samples.attachment}`)
    .replace(/^(\/complaints\/\w+\/phone\/):line/, `$1${samples.line}`)
    .replace(/^(\/complaints\/views\/):view/, `$1${samples.view}`)
    .replace(/^(\/measures\/):number/, `$1${samples.measures[checked ? 'checked' : 'own']}`)
    .replace(/^(\/statements\/):id/, `$1${samples.statement}`)
    .replace(/^(\/r\/):token/, `$1${samples.token}`)
}
