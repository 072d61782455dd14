import { Prisma } from '../../../prisma/client/client.ts'
import type { LedgerSource, ReceiptWay } from '../../../prisma/client/enums.ts'
import type { Actor } from '../../access/actor.ts'
import { withinSql } from '../../access/policy.ts'
import { ask } from '../../db.ts'
import { dateText } from '../../lib/dates.ts'
import { regulationAt } from '../../regulations/in-force.ts'
import { dueSql } from '../due.ts'
import { calledSql } from '../seeking.ts'
import type { ReceiptQuery, ShipmentQuery } from './forms.ts'

export const pageSize = 25
/** Counting stops here, as on other lists. */
export const countedTo = 1000

type Row = {
  number: string
  document: string
  on: string
  amount: string
  open: string
  source: LedgerSource
  late: boolean
  countered: boolean
  counterOf: string | null
  release: string | null
  customer: string
  name: string
}
export type ShipmentRow = Row & { goods: string | null; unreleased: boolean; overdue: boolean }
export type ReceiptRow = Row & { way: ReceiptWay; payer: string | null; byHand: boolean; reserved: boolean }
export type Listed<R> = { rows: R[]; more: boolean; count: number }

/** One page of shipments, the newest day first, by keyset: page 3,000 costs what page 1 costs. */
export async function shipmentsFor(actor: Actor, query: ShipmentQuery, now: Date): Promise<Listed<ShipmentRow>> {
  const due = dueSql((await regulationAt(now)).value('credit.overdue_days'), Prisma.sql`d.`)
  const where = await conditionsOf(actor, 'shipment', query, shipmentSql(query, due, now))
  const mark = Prisma.sql`(select shipped_on, id from shipment where number = ${query.after})`
  const beyond = query.after ? Prisma.sql`${where} and (d.shipped_on, d.id) < ${mark}` : where
  const found = Prisma.sql`shipment d join customer c on c.id = d.customer_id`
  const [rows, count] = await Promise.all([
    ask<ShipmentRow>`
      select d.number, d.document, to_char(d.shipped_on, 'YYYY-MM-DD') as on, d.amount::text, d.open::text, d.goods,
        d.source::text, d.late, d.unreleased, d.net <> d.amount and d.counter_of_id is null as countered, o.number as "counterOf",
        r.number as release, c.number as customer, c.name,
        d.open > 0 and ${due} < ${dateText(now)}::date as overdue
      from ${found} left join release r on r.id = d.release_id left join shipment o on o.id = d.counter_of_id
      where ${beyond} order by d.shipped_on desc, d.id desc limit ${pageSize + 1}`,
    countOf(found, where),
  ])
  return { rows: rows.slice(0, pageSize), more: rows.length > pageSize, count }
}

export async function receiptsFor(actor: Actor, query: ReceiptQuery): Promise<Listed<ReceiptRow>> {
  const where = await conditionsOf(actor, 'receipt', query, receiptSql(query))
  const mark = Prisma.sql`(select received_on, id from receipt where number = ${query.after})`
  const beyond = query.after ? Prisma.sql`${where} and (d.received_on, d.id) < ${mark}` : where
  const found = Prisma.sql`receipt d join customer c on c.id = d.customer_id`
  const [rows, count] = await Promise.all([
    ask<ReceiptRow>`
      select d.number, d.document, to_char(d.received_on, 'YYYY-MM-DD') as on, d.amount::text, d.open::text, d.way::text,
        d.payer, d.by_hand as "byHand", d.source::text, d.late, d.net <> d.amount and d.counter_of_id is null as countered,
        o.number as "counterOf", r.number as release, coalesce(r.state in ('held', 'released'), false) as reserved,
        c.number as customer, c.name
      from ${found} left join release r on r.id = d.release_id left join receipt o on o.id = d.counter_of_id
      where ${beyond} order by d.received_on desc, d.id desc limit ${pageSize + 1}`,
    countOf(found, where),
  ])
  return { rows: rows.slice(0, pageSize), more: rows.length > pageSize, count }
}

async function countOf(found: Prisma.Sql, where: Prisma.Sql): Promise<number> {
  const [row] = await ask<{ n: number }>`
    select count(*)::int as n from (select 1 from ${found} where ${where} limit ${countedTo + 1}) as all_found`
  return row!.n
}

type Kind = 'shipment' | 'receipt'
type Common = Pick<ShipmentQuery, 'q' | 'customer' | 'from' | 'to' | 'source'>

async function conditionsOf(actor: Actor, kind: Kind, query: Common, own: Prisma.Sql[]): Promise<Prisma.Sql> {
  const { customer, from, to, source } = query
  const day = kind === 'shipment' ? Prisma.sql`d.shipped_on` : Prisma.sql`d.received_on`
  const whose = {
    owner: Prisma.sql`c.owner_id`,
    department: Prisma.sql`c.department_id`,
    region: Prisma.sql`c.region_id`,
  }
  return Prisma.join(
    [
      Prisma.sql`c.withdrawn_at is null`,
      withinSql(actor, 'credit.view', whose),
      ...(customer ? [Prisma.sql`d.customer_id = (select id from customer where number = ${customer})`] : []),
      ...(from ? [Prisma.sql`${day} >= ${from}::date`] : []),
      ...(to ? [Prisma.sql`${day} <= ${to}::date`] : []),
      ...(source ? [Prisma.sql`d.source = ${source}::ledger_source`] : []),
      ...(await soughtSql(kind, query.q)),
      ...own,
    ],
    ' and ',
  )
}

function shipmentSql({ mark, dueFrom, dueTo }: ShipmentQuery, due: Prisma.Sql, now: Date): Prisma.Sql[] {
  const owed = mark === 'unpaid' || mark === 'overdue'
  return [
    ...(owed ? [Prisma.sql`d.open > 0`] : []),
    ...(mark === 'overdue' ? [Prisma.sql`${due} < ${dateText(now)}::date`] : []),
    ...(mark === 'late' ? [Prisma.sql`d.late`] : []),
    ...(mark === 'unreleased' ? [Prisma.sql`d.unreleased`] : []),
    ...(mark === 'countered' ? [Prisma.sql`(d.counter_of_id is not null or d.net <> d.amount)`] : []),
    ...(dueFrom ? [Prisma.sql`${due} >= ${dueFrom}::date`] : []),
    ...(dueTo ? [Prisma.sql`${due} <= ${dueTo}::date`] : []),
  ]
}

const reserved = Prisma.sql`d.release_id in (select id from release where state in ('held', 'released'))`

function receiptSql({ mark, way }: ReceiptQuery): Prisma.Sql[] {
  return [
    ...(way ? [Prisma.sql`d.way = ${way}::receipt_way`] : []),
    ...(mark === 'free' ? [Prisma.sql`d.open > 0`] : []),
    ...(mark === 'reserved' ? [reserved] : []),
    ...(mark === 'by_hand' ? [Prisma.sql`d.by_hand`] : []),
    ...(mark === 'late' ? [Prisma.sql`d.late`] : []),
    ...(mark === 'countered' ? [Prisma.sql`(d.counter_of_id is not null or d.net <> d.amount)`] : []),
  ]
}

/** A document by its number, ours or the one on the paper; else those of the customers that are called so. */
async function soughtSql(kind: Kind, typed: string): Promise<Prisma.Sql[]> {
  if (typed === '') return []
  const known =
    kind === 'shipment'
      ? await ask<{ id: bigint }>`select id from shipment where number = ${typed.toUpperCase()} or document = ${typed}`
      : await ask<{ id: bigint }>`select id from receipt where number = ${typed.toUpperCase()} or document = ${typed}`
  if (known.length > 0) return [Prisma.sql`d.id = any(${known.map(({ id }) => id)}::bigint[])`]
  const called = calledSql(typed)
  return called === null ? [] : [Prisma.sql`d.customer_id in (select id from customer where ${called})`]
}
