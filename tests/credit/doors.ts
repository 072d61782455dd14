import { expect } from 'vitest'
import type { Actor } from '../../src/access/actor.ts'
import { change } from '../../src/audit/change.ts'
import { fieldsOf, type LedgerSubject } from '../../src/credit/importing/columns.ts'
import { storeLedger } from '../../src/credit/importing/storing.ts'
import { recordReceipt } from '../../src/credit/ledger/commands.ts'
import { askRelease } from '../../src/credit/releases/commands.ts'
import { confirmShipping } from '../../src/credit/shipping/commands.ts'
import { db, pool } from '../../src/db.ts'
import { now } from '../../src/lib/clock.ts'
import { NotFound, Refused } from '../../src/lib/refused.ts'
import { aToken, documentNumber, program, type Answer } from '../support/api.ts'
import { daysAgo, releaseOf } from '../support/credit.ts'
import { actorOf, make, theCast } from '../support/make.ts'

/** On which way a document comes in: a person's form, a row of a file, another system's call. */
export const ways = ['form', 'import', 'api'] as const
export type Way = (typeof ways)[number]
type Program = ReturnType<typeof program>
type Customer = { id: bigint; number: string }
type Order = { id: bigint; number: string }

/** Whoever uses them: each with the rights of the cast, and nothing else; files come from who is finance and logistics. */
export type Doors = {
  bringer: Actor
  finance: Actor
  sales: Actor
  logistics: Actor
  importId: bigint
  programs: { finance: Program; sales: Program; logistics: Program }
}

export async function openDoors(): Promise<Doors> {
  const cast = await theCast()
  const [finance, sales, logistics] = await Promise.all(
    [cast.finance, cast.sales, cast.logistics].map((one) => actorOf(one)),
  )
  const expiresAt = new Date(now().getTime() + 900 * 86_400_000)
  const programOf = async (who: { id: bigint }) => program((await aToken(who, { expiresAt })).secret)
  const { rows } = await pool.query<{ id: string }>(
    `insert into customer_import (number, subject, file_name, sha256, encoding, header, mapping, total, owner_id)
     values ($1, 'shipments', '往来.csv', '', 'utf-8', '{}', '{}', 0, $2) returning id`,
    [documentNumber('I'), cast.finance.id],
  )
  return {
    bringer: await actorOf(await make.staff([{ role: 'finance' }, { role: 'logistics' }])),
    finance: finance!,
    sales: sales!,
    logistics: logistics!,
    importId: BigInt(rows[0]!.id),
    programs: {
      finance: await programOf(cast.finance),
      sales: await programOf(cast.sales),
      logistics: await programOf(cast.logistics),
    },
  }
}

/** CRD-06: asks for goods; by a form, or as an order of another system. */
export async function request(doors: Doors, way: Way, customer: Customer, amount: string): Promise<Order> {
  const asked = { customer: customer.number, amount, goods: '冷库门 4 樘', note: null }
  if (way !== 'api') return askRelease(doors.sales, { ...asked, contract: null }, now())
  const { status, body } = await doors.programs.sales.post('/releases', { ...asked, document: documentNumber() })
  expect(status, JSON.stringify(body)).toBe(201)
  return db.release.findUniqueOrThrow({ where: { number: body.number }, select: { id: true, number: true } })
}

type Money = { amount: string; receivedOn: string; release: string | null }
/** CRD-16: money received; the receipt's id, or null where it was refused. */
export async function pay(doors: Doors, way: Way, customer: Customer, money: Money): Promise<bigint | null> {
  const document = documentNumber('HKD')
  const { amount, receivedOn, release } = money
  if (way === 'import') {
    const row = { customer: customer.number, document, amount, day: receivedOn, release: release ?? '' }
    await bring(doors, 'receipts', row)
  } else if (way === 'api') {
    const given = { document, customer: customer.number, amount, receivedOn, way: 'transfer', release }
    answered(await doors.programs.finance.post('/receipts', given))
  } else {
    const given = { ...money, customer: customer.number, document, way: 'transfer' as const, payer: null }
    await unlessRefused(recordReceipt(doors.finance, { ...given, byHand: false }, now()))
  }
  return (await db.receipt.findUnique({ where: { document }, select: { id: true } }))?.id ?? null
}

/** CRD-13: goods leave against their release; the shipment's id, or null where they may not. */
export async function ship(doors: Doors, way: Way, customer: Customer, order: Order, amount: string) {
  const document = documentNumber('XSD')
  if (way === 'import') {
    const row = { customer: customer.number, document, amount, day: daysAgo(0), release: order.number }
    await bring(doors, 'shipments', row)
  } else if (way === 'api') {
    const given = { document, release: order.number, amount, shippedOn: daysAgo(0) }
    answered(await doors.programs.logistics.post('/shipments', given))
  } else {
    const { version } = await releaseOf(order)
    const given = { version, amount, document, invoice: null }
    await unlessRefused(confirmShipping(doors.logistics, order.id, given, now()))
  }
  return (await db.shipment.findUnique({ where: { document }, select: { id: true } }))?.id ?? null
}

function bring({ bringer, importId }: Doors, subject: LedgerSubject, row: Record<string, string>) {
  const columns = [...fieldsOf[subject]]
  const cells = columns.map((field) => row[field] ?? '')
  return change(bringer, async (tx, audit) => {
    const batch = { subject, importId, owner: bringer, columns, lines: [{ line: 1, cells }] }
    await storeLedger(tx, audit, batch, now())
    await audit('import.batch_done', `import:${importId}`)
  })
}

/** Done, or refused by a rule and nothing else. */
function answered({ status, body }: Answer): void {
  expect([201, 404, 409, 422], JSON.stringify(body)).toContain(status)
}

export async function unlessRefused(work: Promise<unknown>): Promise<boolean> {
  try {
    await work
    return true
  } catch (error) {
    if (error instanceof Refused || error instanceof NotFound) return false
    throw error
  }
}
