import pg from 'pg'
import { tablesOf } from '../../src/backups/tables.ts'
import { withClient } from '../../src/backups/client.ts'
import { pool } from '../../src/db.ts'
import { sealTrail } from '../../src/sealing/sealing.ts'
import { samplesFor } from '../site/addresses.ts'
import { fillComplaint } from '../support/complaint-filled.ts'
import { make, theCast } from '../support/make.ts'

/** What trips whoever takes text for lines, marks or bytes. */
export const odd = '𠮷野家 “引号” \'单\' "双" \\N \\. \\\\ \t 制表\r\n换行\n\\x41 {a,"b"} 🀄 é'

/** Every table of the database gets rows, as the product makes them, and some that are hard to copy. */
export async function fillEverything(): Promise<void> {
  const cast = await theCast()
  const { complaint } = await samplesFor(cast.front_desk)
  await fillClosed(complaint.closed, cast.cs_manager.id)
  const { id } = await make.customer({ ownerId: cast.sales.id }, `桃源${odd.slice(0, 4)}茶行`)
  await pool.query(
    `update customer set remark = $2, plates = array['九A·00001', $3, 'NULL', ''], trade_note = '', credit_note = '\\N' where id = $1`,
    [id, odd, '带,逗号"引号"\\反斜'],
  )
  await pool.query(
    `insert into audit_entry (at, kind, actor_name, action, subject, before, after, why)
     values (now(), 'change', $1, 'customer.corrected', $2, $3, '{"n": 12345678901234567890.5, "none": null}', $1)`,
    [odd, `customer:${id}`, JSON.stringify({ odd, list: [odd, 1, true] })],
  )
  await pool.query(rest)
  await pool.query(ofVisits)
  await pool.query(ofCredit)
  await pool.query(`insert into form_draft (staff_id, form, values) values ($1, '/customers/new', $2)`, [
    cast.front_desk.id,
    JSON.stringify({ odd }),
  ])
  await sealTrail()
}

/** Every register of a complaint has a line. */
async function fillClosed(number: string, by: bigint): Promise<void> {
  const { rows } = await pool.query<{ id: string }>('select id from complaint where number = $1', [number])
  await fillComplaint(BigInt(rows[0]!.id), by, odd)
  await pool.query(
    `insert into complaint_destination (kind, department_id) select 'repair_quality', min(id) from department
     on conflict do nothing`,
  )
}

/** What is not made by showing the pages. */
const rest = `
  insert into import_mapping (header, fields, used_at) values ('名称,电话', '["name"]', now());
  insert into customer_import_row (import_id, line, cells) select min(id), 1, array['海市', null, ''] from customer_import;
  insert into rule_event (at, rule, effect, place) values (now(), 'CUS-05', 'stopped', '/customers/new');
  insert into regulation_version (change_id, rule, values, replaces)
    select min(id), 'CUS-05', '{"customers.confirm_days": 3}', '{}' from regulation_change
    on conflict do nothing;
  insert into deadline_pause (deadline_id, from_at, reason, by_id) select min(id), now(), '等', 1 from deadline;
  insert into deadline_event (deadline_id, at, kind) select min(id), now(), 'paused' from deadline;
  insert into mail (staff_id, address, title, body, made_at) select min(id), 'a@kehu.example', '题', E'正文\r\n', now() from staff;
  insert into notice_choice (staff_id, kind, mail) select min(id), 'task.given', 'none' from staff;
  insert into verification (customer_id, part, way, by_id, at) select min(id), 'identity', 'call', 1, now() from customer;
  insert into delegation (id, from_id, to_id, starts_at, ends_at, made_at)
    select 900000001, min(id), max(id), now(), now() + interval '1 day', now() from staff;
  insert into delegation_kind (delegation_id, kind, from_id, starts_at, ends_at)
    select id, 'regulation.change', from_id, starts_at, ends_at from delegation where id = 900000001;
  insert into recovery_code (staff_id, hash) select min(id), 'scrypt$盐' from staff;
  insert into staff_device (staff_id, hash, agent, first_at, last_at) select min(id), 'a', E'浏览器\t1', now(), now() from staff;
  insert into staff_identity (issuer, subject, staff_id, linked_at) select 'https://id.example', '九', min(id), now() from staff;
  insert into item_version (item_id, n, file_id, name, at, by_id)
    select (select min(id) from archive_item), 1, min(id), '扫描件.pdf', now(), 1 from stored_file;
  insert into item_reading (item_id, customer_id, at, staff_id, way) select min(id), min(customer_id), now(), 1, 'page' from archive_item;
  insert into disclosure_item (disclosure_id, item_id) select min(id), (select min(id) from archive_item) from disclosure;
  insert into job_run (job, started_at, attempt, outcome) values ('housekeeping', now(), 1, 'done')`

/** What stands beside visits. */
const ofVisits = `
  insert into visit_party (visit_id, customer_id) select min(v.id), min(c.id) from visit v, customer c on conflict do nothing;
  insert into visit_person (visit_id, name, post) select min(id), E'嫦\\t娥', '\\N' from visit;
  insert into visit_spending (visit_id, kind, what, price, total, state) select min(id), 'gift', E'茶\\r\\n叶', 88.10, 88.10, 'within' from visit;
  insert into visit_authority (visit_id, kind, up_to, what, granted_at, granted_by_id)
    select min(id), 'money', 5000.00, '收尾款', now(), 1 from visit;
  insert into visit_question (question, required, n, created_at) values ('看了哪几个库？', true, 1, now());
  insert into visit_answer (report_id, question_id, answer)
    select min(r.id), min(q.id), '一号库' from visit_report r, visit_question q on conflict do nothing;
  insert into offered_gift (visit_id, what, outcome, recorded_at, by_id) select min(id), '月饼', 'declined', now(), 1 from visit;
  insert into promise (task_id, visit_id, promised_on) select min(t.id), min(v.id), now()::date from task t, visit v on conflict do nothing;
  insert into contact_month (owner_id, month, filed_at, visits, records, customers)
    select min(id), '2026-10-01', now(), 3, 4, 5 from staff on conflict do nothing;
  insert into visit_assessment (owner_id, month, figures, score, signed_at, signed_by_id)
    select min(id), '2026-10-01', '{"planned": 20}', 88.5, now(), max(id) from staff on conflict do nothing`

/** A customer's credit: what was shipped, paid, asked for, signed and answered for. */
const ofCredit = `
  insert into contract (number, customer_id, kind, signed_on, starts_on, ends_on, term_days, terms, recorded_at, recorded_by_id)
    select 'HT1900000001', min(id), 'direct', '2026-01-01', '2026-01-01', '2026-12-31', 30, E'月结\\t\\N', now(), 1 from customer;
  insert into credit_terms (customer_id, method, amount, starts_on, reason, state, asked_at, asked_by_id)
    select min(id), 'fixed', 123456.78, '2026-01-01', '固定额', 'approved', now(), 1 from customer;
  insert into cooperation_mode_change (customer_id, after, starts_on, reason, asked_at, asked_by_id)
    select min(id), 'agency', '2026-01-01', '改代理', now(), 1 from customer on conflict do nothing;
  insert into shipment (number, document, customer_id, amount, shipped_on, source, recorded_at, recorded_by_id)
    select 'XS1900000001', 'CK-1', min(id), 100.10, '2026-01-05', 'form', now(), 1 from customer;
  insert into receipt (number, document, customer_id, amount, received_on, way, source, recorded_at, recorded_by_id)
    select 'HK1900000001', 'SK-1', min(id), 60.05, '2026-01-06', 'draft', 'import', now(), 1 from customer;
  insert into allocation (receipt_id, shipment_id, amount, way, at, by_id)
    select r.id, s.id, 60.05, 'hand', now(), 1 from receipt r, shipment s where r.number = 'HK1900000001' and s.number = 'XS1900000001';
  insert into ledger_month (month, closed_at, closed_by_id) values ('2001-01-01', now(), 1) on conflict do nothing;
  insert into credit_opening (id, opened_on) values (1, '2026-02-01') on conflict do nothing;
  insert into release (number, customer_id, amount, goods, state, holds, short, requested_at, requested_by_id)
    select 'FX1900000001', min(id), 50, '冷库门', 'held', array['over', '带,逗号'], 10, now(), (select min(id) from staff) from customer;
  insert into release_check (release_id, step, at, by_id, eligible, method, "limit", exposure, available, overdue, overdue_days, amount,
      cash, short, passed, holds)
    select min(id), 'request', now(), 1, true, 'rolling_30', 100, 60, 40, 0, 0, 50, 0, 10, false, '{over}' from release;
  insert into credit_override (release_id, customer_id, kind, amount, reason, state, asked_at, asked_by_id, signed_at, signed_by_id, month,
      valid_on)
    select r.id, customer_id, 'final', 10, '急用', 'approved', now(), 1, now(), (select min(id) from staff), '2001-01-01', '2001-01-31'
    from release r where r.number = 'FX1900000001';
  insert into credit_liability (override_id, customer_id, part, month, share, unpaid, amount, recorded_at)
    select min(id), min(customer_id), 'company', '2001-01-01', 33.33, 10, 3.33, now() from credit_override;
  insert into guarantee (number, customer_id, guarantor_id, amount, average_then, until, reason, asked_at)
    select 'DB1900000001', min(c.id), min(s.id), 5, 5, '2026-12-31', '老客户', now() from customer c, staff s;
  insert into repayment_plan (number, customer_id, promised_by, filed_at, filed_by_id)
    select 'HL1900000001', min(id), '白露', now(), 1 from customer;
  insert into repayment_line (plan_id, n, due_on, amount) select min(id), 99, '2026-12-31', 40.05 from repayment_plan;
  insert into api_token (name, prefix, hash, scopes, staff_id, created_at, created_by_id, expires_at)
    select '订单系统', 'kehu_0', 'x', '{shipments_write,credit_read}', min(id), now(), 1, now() + interval '1 day' from staff`

/** The tables without a row. */
export function emptyTables(login: pg.ClientConfig): Promise<string[]> {
  return withClient(login, async (client) => {
    const empty: string[] = []
    for (const { name } of await tablesOf(client))
      if ((await client.query(`select from "${name}" limit 1`)).rowCount === 0) empty.push(name)
    return empty
  })
}

/** One fingerprint of each table's rows, by PostgreSQL's own reckoning. */
export function fingerprints(login: pg.ClientConfig): Promise<Record<string, string>> {
  return withClient(login, async (client) => {
    const sums: Record<string, string> = {}
    for (const { name } of await tablesOf(client)) {
      const { rows } = await client.query<{ sum: string }>(
        `select count(*) || ' ' || md5(coalesce(string_agg(md5(t::text), '' order by md5(t::text)), '')) as sum from "${name}" t`,
      )
      sums[name] = rows[0]!.sum
    }
    return sums
  })
}
