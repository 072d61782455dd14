import { Readable } from 'node:stream'
import { pool } from '../../src/db.ts'
import { theStore } from '../../src/files/store.ts'
import { anItem } from '../support/archive.ts'
import type { Person } from '../support/cast.ts'
import { make } from '../support/make.ts'
import { complaintAddress, makeComplaints, type ComplaintSamples } from './complaints.ts'
import { creditAddress, makeCredit, type CreditSamples } from './credit.ts'
import { makeVisits, visitAddress, type VisitSamples } from './visits.ts'

/** How a record lies to the person who asks. */
export type Relation = 'own' | 'department' | 'region' | 'other' | 'absent'
export const relations: Relation[] = ['own', 'department', 'region', 'other', 'absent']

export type Samples = Record<'customer' | 'import' | 'task' | 'deadline', Record<Relation, string>> & {
  /** What belongs to the customer of that relation: the ids of a contact, an address, a link and an attachment. */
  belongings: Record<Relation, Record<'contact' | 'address' | 'link' | 'attachment', string>>
  /** The lines of the trail by which this person asked to see the e-mail, and the contact's telephones. */
  lines: Record<Relation, Record<'email' | 'phones', string>>
  /** What a person keeps or did: a saved view, and what became of many customers at once. */
  view: string
  batch: string
  notice: string
  /** A request for approval that this person filed. */
  approval: string
  alert: string
  /** A draft of parameters that this person wrote. */
  change: string
  /** A handover that whoever sees handovers of the whole company sees. */
  handover: string
  /** A delegation that this person gave and has not begun. */
  delegation: string
  /** An internal item in its place, for whoever reaches the whole company, with its file, room and place. */
  archived: Record<'item' | 'file' | 'room' | 'place', string>
  incident: string
  agreement: string
  disclosure: string
  /** An application to view that this person made, returned. */
  viewing: string
  /** What this person asked to borrow, and has. */
  lending: { application: string; loan: string }
  /** A permit to copy that this person asked for, with a copy that is out and was carried somewhere. */
  copying: Record<'permit' | 'copy' | 'movement' | 'designation', string>
  /** A certificate in the safe, for whoever reaches the whole company. */
  certificate: string
  count: string
  /** A transfer whose next signature is this person's, for each of the three; the checker's has a supplement asked for. */
  transfer: Record<'officer' | 'checker' | 'archivist', string>
  complaint: ComplaintSamples
  visit: VisitSamples
  credit: CreditSamples
  staff: string
  department: string
  region: string
}

/** A record of each kind and relation: own ones lie nowhere, so that only ownership can open them. */
export async function samplesFor(person: Person): Promise<Samples> {
  const places = {
    own: { ownerId: person.id },
    department: { department: '城东营业部' },
    region: { region: '东区一片' },
    other: { department: '城西营业部', region: '西区' },
  }
  const customer: Partial<Record<Relation, string>> = { absent: 'K2026999999' }
  const imports: Partial<Record<Relation, string>> = { absent: 'I2026999999' }
  const tasks: Partial<Record<Relation, string>> = { absent: 'D2026999999' }
  const deadlines: Partial<Record<Relation, string>> = { absent: '999999999' }
  const nothing = { contact: '999999999', address: '999999999', link: '999999999', attachment: '999999999' }
  const belongings: Samples['belongings'] = {
    own: nothing,
    department: nothing,
    region: nothing,
    other: nothing,
    absent: nothing,
  }
  const unasked = { email: '999999999', phones: '999999999' }
  const lines: Samples['lines'] = {
    own: unasked,
    department: unasked,
    region: unasked,
    other: unasked,
    absent: unasked,
  }
  for (const [relation, place] of Object.entries(places)) {
    const { id, number } = await make.customer(place)
    customer[relation as Relation] = number
    belongings[relation as Relation] = await makeBelongings(id, (await make.customer(place)).id)
    lines[relation as Relation] = await makeUnmaskings(person, id, belongings[relation as Relation].contact)
    imports[relation as Relation] = await makeImport(place)
    tasks[relation as Relation] = await makeTask(person, relation as Relation)
    deadlines[relation as Relation] = await makeDeadline(id)
  }
  const colleague = await make.staff()
  return {
    customer: customer as Record<Relation, string>,
    import: imports as Record<Relation, string>,
    task: tasks as Record<Relation, string>,
    deadline: deadlines as Record<Relation, string>,
    belongings,
    lines,
    view: await makeView(person),
    batch: await makeBatches(person),
    notice: await makeNotice(person),
    approval: await makeApproval(person),
    alert: await makeAlert(person),
    change: await makeChange(person),
    handover: await makeHandover(person),
    delegation: await makeDelegation(person),
    archived: await makeArchived(person),
    incident: await makeIncident(person),
    agreement: await makeAgreement(person),
    disclosure: await makeDisclosure(person),
    viewing: await makeViewing(person),
    lending: await makeLending(person),
    copying: await makeCopying(person),
    ...(await makeCertificate(person)),
    transfer: {
      officer: await makeTransfer('officer', person),
      checker: await makeTransfer('checker', person),
      archivist: await makeTransfer('archivist', person),
    },
    complaint: await makeComplaints(person, (id) => makeAttachment('complaint', id)),
    credit: await makeCredit(person),
    visit: await makeVisits(person, (id) => makeAttachment('visit', id)),
    staff: colleague.number,
    department: await idOf('department', '城西营业部'),
    region: await idOf('region', '西区'),
  }
}

async function makeView({ id }: Person): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(
    `insert into saved_view (staff_id, name, query) values ($1, 'V' || gen_random_uuid(), 'life=signed') returning id`,
    [id],
  )
  return rows[0]!.id
}

/** The clock of a customer's confirmation: whoever sees the customer sees it. */
async function makeDeadline(customerId: bigint): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(
    `insert into deadline (kind, subject, customer_id, rule, amount, unit, started_at, due_at, soon_at)
     values ('customer.confirmation', 'customer:' || $1::text, $1::bigint, 'CUS-05', 1, 'working_day', '2026-11-23T02:00:00Z',
       '2026-11-24T09:30:00Z', '2026-11-23T16:00:00Z') returning id`,
    [String(customerId)],
  )
  return rows[0]!.id
}

/** Of a leaver who left nothing, with one line that came to this person. */
async function makeHandover({ id }: Person): Promise<string> {
  const leaver = await make.staff()
  const { rows } = await pool.query<{ number: string }>(
    `with h as (
       insert into handover (number, leaver_id, started_by_id, started_at, leaves_on)
       values ('J19' || lpad((random() * 1e8)::int::text, 8, '0'), $1, $2, '2026-11-22T06:00:00Z', '2026-11-30')
       returning id, number),
     l as (insert into handover_line (handover_id, kind, subject, label, to_id, at)
       select id, 'customer', 'customer:0', 'K2026999999', $2, '2026-11-22T06:00:00Z' from h)
     select number from h`,
    [leaver.id, id],
  )
  return rows[0]!.number
}

async function makeDelegation({ id }: Person): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(
    `insert into delegation (from_id, to_id, starts_at, ends_at, made_at)
     values ($1, $2, '2099-01-01T00:00:00Z', '2099-01-09T00:00:00Z', '2026-11-22T06:00:00Z') returning id`,
    [id, (await make.staff()).id],
  )
  return rows[0]!.id
}

/** That the file of a customer be confirmed: whoever filed it sees it, whatever their role. */
async function makeApproval({ id }: Person): Promise<string> {
  const customer = await make.customer()
  const { rows } = await pool.query<{ number: string }>(
    `with r as (
       insert into approval_request (number, kind, subject, customer_id, basis, filed_by_id, filed_at)
       values ('S19' || lpad((random() * 1e8)::int::text, 8, '0'), 'customer.confirmation', 'customer:' || $1::text,
         $1::bigint, '1', $2, '2026-11-22T06:00:00Z') returning id, number),
     s as (insert into approval_step (request_id, n, kind, role, filed_by_id, excluded, state, opened_at)
       select id, 1, 'customer.confirmation', 'sales_director', $2, array[$2::bigint], 'open', '2026-11-22T06:00:00Z' from r)
     select number from r`,
    [String(customer.id), id],
  )
  return rows[0]!.number
}

async function makeArchived({ id }: Person): Promise<Samples['archived']> {
  const { rows } = await pool.query<{ room: string; place: string }>(
    `with r as (insert into archive_room (name) values ('云外库房' || gen_random_uuid()) returning id),
     p as (insert into archive_place (room_id, cabinet, shelf, position) select id, 1, 1, 1 from r returning id, room_id)
     select room_id as room, id as place from p`,
  )
  const { room, place } = rows[0]!
  const item = await anItem(await make.customer({ ownerId: id }), { placeId: BigInt(place) })
  return { item: item.number, file: item.file.number, room, place }
}

async function makeIncident({ id }: Person): Promise<string> {
  const { rows } = await pool.query<{ number: string }>(
    `insert into incident (number, kind, what, reported_by_id, reported_at)
     values ('X19' || lpad((random() * 1e8)::int::text, 8, '0'), 'loss', '一册不在柜位', $1, '2026-11-22T06:00:00Z') returning number`,
    [id],
  )
  return rows[0]!.number
}

async function makeAgreement({ id }: Person): Promise<string> {
  const { rows } = await pool.query<{ number: string }>(
    `insert into agreement (number, party, partner, scope, duties, liability, signed_on, from_on, recorded_by_id, recorded_at)
     values ('XY19' || lpad((random() * 1e8)::int::text, 8, '0'), 'partner', '九色鹿货运', '送货地址', '不外传', '赔偿',
       '2020-01-01', '2020-01-01', $1, '2026-11-22T06:00:00Z') returning number`,
    [id],
  )
  return rows[0]!.number
}

/** Asked for by this person, approved and packed: whoever packs finds it waiting to be handed over. */
async function makeDisclosure(person: Person): Promise<string> {
  const customer = await make.customer()
  const agreement = await makeAgreement(person)
  const { rows } = await pool.query<{ number: string }>(
    `insert into disclosure (number, customer_id, applicant_id, state, recipient, agreement_id, purpose, basis, fields,
       from_on, until_on, way, filed_at, packed_at, packed_by_id, package_sha)
     select 'DW19' || lpad((random() * 1e8)::int::text, 8, '0'), $1, $2, 'approved', '九色鹿货运', id, '送货', 'contract',
       '{name}', '2020-01-01', '2099-01-01', 'in_person', '2026-11-22T06:00:00Z', '2026-11-22T06:00:00Z', $2, 'x'
     from agreement where number = $3 returning number`,
    [customer.id, person.id, agreement],
  )
  return rows[0]!.number
}

async function makeViewing({ id }: Person): Promise<string> {
  const item = await anItem(await make.customer(), { secrecy: 'secret' })
  const { rows } = await pool.query<{ number: string }>(
    `with v as (
       insert into viewing (number, customer_id, applicant_id, state, purpose, reason, from_at, until_at, filed_at)
       values ('Y19' || lpad((random() * 1e8)::int::text, 8, '0'), $1, $2, 'returned', 'audit', '核对交货期与合同约定',
         '2026-11-23T00:30:00Z', '2026-11-23T09:30:00Z', '2026-11-22T06:00:00Z') returning id, number),
     i as (insert into viewing_item (viewing_id, item_id, secrecy) select id, $3, 'secret' from v)
     select number from v`,
    [item.customer.id, id, item.id],
  )
  return rows[0]!.number
}

async function makeCertificate({ id: by }: Person): Promise<{ certificate: string; count: string }> {
  const item = await anItem(await make.customer(), { type: 'certificate', important: true })
  const { rows } = await pool.query<{ certificate: string; count: string }>(
    `with made as (
       insert into certificate (number, item_id, kind, cert_number, owner, received_at)
       values ('QZ19' || lpad((random() * 1e8)::int::text, 8, '0'), $1, '不动产权证', '桃源第 7 号', '蓬莱客栈',
         '2026-11-22T06:00:00Z') returning id, number),
     counted as (
       insert into certificate_count (at, by_id, witness_id) values ('2026-11-22T06:00:00Z', $2, $3) returning id),
     line as (
       insert into certificate_counted (count_id, certificate_id, expected, counted)
       select counted.id, made.id, 1, 1 from made, counted)
     select made.number as certificate, counted.id::text as count from made, counted`,
    [item.id, by, (await make.staff()).id],
  )
  return rows[0]!
}

type Party = keyof Samples['transfer']
const turn = { officer: 'listing', checker: 'handed', archivist: 'checked' } as const satisfies Record<Party, string>

async function makeTransfer(party: Party, { id }: Person): Promise<string> {
  const { id: customerId } = await make.customer()
  const parties: Record<Party, bigint> = {
    officer: (await make.staff()).id,
    checker: (await make.staff()).id,
    archivist: (await make.staff()).id,
    [party]: id,
  }
  const { rows } = await pool.query<{ number: string }>(
    `with made as (
       insert into transfer (number, customer_id, title, ended_on, state, officer_id, checker_id, archivist_id, handed_at,
         checked_at, created_at)
       values ('G19' || lpad((random() * 1e8)::int::text, 8, '0'), $1, '九色鹿画坊春季贷款', '2026-11-20', $2::transfer_state,
         $3, $4, $5, case when $2 <> 'listing' then '2026-11-22T02:00:00Z'::timestamptz end,
         case when $2 = 'checked' then '2026-11-22T05:00:00Z'::timestamptz end, '2026-11-21T02:00:00Z')
       returning id, number),
     line as (
       insert into transfer_item (transfer_id, n, title, pages) select id, 1, '借款合同', 12 from made),
     asked as (
       insert into supplement (transfer_id, n, what, asked_at, due_on)
       select id, 1, '缺签字页', '2026-11-22T03:00:00Z', '2026-11-25' from made where $2 = 'handed')
     select number from made`,
    [customerId, turn[party], parties.officer, parties.checker, parties.archivist],
  )
  return rows[0]!.number
}

/** Who acts there, by the last part of the address. */
function partyOf(path: string): Party {
  if (/\/(check|return|supplements)\b/.test(path)) return 'checker'
  return /\/(taking|sending-back)$/.test(path) ? 'archivist' : 'officer'
}

/** Lent on what was approved, and out since: the borrower and the keepers of the register see both. */
async function makeLending({ id }: Person) {
  const item = await anItem(await make.customer())
  const { rows } = await pool.query<{ application: string; loan: string }>(
    `with a as (
       insert into loan_application (number, customer_id, applicant_id, state, purpose, reason, days, filed_at)
       values ('JS19' || lpad((random() * 1e8)::int::text, 8, '0'), $1, $2, 'approved', 'audit', '核对交货期与合同约定', 1,
         '2026-11-22T06:00:00Z') returning id, number),
     n as (insert into loan_application_item (application_id, item_id) select id, $3 from a),
     l as (insert into loan (number, item_id, customer_id, application_id, borrower_id, pages, reason, lent_at, lent_by_id,
         due_at)
       select 'JY19' || lpad((random() * 1e8)::int::text, 8, '0'), $3, $1, id, $2, 6, '核对交货期与合同约定',
         '2026-11-22T06:00:00Z', $4, '2099-01-01T00:00:00Z' from a returning number)
     select a.number as application, l.number as loan from a, l`,
    [item.customer.id, id, item.id, (await make.staff()).id],
  )
  return rows[0]!
}

async function makeCopying({ id }: Person): Promise<Samples['copying']> {
  const item = await anItem(await make.customer(), { secrecy: 'secret' })
  const { rows } = await pool.query<Samples['copying']>(
    `with p as (
       insert into copy_permit (number, customer_id, applicant_id, state, way, purpose, reason, holder, due_on, filed_at)
       values ('FZ19' || lpad((random() * 1e8)::int::text, 8, '0'), $1, $2, 'approved', 'download', 'audit', '核对条款',
         '蓬莱阁', '2099-01-01', '2026-11-22T06:00:00Z') returning id, number),
     pi as (insert into copy_permit_item (permit_id, item_id, secrecy) select id, $3, 'secret' from p),
     n as (insert into numbered_copy (number, permit_id, item_id, customer_id, pages, holder, made_at, made_by_id, due_at)
       select 'FB19' || lpad((random() * 1e8)::int::text, 8, '0'), id, $3, $1, 6, '蓬莱阁', '2026-11-22T06:00:00Z', $2,
         '2099-01-02T00:00:00Z' from p returning id, number),
     m as (insert into movement (number, kind, item_id, customer_id, copy_id, from_whom, to_whom, carrier_id, measure, out_at,
         recorded_by_id)
       select 'L19' || lpad((random() * 1e8)::int::text, 8, '0'), 'send', $3, $1, id, '蓬莱阁', '方壶会馆', $2, 'escort',
         '2026-11-22T06:00:00Z', $2 from n returning number),
     d as (insert into designated_person (staff_id, from_on, reason, named_by_id, named_at)
       values ($2, '2099-01-01', '送件', $2, '2026-11-22T06:00:00Z') returning id)
     select p.number as permit, n.number as copy, m.number as movement, d.id::text as designation from p, n, m, d`,
    [item.customer.id, id, item.id],
  )
  return rows[0]!
}

async function makeNotice({ id }: Person): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(
    `insert into notice (staff_id, at, kind, subject, href, params)
     values ($1, '2026-11-22T06:00:00Z', 'customer.confirmed', 'customer:0', '/customers',
       '{"by": "鹿鸣野", "number": "K2026999999"}') returning id`,
    [id],
  )
  return rows[0]!.id
}

async function makeAlert({ id }: Person): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(
    `insert into alert (kind, staff_id, at, once, detail)
     values ('mass_opening', $1, '2026-11-22T06:00:00Z', gen_random_uuid(), '{"n": 101, "limit": 100}') returning id`,
    [id],
  )
  return rows[0]!.id
}

async function makeChange({ id }: Person): Promise<string> {
  const { rows } = await pool.query<{ number: string }>(
    `with c as (
       insert into regulation_change (number, reason, effective_on, drafted_by_id, drafted_at)
       values ('R19' || lpad((random() * 1e8)::int::text, 8, '0'), '蓬莱分店', '2099-12-01', $1, now()) returning id, number),
     v as (insert into regulation_version (change_id, rule, values, replaces)
       select id, 'CUS-06', '{"customers.undo_seconds": 20}', '{"customers.undo_seconds": 10}' from c)
     select number from c`,
    [id],
  )
  return rows[0]!.number
}

async function makeBatches({ id, name }: Person): Promise<string> {
  const batch = '0123456789abcdef'
  const outcomes = [{ number: 'K2026999999' }]
  const after = JSON.stringify({ at: '2026-11-22T06:00:00.000Z', verdict: 'approve', outcomes })
  const made = [
    ['assignment.made', 'assignment'],
    ['confirmation.made', 'confirmation'],
    ['approval.together', 'approvals'],
  ]
  const together = JSON.stringify({ act: 'assign', outcomes: [{ number: 'T2026999999', whys: [] }] })
  for (const [action, noun] of [...made, ['complaints.handled_together', 'complaints']])
    await pool.query(
      `insert into audit_entry (kind, actor_id, actor_name, action, subject, after)
       values ('change', $1, $2, $3, $4, $5::jsonb)`,
      [id, name, action, `${noun}:${batch}`, noun === 'complaints' ? together : after],
    )
  await pool.query(
    `insert into approval_request (number, kind, subject, state, payload, basis, filed_by_id, filed_at, ended_at)
     values ('S' || gen_random_uuid(), 'customer.assignment', 'assignment:' || $2, 'withdrawn', '{"customers": []}', $2,
       $1, '2026-11-22T06:00:00Z', '2026-11-22T06:00:00Z')`,
    [id, batch],
  )
  return batch
}

async function makeBelongings(id: bigint, other: bigint) {
  const attachment = await makeAttachment('customer', id)
  const { rows } = await pool.query<{ contact: string; address: string; link: string }>(
    `with c as (insert into contact (customer_id, name, phones, email, wechat)
       values ($1, '鹿鸣野', '{13800000317}', 'lu@example.com', 'luming_317') returning id),
     a as (insert into customer_address (customer_id, use, address) values ($1, 'delivery', '云外路 18 号') returning id),
     l as (insert into customer_link (kind, from_id, to_id) values ('parent', $1, $2) returning id)
     select c.id as contact, a.id as address, l.id as link from c, a, l`,
    [id, other],
  )
  return { ...rows[0]!, attachment }
}

/** A text of one line, which is in the store. */
async function makeAttachment(host: 'customer' | 'complaint' | 'visit', id: bigint): Promise<string> {
  const store = await theStore()
  const { sha256, bytes } = await store.put(Readable.from([Buffer.from('蓬莱阁租约')]))
  const { rows } = await pool.query<{ id: string }>(
    `with f as (insert into stored_file (sha256, bytes, type, stored_at, stored_by_id)
       select $2, $3, 'text/plain', '2026-11-22T06:00:00Z', min(id) from staff
       on conflict (sha256) do update set sha256 = excluded.sha256 returning id),
     a as (insert into attachment (customer_id, complaint_id, visit_id, title, created_at)
       values ($1, $4, $5, '租约', '2026-11-22T06:00:00Z') returning id),
     v as (insert into attachment_version (attachment_id, n, file_id, name, at, by_id)
       select a.id, 1, f.id, '租约.txt', '2026-11-22T06:00:00Z', (select min(id) from staff) from a, f)
     select id from a`,
    [host === 'customer' ? id : null, sha256, bytes, host === 'complaint' ? id : null, host === 'visit' ? id : null],
  )
  return rows[0]!.id
}

async function makeUnmaskings({ id, name }: Person, customer: bigint, contact: string) {
  await pool.query(`update customer set email = 'she@guanghan.example' where id = $1`, [customer])
  const ask = async (after: object) => {
    const { rows } = await pool.query<{ id: string }>(
      `insert into audit_entry (kind, actor_id, actor_name, action, subject, after)
       values ('read', $1, $2, 'customer.unmasked', $3, $4::jsonb) returning id`,
      [id, name, `customer:${customer}`, JSON.stringify({ ...after, until: '2026-11-22T06:00:00.000Z' })],
    )
    return rows[0]!.id
  }
  return { email: await ask({ field: 'email' }), phones: await ask({ field: 'phones', part: `contact:${contact}` }) }
}

async function makeImport({ ownerId, department, region }: { ownerId?: bigint; department?: string; region?: string }) {
  const { rows } = await pool.query<{ number: string }>(
    `insert into customer_import (number, file_name, sha256, encoding, header, mapping, state, total, owner_id,
       department_id, region_id)
     values ('I19' || lpad((random() * 1e8)::int::text, 8, '0'), '客户.csv', 'x', 'utf-8', '{名称}', '{"columns": ["name"], "kind": "organisation"}', 'mapping', 1,
       coalesce($1, (select min(id) from staff)), (select id from department where name = $2),
       (select id from region where name = $3)) returning number`,
    [ownerId ?? null, department ?? null, region ?? null],
  )
  await pool.query(
    `insert into customer_import_row (import_id, line, cells)
     select id, 2, '{昆仑驿站有限公司}' from customer_import where number = $1`,
    [rows[0]!.number],
  )
  return rows[0]!.number
}

/** A task lies where its owner works, or in the region of its customer; one's own was given by oneself. */
async function makeTask({ id }: Person, relation: Relation): Promise<string> {
  const owner = relation === 'own' ? { id } : await make.staff()
  if (relation === 'department' || relation === 'other')
    await pool.query(`update staff set department_id = (select id from department where name = $2) where id = $1`, [
      owner.id,
      relation === 'department' ? '城东营业部' : '城西营业部',
    ])
  const about = relation === 'region' ? (await make.customer({ region: '东区一片' })).id : null
  const { rows } = await pool.query<{ number: string }>(
    `insert into task (number, title, owner_id, created_by_id, customer_id, due_on, created_at)
     values ('D19' || lpad((random() * 1e8)::int::text, 8, '0'), '给客户回电', $1, $2, $3, '2099-01-04', now())
     returning number`,
    [owner.id, relation === 'own' ? id : (await make.staff()).id, about],
  )
  return rows[0]!.number
}

async function idOf(table: 'department' | 'region', name: string): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(`select id from ${table} where name = $1`, [name])
  return rows[0]!.id
}

/** The addresses of a route with its places filled in: one for each relation where the record has one. */
export function addressesOf(path: string, samples: Samples): { url: string; relation: Relation | null }[] {
  // Labels of nothing are refused.
  if (path === '/archive/labels.pdf') return [{ url: `${path}?item=${samples.archived.item}`, relation: null }]
  if (!path.includes(':')) return [{ url: path, relation: null }]
  if (path === '/imports/:number/columns') return [{ url: creditAddress(path, samples.credit), relation: 'own' }]
  for (const kind of ['customer', 'import', 'task'] as const)
    if (path.startsWith(`/${kind}s/:number`))
      return relations.map((relation) => {
        const belonging = samples.belongings[relation]
        const field = path.includes('/contacts/') ? 'phones' : 'email'
        const url = path
          .replace(':number', samples[kind][relation])
          .replace(/:(contact|address|link|attachment)\b/, (_whole, name: keyof typeof belonging) => belonging[name])
          .replace(':field', field)
          .replace(/:n\b/, '1')
          .replace(':line', samples.lines[relation][field])
        return { url, relation }
      })
  if (path.startsWith('/deadlines/:id'))
    return relations.map((relation) => ({ url: path.replace(':id', samples.deadline[relation]), relation }))
  const unit = path.startsWith('/organisation/regions') ? samples.region : samples.department
  const url = creditAddress(visitAddress(complaintAddress(path, samples.complaint), samples.visit), samples.credit)
    .replace(/^(\/staff\/):\w+/, `$1${samples.staff}`)
    .replace(/^(\/handovers\/):\w+/, `$1${samples.handover}`)
    .replace(/^(\/delegations\/):\w+/, `$1${samples.delegation}`)
    .replace('/hand/:thing', '/hand/customer')
    .replace(/^(\/approvals\/):number/, `$1${samples.approval}`)
    .replace(/^(\/notices\/):\w+/, `$1${samples.notice}`)
    .replace(/^(\/archive\/items\/):number/, `$1${samples.archived.item}`)
    .replace(/^(\/archive\/files\/):number/, `$1${samples.archived.file}`)
    .replace(/^(\/archive\/rooms\/):room/, `$1${samples.archived.room}`)
    .replace(/^(\/archive\/rooms\/\d+\/places\/):place/, `$1${samples.archived.place}`)
    .replace(/^(\/agreements\/):\w+/, `$1${samples.agreement}`)
    .replace(/^(\/disclosures\/):\w+/, `$1${samples.disclosure}`)
    .replace(/^(\/incidents\/):\w+/, `$1${samples.incident}`)
    .replace(/^(\/viewings\/):\w+/, `$1${samples.viewing}`)
    .replace(/^(\/loans\/applications\/):\w+/, `$1${samples.lending.application}`)
    // A file leaves once, and as a file: the tests of copies fetch it.
    .replace('/made/:copy/file', '/made/FB0/file')
    .replace(/^(\/copies\/):number/, `$1${samples.copying.permit}`)
    .replace('/made/:copy', `/made/${samples.copying.copy}`)
    .replace(/^(\/movements\/):number/, `$1${samples.copying.movement}`)
    .replace(/^(\/designations\/):id/, `$1${samples.copying.designation}`)
    .replace(/^(\/loans\/):\w+/, `$1${samples.lending.loan}`)
    .replace(/^(\/certificates\/):number/, `$1${samples.certificate}`)
    .replace(/^(\/certificates\/counts\/):count/, `$1${samples.count}`)
    .replace(/^(\/transfers\/):number/, `$1${samples.transfer[partyOf(path)]}`)
    .replace(/^(\/alerts\/):\w+/, `$1${samples.alert}`)
    .replace(/^(\/regulations\/changes\/):\w+/, `$1${samples.change}`)
    .replace(/^(\/regulations\/):rule\b/, '$1CUS-05')
    .replace(/:(id|unit)\b/, unit)
    .replace(/:(view|batch)\b/, (_whole, name: 'view' | 'batch') => samples[name])
    .replace(/:job\b/, 'housekeeping')
    .replace('/calendar/days/:day/:origin', '/calendar/days/2026-10-01/statutory')
    .replace('/calendar/years/:year', '/calendar/years/2027')
    .replace(/:(role|grant|key)\b/, '1')
    .replace(/:\w+/g, '1')
  return [{ url, relation: null }]
}
