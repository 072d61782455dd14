import type { ReceiptWay } from '../../prisma/client/enums.ts'
import { change } from '../../src/audit/change.ts'
import { allocateOldest } from '../../src/credit/allocating.ts'
import { counterShipment } from '../../src/credit/counter-entries.ts'
import { enterReceipt } from '../../src/credit/entering.ts'
import { figureFor } from '../../src/credit/figure.ts'
import { lockAccount, releaseNow, type Release } from '../../src/credit/queries.ts'
import { requestRelease } from '../../src/credit/releasing.ts'
import { db, pool, reads, writer } from '../../src/db.ts'
import { now } from '../../src/lib/clock.ts'
import { dateText } from '../../src/lib/dates.ts'
import { anItem } from './archive.ts'
import { actorOf, make, theCast } from './make.ts'

let serial = 0
const unique = (prefix: string) =>
  `${prefix}-${process.env.VITEST_POOL_ID ?? 0}-${Date.now().toString(36).toUpperCase()}-${serial++}`

/** The company's day, some days before now: 2026-11-23. */
export const daysAgo = (days: number) => dateText(new Date(now().getTime() - days * 86_400_000))

type Whose = { ownerId?: bigint | null; department?: string | null; region?: string | null }

/** A customer of the cast's sales person with all that CRD-01 asks: confirmed, with an ID copy, under contract. */
export async function aCreditCustomer(
  { ownerId, ...where }: Whose = {},
  { without }: { without?: 'contract' | 'identity' } = {},
) {
  const { sales } = await theCast()
  await opened()
  const customer = await make.customer({ ownerId: ownerId === undefined ? sales.id : ownerId, ...where })
  await pool.query(
    `update customer set standing = 'confirmed', confirmed_at = $2, confirmed_by_id = (select min(id) from staff) where id = $1`,
    [customer.id, now()],
  )
  if (without !== 'identity') await anItem(customer, { type: 'identity' })
  if (without !== 'contract') await aContract(customer)
  return customer
}

/** CRD-13: releases began by today's true day: files of one worker share it, and the clock of one may be years ahead. */
const opened = () =>
  pool.query('insert into credit_opening (id, opened_on) values (1, $1) on conflict do nothing', [dateText(new Date())])

type Dates = { from?: string; until?: string; termDays?: number }
/** Under contract from a year ago for two years, 30 days to pay, unless told otherwise. */
export async function aContract(customer: { id: bigint }, { from, until, termDays = 30 }: Dates = {}) {
  const { rows } = await pool.query<{ id: string }>(
    `insert into contract (number, customer_id, kind, signed_on, starts_on, ends_on, term_days, terms, recorded_at, recorded_by_id)
     values ($1, $2, 'distribution', $3, $3, $4, $5, '月结', $6, (select min(id) from staff)) returning id`,
    [unique('HT'), customer.id, from ?? daysAgo(365), until ?? daysAgo(-365), termDays, now()],
  )
  return BigInt(rows[0]!.id)
}

type Goods = { amount: string; on: string; unpaid?: boolean; termDays?: number | null }
/** Goods of the past in the ledger, whatever the company's first release; paid at once unless `unpaid`. */
export async function shipped(customer: { id: bigint }, { amount, on, unpaid = true, termDays = null }: Goods) {
  const number = unique('XS')
  const { rows } = await pool.query<{ id: string }>(
    `insert into shipment (number, document, customer_id, amount, shipped_on, term_days, source, recorded_at, recorded_by_id)
     values ($1, $1, $2, $3, $4, $5, 'form', $6, (select min(id) from staff)) returning id`,
    [number, customer.id, amount, on, termDays, now()],
  )
  if (!unpaid) await received(customer, { amount, on })
  return { id: BigInt(rows[0]!.id), number }
}

type Money = { amount: string; on: string; way?: ReceiptWay }
/** Money of the past in the ledger, paying the oldest goods. */
export async function received(customer: { id: bigint }, { amount, on, way = 'transfer' }: Money) {
  const number = unique('HK')
  const { rows } = await pool.query<{ id: string; by: string }>(
    `insert into receipt (number, document, customer_id, amount, received_on, way, source, recorded_at, recorded_by_id)
     values ($1, $1, $2, $3, $4, $5, 'form', $6, (select min(id) from staff)) returning id, recorded_by_id as by`,
    [number, customer.id, amount, on, way, now()],
  )
  await writer.$transaction((tx) => allocateOldest(tx, customer.id, BigInt(rows[0]!.by), now()))
  return { id: BigInt(rows[0]!.id), number }
}

/** Asked for by the cast's sales person, or `by`: released or held as the rules say. */
export async function aRelease(
  customer: { id: bigint },
  { amount, by }: { amount: string; by?: { id: bigint } },
): Promise<Release> {
  const { sales } = await theCast()
  const actor = await actorOf(by ?? sales)
  const given = { customerId: customer.id, amount, goods: '冷库门 4 樘', note: null }
  const { release } = await change(actor, (tx, audit) => requestRelease(tx, audit, actor, given, now()))
  return release
}

/** Money received today by finance, for a held release where one is named. */
export async function paid(customer: { id: bigint }, { amount, releaseId }: { amount: string; releaseId?: bigint }) {
  const { finance } = await theCast()
  const actor = await actorOf(finance)
  return change(actor, async (tx, audit) => {
    await lockAccount(tx, customer.id)
    const given = {
      customerId: customer.id,
      amount,
      receivedOn: daysAgo(0),
      document: null,
      way: 'transfer' as const,
      payer: null,
    }
    return enterReceipt(tx, audit, actor, { ...given, releaseId: releaseId ?? null, source: 'form' }, now())
  })
}

/** Taken back today by finance. */
export async function countered(shipment: { id: bigint }, { amount, on }: { amount: string; on?: string }) {
  const { finance } = await theCast()
  const actor = await actorOf(finance)
  return change(actor, async (tx, audit) => {
    const of = await tx.shipment.findUniqueOrThrow({ where: { id: shipment.id } })
    await lockAccount(tx, of.customerId)
    const counter = { amount, on: on ?? daysAgo(0), reason: '退货', document: null, source: 'form' as const }
    return counterShipment(tx, audit, actor, of, counter, now())
  })
}

export const figureOf = ({ id }: { id: bigint }) => figureFor(reads, id, now())
export const releaseOf = ({ id }: { id: bigint }) => writer.$transaction((tx) => releaseNow(tx, id))
export const checksOf = ({ id }: { id: bigint }) =>
  db.releaseCheck.findMany({ where: { releaseId: id }, orderBy: { id: 'asc' } })
