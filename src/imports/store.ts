import { setImmediate } from 'node:timers/promises'
import type { Actor } from '../access/actor.ts'
import { auditMany } from '../audit/change.ts'
import { askConfirmations } from '../confirmations/asking.ts'
import type { Tx } from '../db.ts'
import { startDeadlines } from '../deadlines/commands.ts'
import { contactRow, contactsIn, customerRow, type ContactRow, type Row } from './customer-rows.ts'
import type { Outcome } from './contract.ts'
import { rowsBetweenBreaths, type Judged } from './judge.ts'
import type { LockedImport } from './queries.ts'
import { storedReading } from './reading.ts'

/** Writes what became of the rows: customers, contacts, each row's outcome, and a line of the trail for each customer. */
export async function storeRows(tx: Tx, actor: Actor, record: LockedImport, rows: Judged[], now: Date): Promise<void> {
  const reading = storedReading(record.mapping)
  const customers: Row[] = []
  const contacts: ContactRow[] = []
  for (const { fields, number, ownerId } of rows) {
    if (!number) continue
    const named = contactsIn(fields)
    customers.push(customerRow(number, fields, reading, named, ownerId))
    contacts.push(...named.map((contact) => contactRow(number, contact)))
    if (customers.length % rowsBetweenBreaths === 0) await setImmediate()
  }
  const made = await insertCustomers(tx, customers, record, now)
  if (contacts.length > 0) await insertContacts(tx, contacts, made, now)
  await startClocks(tx, made, now)
  const { ownerId: createdById, departmentId, regionId } = record
  const recorded = made.map(({ id }) => ({ id, version: 1, createdById, departmentId, regionId }))
  await askConfirmations(tx, recorded, now)
  const ids = new Map(made.map(({ id, number }) => [number, String(id)]))
  await storeOutcomes(tx, record.id, rows.map(asOutcome(ids)))
  const lines = rows.flatMap(({ number, line, distinction }) => {
    if (!number) return []
    const after = { import: record.number, line, number }
    return { subject: `customer:${ids.get(number)}`, detail: { after, ...(distinction ? { why: distinction } : {}) } }
  })
  await auditMany(tx, actor, 'customer.imported', lines)
}

/** CUS-05: what comes by the thousand has longer to be confirmed. CUS-07: nobody verified it, but it is as old as today. */
async function startClocks(tx: Tx, made: { id: bigint }[], now: Date): Promise<void> {
  const subjects = made.map(({ id }) => ({ subject: `customer:${id}`, customerId: id }))
  const parameter = 'customers.confirm_imported_days'
  await startDeadlines(tx, 'customer.confirmation', subjects, now, { parameter })
  await startDeadlines(tx, 'customer.verification', subjects, now)
}

// One parameter instead of thousands: several times as fast as createMany, and the event loop stays free.
function insertCustomers(tx: Tx, rows: Row[], record: LockedImport, now: Date) {
  const { id, ownerId, departmentId, regionId } = record
  return tx.$queryRaw<{ id: bigint; number: string }[]>`
    insert into customer (number, kind, name, core, no_chinese_name, aliases, plates, pinyin, initials, grams,
      search_text, code_kind, code, phone, more_phones, phone_digits, email, wechat, website, province, city, district,
      division_code, address, source, purpose, remark, details, owner_id, department_id, region_id, import_id,
      created_by_id, created_at, updated_at)
    select number, kind, name, core, no_chinese_name, aliases, plates, pinyin, initials, grams,
      search_text, code_kind, code, phone, more_phones, phone_digits, email, wechat, website, province, city, district,
      division_code, address, source, purpose, remark, details, owner_id, ${departmentId}::bigint, ${regionId}::bigint,
      ${id}::bigint, ${ownerId}::bigint, ${now}::timestamptz, ${now}::timestamptz
    from json_to_recordset(${json(rows)}::json) as v(number text, kind customer_kind, name text, core text,
      no_chinese_name bool, aliases text[], plates text[], pinyin text, initials text, grams text[], search_text text,
      code_kind code_kind, code text, phone text, more_phones text[], phone_digits text, email text, wechat text,
      website text, province text, city text, district text, division_code text, address text,
      source customer_source, purpose collection_purpose, remark text, details jsonb, owner_id bigint)
    order by number
    returning id, number`
}

function insertContacts(tx: Tx, rows: ContactRow[], made: { id: bigint; number: string }[], now: Date) {
  const ids = made.map(({ id, number }) => ({ id: String(id), number }))
  return tx.$executeRaw`
    insert into contact (customer_id, name, post, phones, email, main, grams, search_text, phone_digits, created_at)
    select i.id, v.name, post, phones, email, main, grams, search_text, phone_digits, ${now}::timestamptz
    from json_to_recordset(${json(rows)}::json) as v(number text, name text, post text, phones text[], email text,
      main bool, grams text[], search_text text, phone_digits text)
    join json_to_recordset(${json(ids)}::json) as i(id bigint, number text) using (number)
    order by i.id, main desc`
}

const asOutcome =
  (ids: Map<string, string>) =>
  ({ line, outcome, findings, number }: Judged): Outcome => ({
    line,
    outcome,
    findings,
    customerId: number ? (ids.get(number) ?? null) : null,
    document: null,
  })

/** Each row's outcome beside it, for whoever looks what became of the file. */
export async function storeOutcomes(tx: Tx, importId: bigint, outcomes: readonly Outcome[]): Promise<void> {
  const results = outcomes.map(({ customerId, ...rest }) => ({ ...rest, customer: customerId && String(customerId) }))
  await tx.$executeRaw`
    update customer_import_row r
    set outcome = v.outcome::import_outcome, findings = v.findings, customer_id = v.customer, document = v.document
    from jsonb_to_recordset(${json(results)}::jsonb)
      as v(line int, outcome text, findings jsonb, customer bigint, document text)
    where r.import_id = ${importId} and r.line = v.line`
}

/** As PostgreSQL reads it: half a surrogate pair, from a text cut short, is no JSON to it, and neither is NUL. */
export function json(value: unknown): string {
  const text = JSON.stringify(value)
  if (!text.includes('\\u')) return text
  return text.replace(/\\\\|\\u(?:0000|d[89a-f][\da-f]{2})/giu, (found) => (found === '\\\\' ? found : '\uFFFD'))
}
