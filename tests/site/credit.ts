import { pool } from '../../src/db.ts'
import type { Person } from '../support/cast.ts'
import { aCreditCustomer, daysAgo, received, shipped } from '../support/credit.ts'

/** Of a customer of this person, each where its forms open. */
export type CreditSamples = {
  customer: string
  contract: string
  shipment: string
  receipt: string
  held: string
  /** May ship, and has a paper. */
  released: string
  plan: string
  /** A file of receipts that this person brought and has not started. */
  import: string
  view: string
}

const at = '2026-11-22T06:00:00Z'

export async function makeCredit(person: Person): Promise<CreditSamples> {
  const customer = await aCreditCustomer({ ownerId: person.id })
  const shipment = await shipped(customer, { amount: '5000.00', on: daysAgo(5) })
  // Of another customer, so that neither pays the other's.
  const receipt = await received(await aCreditCustomer({ ownerId: person.id }), { amount: '300.00', on: daysAgo(3) })
  const contract = await one('select number from contract where customer_id = $1', [customer.id])
  return {
    customer: customer.number,
    contract,
    shipment: shipment.number,
    receipt: receipt.number,
    held: await makeRelease(customer.id, person, 'held'),
    released: await makeRelease(customer.id, person, 'released'),
    plan: await makePlan(customer.id, person),
    import: await makeImport(person),
    view: await makeView(person),
  }
}

const makeRelease = (customerId: bigint, { id }: Person, state: 'held' | 'released') =>
  one(
    `insert into release (number, customer_id, owner_id, amount, goods, state, ground, holds, short, requested_at,
       requested_by_id, released_at)
     select 'FX19' || lpad((random() * 1e8)::int::text, 8, '0'), id, owner_id, 100, '库板 2 平方米', $3::release_state,
       case when $3 = 'released' then 'within'::release_ground end, case when $3 = 'held' then '{over}'::text[] else '{}' end,
       case when $3 = 'held' then 100 else 0 end, $4, $2, case when $3 = 'released' then $4::timestamptz end
     from customer where id = $1 returning number`,
    [customerId, id, state, at],
  )

const makePlan = (customerId: bigint, { id }: Person) =>
  one(
    `with p as (
       insert into repayment_plan (number, customer_id, promised_by, filed_at, filed_by_id)
       values ('HL19' || lpad((random() * 1e8)::int::text, 8, '0'), $1, '桃源老李', $3, $2) returning id, number),
     l as (insert into repayment_line (plan_id, n, due_on, amount) select id, 1, $4::date, 100 from p)
     select number from p`,
    [customerId, id, at, daysAgo(-20)],
  )

const makeImport = ({ id }: Person) =>
  one(
    `with i as (
       insert into customer_import (number, subject, file_name, sha256, encoding, header, mapping, state, total, owner_id)
       values ('I19' || lpad((random() * 1e8)::int::text, 8, '0'), 'receipts', '回款.csv', 'x', 'utf-8', '{单据号,金额}',
         '{"columns": ["document", "amount"]}', 'mapping', 1, $1) returning id, number),
     r as (insert into customer_import_row (import_id, line, cells) select id, 2, '{D1,1.00}' from i)
     select number from i`,
    [id],
  )

async function makeView({ id }: Person): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(
    `insert into saved_view (staff_id, list, name, query)
     values ($1, 'releases', '我拦下的' || gen_random_uuid()::text, 'state=held') returning id`,
    [id],
  )
  return rows[0]!.id
}

async function one(sql: string, values: unknown[]): Promise<string> {
  const { rows } = await pool.query<{ number: string }>(sql, values)
  return rows[0]!.number
}

/** The address of a route about credit, its places filled in; others stay as they are. */
export function creditAddress(path: string, samples: CreditSamples): string {
  const release = /\/shipping$|\.pdf$/.test(path) ? samples.released : samples.held
  return path
    .replace(/^(\/credit\/customers\/):number/, `$1${samples.customer}`)
    .replace(/^(\/imports\/):number(\/columns)$/, `$1${samples.import}$2`)
    .replace(/^(\/releases\/views\/):view/, `$1${samples.view}`)
    .replace(/^(\/contracts\/):number/, `$1${samples.contract}`)
    .replace(/^(\/shipments\/):number/, `$1${samples.shipment}`)
    .replace(/^(\/receipts\/):number/, `$1${samples.receipt}`)
    .replace(/^(\/releases\/):number/, `$1${release}`)
    .replace(/^(\/repayment-plans\/):number/, `$1${samples.plan}`)
}
