import { pool } from '../../src/db.ts'

/**
 * A row in every register of a complaint, and `lines` contacts, as if it had come all the way; its own state stays.
 * `text` stands wherever somebody writes.
 */
export async function fillComplaint(id: bigint, by: bigint, text = '封条型号装错。', lines = 1): Promise<void> {
  await pool.query(
    `update complaint set judged_at = $2, judged_by_id = $3, founded = true, reasonable = true,
    judgement = $4, opinion = $4, opinion_by_id = $3, cause = 'workmanship' where id = $1`,
    [id, at, by, text],
  )
  for (const sql of registers) await pool.query(sql, [id, at, by, text])
  for (let n = 0; n < lines; n++)
    await pool.query(
      `insert into complaint_contact (complaint_id, round, at, by_id, purpose, way, reached, words, score)
       values ($1, 1, $2::timestamptz + $5 * interval '1 hour', $3, 'progress', 'phone', true, $4, 4)`,
      [id, at, by, text, n],
    )
  await withRemedy(id, by, text)
  await withSignatures(id, by, text)
}

const at = '2026-11-24T02:40:00Z'

const registers = [
  `insert into level_change (complaint_id, at, kind, before, after, reason, by_id)
   values ($1::bigint, $2::timestamptz, 'raised', 'general', 'important', $4::text, $3::bigint)`,
  `insert into investigation_report (complaint_id, state, course, cause_kind, cause, responsible, conclusion,
     countermeasure, prevention, by_id, updated_at, finished_at)
   values ($1::bigint, 'finished', $4::text, 'workmanship', $4::text, array[$3::bigint]::bigint[], $4::text, $4::text, $4::text, $3::bigint, $2::timestamptz, $2::timestamptz)`,
  `insert into complaint_pause (complaint_id, from_at, most_until, until_at, reason, by_id) values ($1::bigint, $2::timestamptz, $2::timestamptz, $2::timestamptz, $4::text, $3::bigint)`,
  `insert into complaint_escalation (complaint_id, at, way, words, by_id) values ($1::bigint, $2::timestamptz, 'web', $4::text, $3::bigint)`,
  `insert into complaint_reopening (complaint_id, at, reason, outcome, by_id) values ($1::bigint, $2::timestamptz, $4::text, 'settled', $3::bigint)`,
  `insert into complaint_progress (complaint_id, at, text, by_id) values ($1::bigint, $2::timestamptz, $4::text, $3::bigint)`,
  `insert into complaint_statement (complaint_id, staff_id, facts, put_at, put_by_id) values ($1::bigint, $3::bigint, $4::text, $2::timestamptz, $3::bigint)`,
  `insert into crisis_meeting (complaint_id, held_at, place, chair_id, members, situation, decisions, recorded_at, recorded_by_id)
   values ($1::bigint, $2::timestamptz, '桃源会议室', $3::bigint, array[$3::bigint]::bigint[], $4::text, $4::text, $2::timestamptz, $3::bigint)`,
  `insert into told_line (complaint_id, unit, at, person, way, words, recorded_at, by_id)
   values ($1::bigint, 'legal', $2::timestamptz, '沈既白', 'phone', $4::text, $2::timestamptz, $3::bigint)`,
  `insert into complaint_rating (complaint_id, token_hash, made_at, made_by_id, expires_at, used_at, score, words)
   values ($1::bigint, md5($1::bigint::text), $2::timestamptz, $3::bigint, $2::timestamptz, $2::timestamptz, 4, $4::text)`,
  `insert into liability (complaint_id, department_id, staff_id, head_id, loss, penalty, head_penalty, reason, recorded_at, recorded_by_id)
   select $1::bigint, min(d.id), $3::bigint, $3::bigint, 7860, 320.50, 99.25, $4::text, $2::timestamptz, $3::bigint from department d`,
  `insert into corrective_action (complaint_id, n, kind, measure, owner_id, due_on, effect_days, created_at, created_by_id)
   values ($1::bigint, 1, 'preventive', $4::text, $3::bigint, '2026-12-04', 30, $2::timestamptz, $3::bigint)`,
]

async function withRemedy(id: bigint, by: bigint, text: string): Promise<void> {
  await pool.query(
    `with r as (insert into remedy (complaint_id, round, state, reason, total, proposed_by_id, proposed_at, decided_at)
       values ($1::bigint, 1, 'approved', $4::text, 8340, $3::bigint, $2::timestamptz, $2::timestamptz) returning id)
     insert into remedy_item (remedy_id, n, kind, text, amount)
     select r.id, n, kind::remedy_item_kind, $4::text, amount from r,
       (values (1, 'visit', 0), (2, 'compensation', 7860), (3, 'waiver', 480)) i (n, kind, amount)`,
    [id, at, by, text],
  )
}

/** Signed by one for another (APR-04). */
async function withSignatures(id: bigint, by: bigint, text: string): Promise<void> {
  await pool.query(
    `with r as (insert into approval_request (number, kind, subject, state, basis, filed_by_id, filed_at, ended_at)
       values ('S19' || lpad((random() * 1e8)::int::text, 8, '0'), 'complaint.remedy', 'complaint:' || $1::bigint::text, 'approved', '', (select received_by_id from complaint where id = $1::bigint), $2::timestamptz, $2::timestamptz)
       returning id, filed_by_id)
     insert into approval_step (request_id, n, kind, role, filed_by_id, state, opened_at, decided_at, decided_by_id, for_id, reason)
     select r.id, 1, 'complaint.remedy', 'general_manager', r.filed_by_id, 'approved', $2::timestamptz, $2::timestamptz, $3::bigint, (select min(id) from staff where id not in ($3::bigint, r.filed_by_id)), $4::text from r`,
    [id, at, by, text],
  )
}
