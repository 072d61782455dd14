import { load } from 'cheerio'
import { describe, expect, it } from 'vitest'
import { trailOf } from '../../src/credit/queries.ts'
import { askRelease } from '../../src/credit/releases/commands.ts'
import { confirmShipping } from '../../src/credit/shipping/commands.ts'
import { shippingForm } from '../../src/credit/shipping/forms.ts'
import { printRelease } from '../../src/credit/shipping/paper.ts'
import { countsFor, toShipFor } from '../../src/credit/shipping/queries.ts'
import { db, pool } from '../../src/db.ts'
import { now } from '../../src/lib/clock.ts'
import { NotFound } from '../../src/lib/refused.ts'
import {
  aContract,
  aCreditCustomer,
  aRelease,
  checksOf,
  daysAgo,
  figureOf,
  releaseOf,
  shipped,
} from '../support/credit.ts'
import { signIn } from '../support/browser.ts'
import { actorOf, refusalOf, theCast } from '../support/make.ts'
import { textOf } from '../support/pdf.ts'

async function ready(amount = '600.00', limit = '1000.00') {
  const customer = await aCreditCustomer({ department: '城东营业部' })
  await shipped(customer, { amount: limit, on: daysAgo(5), unpaid: false })
  return { customer, release: await aRelease(customer, { amount }) }
}

const keeper = async () => actorOf((await theCast()).logistics)
const inputOf = async (release: { id: bigint }, more: object = {}) => {
  const { version, amount } = await releaseOf(release)
  return { version, amount: amount.toFixed(2), document: null, invoice: null, ...more }
}
const confirm = async (release: { id: bigint }, more: object = {}) =>
  confirmShipping(await keeper(), release.id, await inputOf(release, more), now())
const query = { tab: 'waiting' as const, q: '', sort: 'oldest' as const, after: '' }

describe('the gate', () => {
  it('CRD-01, CRD-05: goods leave by the terms of the contract they were asked for under, while it holds', async () => {
    const customer = await aCreditCustomer({ department: '城东营业部' })
    await shipped(customer, { amount: '1000.00', on: daysAgo(5), unpaid: false })
    const { id: asked, number } = await db.contract.findFirstOrThrow({ where: { customerId: customer.id } })
    const later = await aContract(customer, { from: daysAgo(10), termDays: 5 })
    const sales = await actorOf((await theCast()).sales)
    const order = { customer: customer.number, amount: '100.00', goods: '冷库门', note: null, contract: number }
    const [one, two] = [await askRelease(sales, order, now()), await askRelease(sales, order, now())]
    await confirm(one)
    const goodsOf = ({ id }: { id: bigint }) =>
      db.shipment.findUniqueOrThrow({ where: { releaseId: id }, select: { contractId: true, termDays: true } })
    expect(await goodsOf(one)).toEqual({ contractId: asked, termDays: 30 })
    await pool.query(`update contract set ended_on = $2, ended_reason = '换新合同' where id = $1`, [asked, daysAgo(0)])
    await confirm(two)
    expect(await goodsOf(two)).toEqual({ contractId: later, termDays: 5 })
  })

  it('CRD-18: a document is called the same however it is typed', () => {
    const typed = { version: '1', amount: '1', document: ' ＣＫ－１\u200B', invoice: '' }
    expect(shippingForm.parse(typed).document).toBe('CK-1')
    expect(shippingForm.parse({ ...typed, document: ' \u200B' }).document).toBeNull()
  })

  it('CRD-13: confirmed once, for what was loaded; what is not sent is free for what waits', async () => {
    const { customer, release } = await ready()
    const waits = await aRelease(customer, { amount: '500.00' })
    expect(waits.state).toBe('held')
    expect(
      (await confirm(release, { amount: '500.00', document: `CK-${release.number}`, invoice: 'FP-1' })).shipped,
    ).toBe(true)
    expect(await releaseOf(release)).toMatchObject({ state: 'shipped', shippedById: (await theCast()).logistics.id })
    const goods = await db.shipment.findUniqueOrThrow({ where: { releaseId: release.id } })
    expect([goods.document, goods.invoice, goods.amount.toFixed(2)]).toEqual([`CK-${release.number}`, 'FP-1', '500.00'])
    expect((await releaseOf(waits)).state).toBe('released')
    expect((await figureOf(customer)).exposure).toBe(100_000)
    expect(await refusalOf(confirm(release))).toEqual(['CRD-13 shipping:refused.shipped'])
  })

  it('CRD-13: two at once ship it once; more than its amount, or on another’s document, it does not leave', async () => {
    const { release } = await ready()
    const input = await inputOf(release)
    const [actor, other] = [await keeper(), await keeper()]
    expect(await refusalOf(confirm(release, { amount: '600.01' }))).toEqual(['CRD-13 credit:refused.shipsMore'])
    const known = await db.shipment.findFirstOrThrow({ where: { customerId: release.customerId } })
    expect(await refusalOf(confirm(release, { document: known.document }))).toEqual([
      'CRD-18 shipping:refused.document',
    ])
    expect(await refusalOf(confirm(release, { version: input.version + 1 }))).toEqual([
      'CRD-13 credit:refused.changedMeanwhile',
    ])
    const both = await Promise.allSettled([
      confirmShipping(actor, release.id, input, now()),
      confirmShipping(other, release.id, input, now()),
    ])
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(await db.shipment.count({ where: { releaseId: release.id } })).toBe(1)
  })

  it('CRD-20, CRD-13: what the check stops at the gate stays, is held, and those who wait are told', async () => {
    const { sales } = await theCast()
    const { customer, release } = await ready()
    await shipped(customer, { amount: '10.00', on: daysAgo(40), termDays: 30 })
    expect((await confirm(release)).shipped).toBe(false)
    expect(await releaseOf(release)).toMatchObject({ state: 'held', holds: ['overdue'] })
    expect((await checksOf(release)).at(-1)).toMatchObject({ step: 'shipping', passed: false })
    const [told] = await db.notice.findMany({
      where: { staffId: sales.id, kind: 'release.stopped', subject: `release:${release.id}` },
    })
    expect(told).toMatchObject({
      rule: 'CRD-05',
      params: { number: release.number, why: { word: 'credit:hold.overdue' } },
    })
    expect((await toShipFor(await keeper(), { ...query, q: release.number }, now())).length).toBe(0)
  })

  it('CRD-13: the list has what may go out, by number and by customer, and nothing that is held', async () => {
    const { customer, release } = await ready('900.00')
    const held = await aRelease(customer, { amount: '500.00' })
    await pool.query(
      `insert into customer_address (customer_id, use, city, address) values ($1, 'delivery', '蓬莱', '蜃楼路 9 号后门')`,
      [customer.id],
    )
    const actor = await keeper()
    const before = await countsFor(actor, now())
    const found = async (q: string) => (await toShipFor(actor, { ...query, q }, now())).map(({ number }) => number)
    expect(await found(release.number)).toEqual([release.number])
    expect(await found(customer.name)).toEqual([release.number])
    expect(await found(held.number)).toEqual([])
    expect((await toShipFor(actor, { ...query, q: release.number }, now()))[0]!.address).toBe('蓬莱 蜃楼路 9 号后门')
    await confirm(release)
    expect(await countsFor(actor, now())).toEqual({ waiting: before.waiting - 1, today: before.today + 1 })
  })

  it('CRD-13: the paper says who, what, how much and who signed; of what is held there is none', async () => {
    const { customer, release } = await ready()
    const held = await aRelease(customer, { amount: '5000.00' })
    const { body } = await printRelease(await keeper(), release, now())
    const text = textOf(body as Buffer)
    for (const said of [release.number, customer.name, '600.00', '冷库门 4 樘', '可用额以内'])
      expect(text).toContain(said)
    await expect(printRelease(await keeper(), held, now())).rejects.toThrow(NotFound)
    const printed = await db.auditEntry.findMany({ where: { subject: trailOf(release), action: 'release.printed' } })
    expect(printed).toMatchObject([{ kind: 'read', after: { release: release.number } }])
  })
})

it('CRD-13, CRD-10: the warehouse in the browser: sees no credit, confirms, is told not to ship, has no liabilities', async () => {
  const { logistics, finance } = await theCast()
  const { customer, release } = await ready('300.00', '2000.00')
  const stopped = await aRelease(customer, { amount: '250.00' })
  const browser = await signIn(logistics)
  const list = await browser.visit(`/releases/shipping?q=${release.number}`)
  expect(list.$('.stops h2').text().trim()).toBe(customer.name)
  const page = await browser.visit(`/releases/${release.number}`)
  expect(page.$(`a[href="/releases/${release.number}/shipping"]`).length).toBe(1)
  expect(page.$('main').text()).not.toContain('2,000.00')
  const form = `/releases/${release.number}/shipping`
  const bad = await browser.submit(form, { amount: '300.01', invoice: 'FP-7' })
  expect([bad.status, bad.$('[name=invoice]').val()]).toEqual([422, 'FP-7'])
  expect(bad.$('main').text()).toContain('最多只能发 300.00 元')
  const sent = await browser.submit(form)
  expect([sent.url, sent.status]).toEqual(['/releases/shipping', 200])
  expect(sent.$('body').text()).toContain(`${release.number} 已发货，¥300.00`)
  const second = await browser.visit(form)
  expect([second.status, second.$('main').text().includes(`${logistics.name} 已在`)]).toEqual([422, true])
  const filled = await browser.fieldsOf(`/releases/${stopped.number}/shipping`)
  await shipped(customer, { amount: '10.00', on: daysAgo(40), termDays: 30 })
  const answer = load((await browser.post(`/releases/${stopped.number}/shipping`, filled)).text)('main').text()
  expect(answer).toContain(`不要发货：${stopped.number}`)
  expect(answer).toContain('有超期欠款')
  expect(answer).not.toMatch(/2,000|10\.00/)
  expect((await browser.visit(`/releases/${stopped.number}`)).status).toBe(404)
  expect((await browser.visit('/credit/liabilities')).status).toBe(403)
  expect((await (await signIn(finance)).visit('/credit/liabilities')).status).toBe(200)
})
