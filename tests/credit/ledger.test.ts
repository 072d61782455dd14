import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { recordContract } from '../../src/credit/contracts/commands.ts'
import { recordBreach, recordReceipt, recordShipment } from '../../src/credit/ledger/commands.ts'
import { takeBackReceipt, takeBackShipment } from '../../src/credit/ledger/countering.ts'
import { mostLines, openLines, stampOf } from '../../src/credit/ledger/queries.ts'
import { allocate, givePurpose } from '../../src/credit/ledger/reallocating.ts'
import { db, pool, reads } from '../../src/db.ts'
import { now } from '../../src/lib/clock.ts'
import { fenOf, yuanText } from '../../src/lib/money.ts'
import {
  aCreditCustomer,
  aRelease,
  countered,
  daysAgo,
  figureOf,
  paid,
  received,
  releaseOf,
  shipped,
} from '../support/credit.ts'
import { actorOf, refusalOf, theCast } from '../support/make.ts'

type Whose = { id: bigint; number: string }
const finance = async () => actorOf((await theCast()).finance)
let papers = 0
const paper = () => `ERP-${process.env.VITEST_POOL_ID ?? 0}-${Date.now().toString(36)}-${papers++}`
const old = daysAgo(400)

const goods = (customer: Whose, more: object = {}) => ({
  customer: customer.number,
  amount: '1000.00',
  shippedOn: old,
  document: null,
  goods: '冷库门 1 樘',
  invoice: null,
  ...more,
})
const money = (customer: Whose, more: object = {}) => ({
  customer: customer.number,
  amount: '400.00',
  receivedOn: daysAgo(1),
  way: 'transfer' as const,
  payer: null,
  document: null,
  release: null,
  byHand: false,
  ...more,
})
const shipmentCalled = (number: string) => db.shipment.findUniqueOrThrow({ where: { number } })
const receiptCalled = (number: string) => db.receipt.findUniqueOrThrow({ where: { number } })
const seenNow = async (receipt: { id: bigint }) => {
  const now = await db.receipt.findUniqueOrThrow({ where: { id: receipt.id } })
  return stampOf(now, await openLines(reads, now))
}
const byHand = async (receipt: { id: bigint }, typed: Record<string, string>, seen?: string) =>
  allocate(await finance(), receipt, { seen: seen ?? (await seenNow(receipt)), way: 'hand', typed }, now())
const counter = (of: Parameters<typeof stampOf>[0], amount: string) => ({
  seen: stampOf(of),
  amount,
  on: daysAgo(0),
  document: null,
  reason: '退货一樘',
})

/** What all documents of a customer make: shipped − received, and owed − free. */
async function balance({ id: customerId }: Whose) {
  const sum = async (of: Promise<{ _sum: { amount: unknown; open: unknown } }>) => {
    const { _sum } = await of
    return { amount: fenOf(String(_sum.amount ?? 0)), open: fenOf(String(_sum.open ?? 0)) }
  }
  const args = { where: { customerId }, _sum: { amount: true, open: true } } as const
  const [out, back] = await Promise.all([sum(db.shipment.aggregate(args)), sum(db.receipt.aggregate(args))])
  return { documented: out.amount - back.amount, open: out.open - back.open }
}

describe('documents', () => {
  it('CRD-18: the same number is recorded once, also twice at once, also for two customers at once', async () => {
    const [one, other] = [await aCreditCustomer(), await aCreditCustomer()]
    const actor = await finance()
    const document = paper()
    const twice = await Promise.all([1, 2, 3].map(() => recordShipment(actor, goods(one, { document }), now())))
    expect(new Set(twice.map(({ number }) => number)).size).toBe(1)
    expect(twice.filter(({ again }) => !again)).toHaveLength(1)
    const both = paper()
    const answers = await Promise.allSettled(
      [one, other].map((customer) => recordReceipt(actor, money(customer, { document: both }), now())),
    )
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(String(answers.find((one) => one.status === 'rejected')?.reason)).toContain('CRD-18')
    expect(await db.receipt.count({ where: { document: both } })).toBe(1)
  })

  it('CRD-18: our own number gives way to a paper that is called so', async () => {
    const customer = await aCreditCustomer()
    const actor = await finance()
    const first = await recordShipment(actor, goods(customer), now())
    const serial = Number(first.number.slice(6))
    const next = `${first.number.slice(0, 6)}${String(serial + 2).padStart(6, '0')}`
    await recordShipment(actor, goods(customer, { document: next }), now())
    const made = await recordShipment(actor, goods(customer), now())
    expect((await shipmentCalled(made.number)).document).toBe(`${made.number}-S`)
  })

  it('CRD-13: from the first release on goods without one are a breach, recorded with its reason and told', async () => {
    const { sales_director } = await theCast()
    const customer = await aCreditCustomer()
    await aRelease(customer, { amount: '0.01' })
    const actor = await finance()
    const today = goods(customer, { shippedOn: daysAgo(0) })
    expect(await refusalOf(recordShipment(actor, today, now()))).toEqual(['CRD-13 credit:refused.noRelease'])
    const { number } = await recordBreach(actor, { ...today, reason: '库管员说客户等着用' }, now())
    expect(await shipmentCalled(number)).toMatchObject({ unreleased: true, reason: '库管员说客户等着用' })
    const told = await db.notice.findFirst({ where: { staffId: sales_director.id, href: `/shipments/${number}` } })
    expect(told).toMatchObject({ kind: 'shipment.unreleased', rule: 'CRD-13', urgent: true })
    const line = await db.auditEntry.findFirst({
      where: { subject: `customer:${customer.id}`, action: 'shipment.unreleased' },
    })
    expect(line?.why).toBe('库管员说客户等着用')
    const before = recordBreach(actor, { ...goods(customer), reason: '早就发过了的货' }, now())
    expect(await refusalOf(before)).toEqual(['CRD-13 ledger:refused.beforeOpening'])
  })

  it('CRD-20: a document of an earlier day is marked, one of a later day refused', async () => {
    const customer = await aCreditCustomer()
    const actor = await finance()
    const { number } = await recordReceipt(actor, money(customer), now())
    expect(await receiptCalled(number)).toMatchObject({ late: true })
    const tomorrow = money(customer, { receivedOn: daysAgo(-1) })
    expect(await refusalOf(recordReceipt(actor, tomorrow, now()))).toEqual(['CRD-20 credit:refused.future'])
  })

  it('PPL-01: whose account is not theirs to record is told nothing of it', async () => {
    const { sales } = await theCast()
    const customer = await aCreditCustomer()
    const answer = await refusalOf(recordReceipt(await actorOf(sales), money(customer), now()))
    expect(answer).toEqual(['CRD-16 ledger:refused.noCustomer'])
  })
})

describe('CRD-16: counter-entries and allocation by hand', () => {
  it('of two counter-entries at once one is told that the document moved', async () => {
    const customer = await aCreditCustomer()
    const goods = await shipped(customer, { amount: '1000.00', on: daysAgo(5) })
    const of = await shipmentCalled(goods.number)
    const actor = await finance()
    const both = await Promise.allSettled([1, 2].map(() => takeBackShipment(actor, of, counter(of, '600.00'), now())))
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect((await shipmentCalled(goods.number)).net.toFixed(2)).toBe('400.00')
  })

  it('of two allocations at once one is told that what is owed changed', async () => {
    const customer = await aCreditCustomer()
    const [one, two] = [
      await shipped(customer, { amount: '500.00', on: daysAgo(9) }),
      await shipped(customer, { amount: '500.00', on: daysAgo(8) }),
    ]
    const receipt = await received(customer, { amount: '500.00', on: daysAgo(3) })
    const seen = await seenNow(receipt)
    const both = await Promise.allSettled([
      byHand(receipt, { [two.number]: '500' }, seen),
      byHand(receipt, { [one.number]: '200', [two.number]: '300' }, seen),
    ])
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(await balance(customer)).toMatchObject({ open: 50_000, documented: 50_000 })
  })

  it('by hand it pays what is written, and oldest first again when asked', async () => {
    const customer = await aCreditCustomer()
    const [one, two] = [
      await shipped(customer, { amount: '300.00', on: daysAgo(9) }),
      await shipped(customer, { amount: '300.00', on: daysAgo(8) }),
    ]
    const receipt = await received(customer, { amount: '350.00', on: daysAgo(3) })
    const owed = async () =>
      Promise.all([one, two].map(async ({ number }) => (await shipmentCalled(number)).open.toFixed(2)))
    expect(await owed()).toEqual(['0.00', '250.00'])
    await byHand(receipt, { [two.number]: '300' })
    expect(await owed()).toEqual(['300.00', '0.00'])
    expect((await receiptCalled(receipt.number)).open.toFixed(2)).toBe('50.00')
    await allocate(await finance(), receipt, { seen: await seenNow(receipt), way: 'oldest', typed: {} }, now())
    expect(await owed()).toEqual(['0.00', '250.00'])
  })

  it('money that paid more goods than a form offers at once is allocated anew as a whole', async () => {
    const customer = await aCreditCustomer()
    await pool.query(
      `insert into shipment (number, document, customer_id, amount, shipped_on, source, recorded_at, recorded_by_id)
       select 'XSM' || c || '-' || n, 'XSM' || c || '-' || n, c, 1, $2, 'form', now(), (select min(id) from staff)
       from generate_series(1, $3::int) n, cast($1 as bigint) c`,
      [customer.id, daysAgo(9), mostLines + 1],
    )
    const receipt = await received(customer, { amount: `${mostLines + 1}.00`, on: daysAgo(3) })
    const one = `XSM${customer.id}-${mostLines + 1}`
    await byHand(receipt, { [one]: '1' })
    expect((await shipmentCalled(one)).open.toFixed(2)).toBe('0.00')
    expect((await receiptCalled(receipt.number)).open.toFixed(2)).toBe(`${mostLines}.00`)
  })

  it('CRD-05: what a counter-entry, or another allocation, frees lets out what waited for it', async () => {
    const customer = await aCreditCustomer()
    const late = await shipped(customer, { amount: '100.00', on: daysAgo(60) })
    await shipped(customer, { amount: '1000.00', on: daysAgo(5) })
    await received(customer, { amount: '500.00', on: daysAgo(4) })
    const held = await aRelease(customer, { amount: '50.00' })
    expect(held.state).toBe('released')
    const owing = await aCreditCustomer()
    const overdue = await shipped(owing, { amount: '100.00', on: daysAgo(60) })
    await shipped(owing, { amount: '1000.00', on: daysAgo(5), unpaid: false })
    const stopped = await received(owing, { amount: '100.00', on: daysAgo(1) })
    expect((await figureOf(owing)).overdue).toBe(0)
    const [receipt] = await db.receipt.findMany({ where: { customerId: owing.id }, orderBy: { id: 'asc' } })
    await byHand(receipt!, {})
    await byHand(stopped, {})
    const waiting = await aRelease(owing, { amount: '10.00' })
    expect(waiting.holds).toContain('overdue')
    const of = await shipmentCalled(overdue.number)
    const { released } = await takeBackShipment(await finance(), of, counter(of, '100.00'), now())
    expect(released).toEqual([waiting.number])
    expect((await releaseOf(waiting)).state).toBe('released')
    expect((await shipmentCalled(late.number)).open.toFixed(2)).toBe('0.00')
  })
})

describe('CRD-09: what money is for', () => {
  it('is given to a held release, lets it out, and is then its own', async () => {
    const { sales } = await theCast()
    const customer = await aCreditCustomer()
    await shipped(customer, { amount: '1000.00', on: daysAgo(5) })
    const held = await aRelease(customer, { amount: '300.00' })
    expect(held.state).toBe('held')
    const { document: receipt } = await paid(customer, { amount: '300.00' })
    const purpose = async (release: string | null) =>
      givePurpose(await finance(), receipt, { seen: await seenNow(receipt), release }, now())
    expect(await purpose(held.number)).toEqual([held.number])
    expect(await releaseOf(held)).toMatchObject({ state: 'released', ground: 'cash' })
    expect((await receiptCalled(receipt.number)).open.toFixed(2)).toBe('300.00')
    expect(await refusalOf(purpose(null))).toEqual(['CRD-09 ledger:refused.purposeReleased'])
    expect(await refusalOf(byHand(receipt, {}))).toEqual(['CRD-09 ledger:refused.reserved'])
    const told = await db.notice.findFirst({ where: { staffId: sales.id, href: `/releases/${held.number}` } })
    expect(told).toMatchObject({ kind: 'release.released', rule: 'CRD-09' })
  })

  it('a receipt by form for a held release lets it out at once', async () => {
    const customer = await aCreditCustomer()
    await shipped(customer, { amount: '1000.00', on: daysAgo(5) })
    const held = await aRelease(customer, { amount: '300.00' })
    const entered = await recordReceipt(
      await finance(),
      money(customer, { amount: '300', release: held.number }),
      now(),
    )
    expect(entered.released).toEqual([held.number])
    expect((await releaseOf(held)).state).toBe('released')
    const wrong = money(await aCreditCustomer(), { release: held.number })
    expect(await refusalOf(recordReceipt(await finance(), wrong, now()))).toEqual(['CRD-09 credit:refused.notHeld'])
  })
})

it('CRD-01: with a contract recorded, what waited for one goes out', async () => {
  const customer = await aCreditCustomer({}, { without: 'contract' })
  await shipped(customer, { amount: '1000.00', on: daysAgo(5), unpaid: false })
  const held = await aRelease(customer, { amount: '300.00' })
  expect(held.state).toBe('held')
  const terms = { kind: 'distribution' as const, document: paper(), termDays: 30, terms: '月结 30 天', note: null }
  const dates = { signedOn: daysAgo(1), startsOn: daysAgo(1), endsOn: daysAgo(-300) }
  const made = await recordContract(await finance(), { customer: customer.number, ...terms, ...dates }, now())
  expect(made.released).toEqual([held.number])
  const again = recordContract(await finance(), { customer: customer.number, ...terms, ...dates }, now())
  expect(await refusalOf(again)).toEqual(['CRD-01 contracts:refused.known'])
})

const step = fc.record({
  do: fc.constantFrom('ship', 'pay', 'pay', 'backShipment', 'backReceipt', 'hand', 'oldest'),
  fen: fc.integer({ min: 1, max: 100_000 }),
  which: fc.nat(20),
  manual: fc.boolean(),
})
type Step = { do: string; fen: number; which: number; manual: boolean }

/** One entry of whatever kind; what cannot be done on this history is left out. */
async function take(customer: Whose, { do: kind, fen, which, manual }: Step): Promise<void> {
  const actor = await finance()
  const amount = yuanText(fen)
  if (kind === 'ship') return void (await recordShipment(actor, goods(customer, { amount }), now()))
  if (kind === 'pay') return void (await recordReceipt(actor, money(customer, { amount, byHand: manual }), now()))
  const where = { customerId: customer.id, counterOfId: null, net: { gt: 0 } } as const
  if (kind === 'backShipment') {
    const all = await db.shipment.findMany({ where, orderBy: { id: 'asc' } })
    const of = all[which % Math.max(1, all.length)]
    if (of) await takeBackShipment(actor, of, counter(of, least(amount, of.net.toFixed(2))), now())
    return
  }
  const all = await db.receipt.findMany({ where, orderBy: { id: 'asc' } })
  const of = all[which % Math.max(1, all.length)]
  if (!of) return
  if (kind === 'backReceipt') {
    await takeBackReceipt(actor, of, counter(of, least(amount, of.net.toFixed(2))), now())
    return
  }
  const lines = await openLines(reads, of)
  let left = fenOf(of.net.toFixed(2))
  const typed = Object.fromEntries(
    lines.toReversed().map((line) => {
      const part = Math.min(left, line.open + line.mine, fen)
      left -= part
      return [line.number, yuanText(part)]
    }),
  )
  const way = kind === 'hand' ? ('hand' as const) : ('oldest' as const)
  await allocate(actor, of, { seen: stampOf(of, lines), way, typed: way === 'hand' ? typed : {} }, now())
}
const least = (one: string, other: string) => yuanText(Math.min(fenOf(one), fenOf(other)))

it('CRD-16: whatever is entered, countered and allocated, owed − free stays shipped − received', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 9 }), async (steps) => {
      const customer = await aCreditCustomer({}, { without: 'identity' })
      for (const one of steps) {
        await take(customer, one)
        const { documented, open } = await balance(customer)
        expect(open).toBe(documented)
      }
      const wrong = { customerId: customer.id, open: { lt: 0 } } as const
      expect((await db.shipment.count({ where: wrong })) + (await db.receipt.count({ where: wrong }))).toBe(0)
    }),
    { numRuns: 6 },
  )
})

it('CRD-02: goods taken back through the form leave the day they were shipped on', async () => {
  const customer = await aCreditCustomer()
  const of = await shipped(customer, { amount: '1000.00', on: daysAgo(5), unpaid: false })
  await countered(of, { amount: '250.00' })
  expect((await figureOf(customer)).limit).toBe(75_000)
})
