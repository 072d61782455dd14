import { afterEach, describe, expect, it } from 'vitest'
import { change } from '../../src/audit/change.ts'
import { offerGuarantee } from '../../src/credit/guarantees/commands.ts'
import { callGuarantees } from '../../src/credit/guarantees/jobs.ts'
import { guaranteesFor } from '../../src/credit/guarantees/queries.ts'
import { averageOf, guaranteeProblems, type Bounds } from '../../src/credit/guarantees/rules.ts'
import { lockRelease } from '../../src/credit/queries.ts'
import { shipRelease } from '../../src/credit/releasing.ts'
import { db, pool } from '../../src/db.ts'
import { moveClock, now } from '../../src/lib/clock.ts'
import { cardOf, decide } from '../support/approving.ts'
import { aCreditCustomer, aRelease, daysAgo, paid, releaseOf, shipped } from '../support/credit.ts'
import { actorOf, make, refusalOf, theCast } from '../support/make.ts'
import { under } from '../support/regulation.ts'

const at = (text: string) => new Date(`${text.replace(' ', 'T')}:00+08:00`)
afterEach(() => moveClock(() => new Date()))

const bounds = (more: Partial<Bounds> = {}): Bounds => ({ stopped: true, average: 100_000, given: 0, ...more })
const said = (offer: { amount: number; until: string }, more: Partial<Bounds> = {}) =>
  guaranteeProblems(offer, bounds(more), '2027-05-10', '2028-05-10').map(({ rule, reason }) => `${rule} ${reason}`)

describe('how far one may guarantee', () => {
  it('CRD-12: the average month is what was shipped this year by the months begun, the fen below left out', () => {
    expect(averageOf(100_000, 3)).toBe(33_333)
    expect(averageOf(0, 1)).toBe(0)
    expect(averageOf(-5, 2)).toBe(0)
  })

  it('CRD-12: up to it and not a fen more, with what is guaranteed already', () => {
    const until = '2027-06-01'
    expect(said({ amount: 100_000, until })).toEqual([])
    expect(said({ amount: 100_001, until })).toEqual(['CRD-12 guarantees:refused.tooMuch'])
    expect(said({ amount: 60_000, until }, { given: 40_000 })).toEqual([])
    expect(said({ amount: 60_001, until }, { given: 40_000 })).toEqual(['CRD-12 guarantees:refused.tooMuch'])
    expect(said({ amount: 1, until }, { given: 100_000 })).toEqual(['CRD-12 guarantees:refused.allGiven'])
    expect(said({ amount: 0, until })).toEqual(['CRD-12 guarantees:refused.noAmount'])
  })

  it('CRD-12: only for who is stopped, from today on', () => {
    expect(said({ amount: 1, until: '2027-05-10' })).toEqual([])
    expect(said({ amount: 1, until: '2027-05-09' })).toEqual(['CRD-12 guarantees:refused.day'])
    expect(said({ amount: 1, until: '2028-05-11' })).toEqual(['CRD-12 guarantees:refused.day'])
    expect(said({ amount: 1, until: '2027-05-10' }, { stopped: false })).toEqual([
      'CRD-12 guarantees:refused.notStopped',
    ])
    expect(said({ amount: 1, until: '2027-05-10' }, { average: 0 })).toEqual(['CRD-12 guarantees:refused.noSales'])
  })
})

/** In May: 5,000.00 this year, so 1,000.00 a month; one yuan of it overdue. */
async function stopped() {
  moveClock(() => at('2027-05-10 10:00'))
  const customer = await aCreditCustomer({ region: '东区', department: '城东营业部' })
  await shipped(customer, { amount: '4999.00', on: '2027-05-05', unpaid: false })
  await shipped(customer, { amount: '1.00', on: '2027-03-01' })
  return customer
}

async function offered(customer: { id: bigint }, amount: string, until = '2027-05-31') {
  const { sales } = await theCast()
  return offerGuarantee(await actorOf(sales), customer, { amount, until, reason: '九色鹿答应月底付清' }, now())
}

async function decided(customer: { id: bigint }, verdict: 'approve' | 'refuse' = 'approve', by?: { id: bigint }) {
  const { sales_director } = await theCast()
  const reason = verdict === 'approve' ? null : '先收款'
  return decide(
    await actorOf(by ?? sales_director),
    'credit.guarantee',
    `customer:${customer.id}`,
    verdict,
    now(),
    reason,
  )
}

async function ship(release: { id: bigint }, amount: string) {
  const actor = await actorOf((await theCast()).logistics)
  const goods = { amount, shippedOn: daysAgo(0), document: null, invoice: null, source: 'release' as const }
  return change(actor, async (tx, audit) =>
    shipRelease(tx, audit, actor, await lockRelease(tx, release.id), goods, now()),
  )
}

describe('a guarantee', () => {
  it('CRD-12, CRD-19: asked by the owner, signed, lets the held release out; used and left are shown', async () => {
    const { sales_director } = await theCast()
    const customer = await stopped()
    const release = await aRelease(customer, { amount: '400.00' })
    expect(release.holds).toEqual(['overdue'])
    const { number } = await offered(customer, '1000.00')
    const card = await cardOf(await actorOf(sales_director), 'credit.guarantee', `customer:${customer.id}`, now())
    expect([card.problems, card.asked.map(({ after }) => after).includes('¥1,000.00')]).toEqual([[], true])
    await decided(customer)
    expect(await releaseOf(release)).toMatchObject({ state: 'released' })
    expect(await guaranteesFor(customer.id)).toMatchObject([
      {
        number,
        state: 'approved',
        amount: '1000.00',
        used: '400.00',
        unpaid: '0.00',
        approval: expect.stringMatching(/^S/),
      },
    ])
    // What is left does not carry the whole of the next one.
    expect((await aRelease(customer, { amount: '600.01' })).holds).toEqual(['overdue'])
    expect((await aRelease(customer, { amount: '600.00' })).state).toBe('released')
  })

  it('CRD-12: to the average month and no more, one at a time', async () => {
    const customer = await stopped()
    expect(await refusalOf(offered(customer, '1000.01'))).toEqual(['CRD-12 guarantees:refused.tooMuch'])
    await offered(customer, '600.00')
    expect(await refusalOf(offered(customer, '100.00'))).toEqual(['CRD-12 guarantees:refused.waiting'])
    await decided(customer)
    expect(await refusalOf(offered(customer, '400.01'))).toEqual(['CRD-12 guarantees:refused.tooMuch'])
    expect(await refusalOf(offered(customer, '400.00'))).toBeNull()
  })

  it('CRD-12: refused, or its day past, the release stays held', async () => {
    const customer = await stopped()
    const release = await aRelease(customer, { amount: '400.00' })
    await offered(customer, '500.00')
    await decided(customer, 'refuse')
    expect(await guaranteesFor(customer.id)).toMatchObject([{ state: 'refused' }])
    expect((await releaseOf(release)).state).toBe('held')
    await offered(customer, '500.00', '2027-05-11')
    moveClock(() => at('2027-05-12 09:00'))
    expect(await refusalOf(decided(customer))).toEqual(['CRD-12 guarantees:refused.day'])
    expect((await releaseOf(release)).state).toBe('held')
  })

  it('PPL-02, PPL-01: never signed by the guarantor, nor offered for another’s customer', async () => {
    const customer = await stopped()
    const other = await make.staff([{ role: 'sales' }])
    const input = { amount: '1.00', until: '2027-05-31', reason: '山海经纬的担保' }
    await expect(offerGuarantee(await actorOf(other), customer, input, now())).rejects.toThrow('credit.guarantee')
    const both = await make.staff([{ role: 'sales' }, { role: 'sales_director', region: '西区' }])
    const own = await aCreditCustomer({ ownerId: both.id, region: '西区' })
    await shipped(own, { amount: '5000.00', on: '2027-03-01' })
    await offerGuarantee(await actorOf(both), own, input, now())
    expect(await refusalOf(decided(own, 'approve', both))).toEqual(['PPL-02 approvals:refused.own'])
  })

  it('PPL-02: nor by whom the customer belongs to since it was offered', async () => {
    const { sales_director } = await theCast()
    const customer = await stopped()
    await offered(customer, '10.00')
    await pool.query('update customer set owner_id = $2 where id = $1', [customer.id, sales_director.id])
    expect(await refusalOf(decided(customer))).toEqual(['PPL-02 approvals:refused.own'])
  })

  it('CAL-03 credit.guarantee_role: by the regulation', async () => {
    const { general_manager } = await theCast()
    await under({ 'credit.guarantee_role': 'general_manager' }, async () => {
      const customer = await stopped()
      await offered(customer, '10.00')
      expect(await refusalOf(decided(customer))).toEqual(['APR-01 approvals:refused.notYours'])
      expect(await decided(customer, 'approve', general_manager)).toBe('approved')
    })
  })

  it('CRD-12, CAL-03 credit.guarantee_grace: thirty days past its date and unpaid, finance, director and guarantor hear once', async () => {
    const { sales, finance, sales_director } = await theCast()
    const customer = await stopped()
    await offered(customer, '1000.00')
    await decided(customer)
    await ship(await aRelease(customer, { amount: '300.00' }), '300.00')
    const told = () => db.notice.findMany({ where: { kind: 'guarantee.unpaid', subject: `customer:${customer.id}` } })
    moveClock(() => at('2027-06-30 00:10'))
    await callGuarantees(now())
    expect(await told()).toEqual([])
    moveClock(() => at('2027-07-01 00:10'))
    await Promise.all([callGuarantees(now()), callGuarantees(now())])
    await callGuarantees(now())
    const people = (await told()).map(({ staffId }) => staffId)
    // Others of the company may hold these roles, too.
    expect(people).toEqual(expect.arrayContaining([sales.id, finance.id, sales_director.id]))
    expect(new Set(people).size).toBe(people.length)
    expect((await told())[0]!.params).toMatchObject({ amount: '300.00', until: '2027-05-31' })
  })

  it('CRD-12: paid in time nobody hears of it', async () => {
    const customer = await stopped()
    await offered(customer, '1000.00')
    await decided(customer)
    await ship(await aRelease(customer, { amount: '300.00' }), '300.00')
    await paid(customer, { amount: '400.00' })
    moveClock(() => at('2027-09-01 00:10'))
    await callGuarantees(now())
    expect(await db.notice.count({ where: { kind: 'guarantee.unpaid', subject: `customer:${customer.id}` } })).toBe(0)
    expect(await guaranteesFor(customer.id)).toMatchObject([{ used: '300.00', unpaid: '0.00' }])
  })
})
