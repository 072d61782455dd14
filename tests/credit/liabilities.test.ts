import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { change } from '../../src/audit/change.ts'
import { bookShipment } from '../../src/credit/booking.ts'
import { counterReceipt } from '../../src/credit/counter-entries.ts'
import { repaymentSubject } from '../../src/credit/ending.ts'
import { settleMonth } from '../../src/credit/liabilities/jobs.ts'
import { liabilitiesFor, sumsFor } from '../../src/credit/liabilities/queries.ts'
import { borneBy, spread } from '../../src/credit/liabilities/rules.ts'
import { payIn, releaseWhatPasses } from '../../src/credit/paying.ts'
import { lockAccount, lockRelease, trailOf } from '../../src/credit/queries.ts'
import { confirmShipping } from '../../src/credit/shipping/commands.ts'
import { checkRelease } from '../../src/credit/weighing.ts'
import { db, pool } from '../../src/db.ts'
import { startDeadlines } from '../../src/deadlines/commands.ts'
import { moveClock, now } from '../../src/lib/clock.ts'
import { monthBounds, monthOf } from '../../src/lib/months.ts'
import { aRelease, daysAgo, releaseOf } from '../support/credit.ts'
import { actorOf, make, theCast } from '../support/make.ts'
import { signed, withLimit } from '../support/overrides.ts'
import { under } from '../support/regulation.ts'

const at = (text: string) => new Date(`${text.replace(' ', 'T')}:00+08:00`)
const endOfMarch = new Date(at('2027-04-01 00:00').getTime() - 1)
const stand = (text: string) => moveClock(() => at(text))
afterEach(() => moveClock(() => new Date()))

/** On the 20th of a month, unless told otherwise: 500.00 over on a final override, the month's first used; as if signed by the cast. */
async function finalOf(day = '2027-03-20 10:00') {
  stand(day)
  const { area_manager, sales, sales_director } = await theCast()
  const customer = await withLimit('3000.00')
  const { id } = await aRelease(customer, { amount: '3500.00' })
  const { rows } = await pool.query<{ id: string }>(
    `insert into credit_override (release_id, customer_id, kind, amount, reason, state, asked_at, asked_by_id, signed_at,
       signed_by_id, month, valid_on)
     select $1, $2, kind::override_kind, amount::numeric, '桃源里开业', 'approved', $3, $4, $3, signer::bigint,
       date_trunc('month', $3::timestamptz at time zone 'Asia/Shanghai'),
       date_trunc('month', $3::timestamptz at time zone 'Asia/Shanghai') + interval '1 month - 1 day'
     from (values ('first', '1.00', $5), ('final', '500.00', $6)) as v(kind, amount, signer) returning id`,
    [id, customer.id, now(), sales.id, area_manager.id, sales_director.id],
  )
  const override = await overrideNow({ id: BigInt(rows[1]!.id) })
  const dueAt = new Date(monthBounds(monthOf(now())).until.getTime() - 1)
  await change(await actorOf(sales_director), async (tx, audit) => {
    const clock = { subject: repaymentSubject(override), customerId: customer.id, dueAt }
    await startDeadlines(tx, 'credit.repayment', [clock], now())
    await checkRelease(tx, audit, await actorOf(sales_director), await lockRelease(tx, id), 'approval', now())
  })
  const release = await releaseOf({ id })
  expect(release).toMatchObject({ state: 'released', ground: 'final_override' })
  return { customer, release, override }
}

async function ship(release: { id: bigint }, amount = '3500.00') {
  const { version } = await releaseOf(release)
  const input = { version, amount, document: null, invoice: null }
  return confirmShipping(await actorOf((await theCast()).logistics), release.id, input, now())
}

async function finalShipped(day?: string) {
  const made = await finalOf(day)
  expect((await ship(made.release)).shipped).toBe(true)
  return made
}

async function pay(customer: { id: bigint }, amount: string, receivedOn = daysAgo(0)) {
  const actor = await actorOf((await theCast()).finance)
  const money = { customerId: customer.id, amount, receivedOn, document: null, payer: null, source: 'form' as const }
  return (await change(actor, (tx, audit) => payIn(tx, audit, actor, { ...money, way: 'transfer' }, now()))).document
}

async function bounce(customer: { id: bigint }, receipt: { id: bigint }, amount: string) {
  const actor = await actorOf((await theCast()).finance)
  await change(actor, async (tx, audit) => {
    await lockAccount(tx, customer.id)
    const of = await tx.receipt.findUniqueOrThrow({ where: { id: receipt.id } })
    const counter = { amount, on: daysAgo(0), reason: '汇票退回', document: null, source: 'form' as const }
    await counterReceipt(tx, audit, actor, of, counter, now())
    await releaseWhatPasses(tx, audit, actor, customer.id, now(), 'recheck')
  })
}

const overrideNow = ({ id }: { id: bigint }) => db.creditOverride.findUniqueOrThrow({ where: { id } })
const rowsOf = async ({ id }: { id: bigint }) =>
  (await db.creditLiability.findMany({ where: { overrideId: id }, orderBy: { id: 'asc' } })).map(
    ({ part, share, amount, staffId }) => [part, Number(share), amount.toFixed(2), staffId],
  )
const clockOf = (override: { id: bigint }) =>
  db.deadline.findMany({ where: { subject: repaymentSubject(override) }, orderBy: { id: 'asc' } })
const trail = async (release: { customerId: bigint }) =>
  (
    await db.auditEntry.findMany({ where: { subject: trailOf(release), action: { startsWith: 'credit_liability.' } } })
  ).map(({ action }) => action)

describe('who bears what', () => {
  it('CRD-10: by the shares, to the fen, the company what is left', () => {
    const people = { first: 1n, final: 2n, owner: 3n }
    expect(borneBy(1, { first: 40, final: 60, owner: 0 }, people, false)).toEqual([
      { part: 'final_signer', staffId: 2n, share: 60, amount: 1 },
    ])
    expect(borneBy(10_001, { first: 33, final: 33, owner: 33 }, people, false).map(({ amount }) => amount)).toEqual([
      3301, 3300, 3300, 100,
    ])
    expect(borneBy(900, { first: 60, final: 60, owner: 60 }, people, false)).toMatchObject([
      { share: 33.33, amount: 300 },
      { share: 33.33, amount: 300 },
      { share: 33.33, amount: 300 },
    ])
  })

  it('CRD-10: whatever the shares, all of it and no more, each within a fen of the exact part', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 99_999_999_999 }),
        fc
          .array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 4 })
          .filter((all) => all.some((one) => one > 0)),
        (sum, weights) => {
          const total = weights.reduce((all, one) => all + one, 0)
          const amounts = spread(sum, weights)
          expect(amounts.reduce((all, one) => all + one, 0)).toBe(sum)
          for (const [n, amount] of amounts.entries()) {
            const [exact, got] = [BigInt(sum) * BigInt(weights[n]!), BigInt(amount) * BigInt(total)]
            expect(got - exact < BigInt(total) && exact - got < BigInt(total)).toBe(true)
          }
        },
      ),
    )
  })

  it('CRD-14, CRD-10: of a mode that both signed the owner bears nothing, nor does a customer of nobody', () => {
    const shares = { first: 30, final: 30, owner: 33 }
    const company = [
      ['first_signer', 30],
      ['final_signer', 30],
      ['company', 40],
    ]
    const of = (owner: bigint | null, companys: boolean) =>
      borneBy(100, shares, { first: 1n, final: 2n, owner }, companys).map(({ part, amount }) => [part, amount])
    expect(of(3n, true)).toEqual(company)
    expect(of(null, false)).toEqual(company)
    expect(of(3n, false)).toEqual([
      ['first_signer', 30],
      ['final_signer', 30],
      ['owner', 33],
      ['company', 7],
    ])
  })
})

describe('the end of the month', () => {
  it('CRD-08, CRD-10: paid in its last minute it is paid in time, and nobody bears anything', async () => {
    stand('2027-03-20 10:00')
    const customer = await withLimit('3000.00')
    await signed(await aRelease(customer, { amount: '3100.00' }), 'first')
    const release = await signed(await aRelease(customer, { amount: '500.00' }), 'final')
    const override = await db.creditOverride.findFirstOrThrow({ where: { releaseId: release.id } })
    expect((await ship(release, '500.00')).shipped).toBe(true)
    expect(await clockOf(override)).toMatchObject([{ metAt: null, dueAt: endOfMarch }])
    stand('2027-03-31 23:59')
    await pay(customer, '500.00')
    expect(await clockOf(override)).toMatchObject([{ metAt: at('2027-03-31 23:59'), breachedAt: null }])
    expect((await settleMonth(at('2027-03-31 23:59'))).settled).toBe(0)
    await settleMonth(at('2027-04-01 20:00'))
    expect((await overrideNow(override)).unpaid!.toFixed(2)).toBe('0.00')
    expect(await rowsOf(override)).toEqual([])
    expect(await trail(release)).toEqual(['credit_liability.settled'])
  })

  it('CRD-10, STF-02: a minute later it is late: the signers bear it by their shares and are told, once', async () => {
    const { area_manager, sales_director } = await theCast()
    const { customer, override, release } = await finalShipped()
    stand('2027-04-01 00:00')
    await pay(customer, '3500.00')
    expect(await clockOf(override)).toMatchObject([{ metAt: at('2027-04-01 00:00'), breachedAt: expect.any(Date) }])
    await Promise.all([settleMonth(at('2027-04-01 20:00')), settleMonth(at('2027-04-01 20:00'))])
    await settleMonth(at('2027-04-02 20:00'))
    expect(await rowsOf(override)).toEqual([
      ['first_signer', 40, '200.00', area_manager.id],
      ['final_signer', 60, '300.00', sales_director.id],
    ])
    expect(await overrideNow(override)).toMatchObject({ settledAt: at('2027-04-01 20:00') })
    expect(await trail(release)).toEqual(['credit_liability.recorded'])
    const told = await db.notice.findMany({ where: { kind: 'liability.recorded', subject: `release:${release.id}` } })
    expect(told.map(({ staffId, params }) => [staffId, (params as { amount: string }).amount])).toEqual([
      [area_manager.id, '200.00'],
      [sales_director.id, '300.00'],
    ])
    await expect(
      pool.query('update credit_liability set amount = 1 where override_id = $1', [override.id]),
    ).rejects.toThrow('a line of credit_liability stays as it is')
  })

  it('CRD-10: partly paid, the rest is borne; of two in a month each by its own', async () => {
    const one = await finalShipped()
    const other = await finalShipped()
    await pay(one.customer, '3123.45')
    await settleMonth(at('2027-04-01 20:00'))
    expect((await rowsOf(one.override)).map(([, , amount]) => amount)).toEqual(['150.62', '225.93'])
    expect((await rowsOf(other.override)).map(([, , amount]) => amount)).toEqual(['200.00', '300.00'])
  })

  it('CRD-10, CRD-20: money counts by the day it was received, also when it is entered later than what came after it', async () => {
    const { customer, override } = await finalShipped()
    stand('2027-04-01 09:00')
    await pay(customer, '3500.00')
    await pay(customer, '3400.00', '2027-03-31')
    await settleMonth(at('2027-04-01 20:00'))
    expect((await overrideNow(override)).unpaid!.toFixed(2)).toBe('100.00')
  })

  it('CRD-10: settled on a working day: finance has one to enter what came in on the last', async () => {
    const { override } = await finalShipped('2027-02-22 10:00')
    stand('2027-02-22 10:00')
    // Sunday; the next day is the Monday.
    const { override: sunday } = await finalShipped('2027-01-25 10:00')
    await settleMonth(at('2027-02-01 20:00'))
    expect((await overrideNow(sunday)).settledAt).toEqual(at('2027-02-01 20:00'))
    expect((await overrideNow(override)).settledAt).toBeNull()
    await settleMonth(at('2027-02-28 20:00'))
    expect((await overrideNow(override)).settledAt).toBeNull()
    await settleMonth(at('2027-03-06 20:00'))
    expect((await overrideNow(override)).settledAt).toBeNull()
    await settleMonth(at('2027-03-08 20:00'))
    expect((await overrideNow(override)).settledAt).toEqual(at('2027-03-08 20:00'))
  })

  it('CRD-08, CRD-16: money taken back is not paid: the time runs again', async () => {
    const { customer, override } = await finalShipped()
    const receipt = await pay(customer, '3500.00')
    stand('2027-03-30 10:00')
    await bounce(customer, receipt, '3500.00')
    const [met, again] = await clockOf(override)
    expect([met!.metAt, again!.metAt, again!.dueAt]).toEqual([expect.any(Date), null, endOfMarch])
    await settleMonth(at('2027-04-01 20:00'))
    expect((await overrideNow(override)).unpaid!.toFixed(2)).toBe('500.00')
  })

  it('CRD-10: of what has not left nothing is due; it becomes due with the month in which it leaves', async () => {
    const { release, override } = await finalOf()
    await settleMonth(at('2027-03-31 20:00'))
    await settleMonth(at('2027-04-01 20:00'))
    expect(await overrideNow(override)).toMatchObject({ settledAt: null, validOn: new Date('2027-04-30') })
    expect(await clockOf(override)).toMatchObject([
      { metAt: null, breachedAt: null, dueAt: new Date(at('2027-05-01 00:00').getTime() - 1) },
    ])
    stand('2027-03-31 21:00')
    await ship(release)
    expect(await overrideNow(override)).toMatchObject({ validOn: new Date('2027-03-31') })
    await settleMonth(at('2027-04-01 20:00'))
    expect((await rowsOf(override)).length).toBe(2)
  })

  it('CRD-08: told of in the next month, goods that left on the last day are due with the month in which they left', async () => {
    const { customer, release, override } = await finalOf()
    stand('2027-04-02 09:00')
    await settleMonth(at('2027-04-01 20:00'))
    expect(await overrideNow(override)).toMatchObject({ validOn: new Date('2027-04-30') })
    const actor = await actorOf((await theCast()).logistics)
    const goods = {
      shippedOn: '2027-03-31',
      document: `CK${release.number}`,
      amount: '3500.00',
      goods: null,
      invoice: null,
    }
    const given = { ...goods, customerId: customer.id, release: release.number, source: 'api' as const }
    await change(actor, (tx, audit) => bookShipment(tx, audit, actor, given, now()))
    expect(await overrideNow(override)).toMatchObject({ validOn: new Date('2027-03-31') })
    expect(await clockOf(override)).toMatchObject([{ dueAt: endOfMarch }])
    await settleMonth(at('2027-04-02 20:00'))
    expect((await rowsOf(override)).length).toBe(2)
  })

  it('CRD-10: goods that leave within the limit after all leave on no override', async () => {
    const { customer, release, override } = await finalOf()
    await pay(customer, '5000.00')
    expect((await ship(release)).release).toMatchObject({ state: 'shipped', ground: 'within' })
    expect(await clockOf(override)).toMatchObject([{ cancelledAt: expect.any(Date), breachedAt: null }])
    await settleMonth(at('2027-04-01 20:00'))
    expect((await overrideNow(override)).unpaid!.toFixed(2)).toBe('0.00')
  })

  it('CAL-03, CRD-10, CRD-14: credit.share_first, credit.share_final and credit.share_owner of the day it was signed', async () => {
    const { sales } = await theCast()
    const shares = { 'credit.share_first': 30, 'credit.share_final': 30, 'credit.share_owner': 33 }
    await under(shares, async () => {
      const one = await finalShipped()
      const other = await finalShipped()
      await pool.query(
        `insert into cooperation_mode_change (customer_id, after, starts_on, reason, state, asked_at, asked_by_id, signed_at)
         values ($1, 'agency', '2027-03-01', '改为代理', 'approved', $2, $3, $2)`,
        [other.customer.id, at('2027-03-01 10:00'), sales.id],
      )
      await settleMonth(at('2027-04-01 20:00'))
      expect((await rowsOf(one.override)).map(([part, , amount]) => [part, amount])).toEqual([
        ['first_signer', '150.00'],
        ['final_signer', '150.00'],
        ['owner', '165.00'],
        ['company', '35.00'],
      ])
      expect((await rowsOf(other.override)).map(([part, , amount]) => [part, amount])).toEqual([
        ['first_signer', '150.00'],
        ['final_signer', '150.00'],
        ['company', '200.00'],
      ])
    })
  })

  it('CRD-10: everybody sees what is theirs, finance all; sums are of what is seen', async () => {
    const { area_manager, finance } = await theCast()
    const { release } = await finalShipped('2029-06-20 10:00')
    await settleMonth(at('2029-07-02 20:00'))
    const query = { month: '2029-06', who: '', after: '' }
    const seenBy = async (person: { id: bigint }) =>
      (await liabilitiesFor(await actorOf(person), query))
        .filter((one) => one.release === release.number)
        .map(({ part, amount }) => [part, amount])
    expect(await seenBy(finance)).toEqual([
      ['final_signer', '300.00'],
      ['first_signer', '200.00'],
    ])
    expect(await seenBy(area_manager)).toEqual([['first_signer', '200.00']])
    expect(await seenBy(await make.staff([{ role: 'sales' }]))).toEqual([])
    expect(await sumsFor(await actorOf(area_manager), query)).toMatchObject([{ n: 1, amount: '200.00' }])
  })
})
