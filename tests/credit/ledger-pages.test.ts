import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '../../src/db.ts'
import { signIn, type Browser } from '../support/browser.ts'
import { aCreditCustomer, aRelease, daysAgo, received, releaseOf, shipped } from '../support/credit.ts'
import { make, theCast } from '../support/make.ts'

let finance: Browser
let sales: Browser
beforeAll(async () => {
  const cast = await theCast()
  ;[finance, sales] = [await signIn(cast.finance), await signIn(cast.sales)]
})

const paper = () => `P-${process.env.VITEST_POOL_ID ?? 0}-${Date.now().toString(36)}`
const typed = (page: Awaited<ReturnType<Browser['visit']>>, name: string) =>
  page.$(`#f-${name}`).val() ?? page.$(`[name=${name}]`).val()

describe('CRD-16: money by hand', () => {
  it('bad input says what is wrong and keeps what was typed; the same paper leads to the known receipt', async () => {
    const customer = await aCreditCustomer()
    const document = paper()
    const at = `/receipts/new?customer=${customer.number}`
    const bad = { amount: '1,2', receivedOn: daysAgo(-1), payer: '桃源老李', document, release: '', way: 'draft' }
    const refused = await finance.submit('/receipts/new', bad, at)
    expect(refused.status).toBe(422)
    expect(refused.$('.errors').text()).toContain('看不懂这个金额')
    expect([typed(refused, 'payer'), typed(refused, 'amount'), typed(refused, 'document')]).toEqual([
      '桃源老李',
      '1,2',
      document,
    ])
    const later = await finance.submit('/receipts/new', { ...bad, amount: '100' }, at)
    expect(later.$('.errors').text()).toContain('日期不能晚于今天')
    const entered = await finance.submit('/receipts/new', { ...bad, amount: '100', receivedOn: daysAgo(0) }, at)
    expect(entered.$('h1').text()).toContain('回款 HK')
    expect(entered.$('.notice').text()).toContain('已登记回款')
    const same = await finance.submit('/receipts/new', { ...bad, amount: '100.00', receivedOn: daysAgo(0) }, at)
    expect(same.$('.notice').text()).toContain('没有重复登记')
    const other = await finance.submit('/receipts/new', { ...bad, amount: '101', receivedOn: daysAgo(0) }, at)
    expect(other.status).toBe(422)
    expect(other.$('.callout a.act').attr('href')).toBe(entered.url)
    expect(await db.receipt.count({ where: { document } })).toBe(1)
  })

  it('for a held release it lets that out, and says so', async () => {
    const customer = await aCreditCustomer()
    await shipped(customer, { amount: '1000.00', on: daysAgo(5) })
    const held = await aRelease(customer, { amount: '300.00' })
    const at = `/receipts/new?customer=${customer.number}&release=${held.number}`
    const page = await finance.visit(at)
    expect([page.$('#f-release').val(), page.$('#f-amount').val()]).toEqual([held.number, '300.00'])
    const entered = await finance.submit('/receipts/new', {}, at)
    expect(entered.$('.notice').text()).toContain(`放行了 ${held.number}`)
    expect((await releaseOf(held)).state).toBe('released')
    expect(entered.$('.why-not').text()).toContain(held.number)
  })

  it('is allocated by hand, and taken back by a counter-entry', async () => {
    const customer = await aCreditCustomer()
    const goods = await shipped(customer, { amount: '300.00', on: daysAgo(9) })
    const receipt = await received(customer, { amount: '200.00', on: daysAgo(3) })
    const at = `/receipts/${receipt.number}`
    const field = `pay-${goods.number}`
    const over = await finance.submit(`${at}/allocation`, { [field]: '250' })
    expect(over.$('.errors').text()).toContain('超过回款的 200.00')
    expect(over.$(`[name=${field}]`).val()).toBe('250')
    const done = await finance.submit(`${at}/allocation`, { [field]: '150' })
    expect(done.$('.equation').text()).toContain('¥50.00')
    const back = await finance.submit(`${at}/counter`, { amount: '80', reason: '承兑汇票退票' })
    expect(back.$('.facts').text()).toContain('−80.00')
    expect(back.$('.equation').text()).toContain('¥120.00')
    const line = await db.auditEntry.findFirst({
      where: { subject: `customer:${customer.id}`, action: 'receipt.countered' },
    })
    expect(line?.why).toBe('承兑汇票退票')
  })
})

describe('CRD-13: shipments', () => {
  it('one list finds them by number, customer, day and mark; a page explains each', async () => {
    const customer = await aCreditCustomer()
    const goods = await shipped(customer, { amount: '1234.50', on: daysAgo(60) })
    const found = async (search: string) =>
      (await sales.visit(`/shipments?customer=${customer.number}&${search}`)).$('tbody tr').length
    expect(await found('')).toBe(1)
    expect(await found(`q=${goods.number}`)).toBe(1)
    expect(await found(`mark=overdue&from=${daysAgo(61)}&to=${daysAgo(60)}`)).toBe(1)
    expect(await found('mark=unreleased')).toBe(0)
    expect(await found(`dueFrom=${daysAgo(30)}&dueTo=${daysAgo(30)}`)).toBe(1)
    const page = await sales.visit(`/shipments/${goods.number}`)
    expect(page.$('.equation').text()).toContain('¥1,234.50')
    expect(page.$('.acts a').length).toBe(0)
  })

  it('PPL-01: of whom one does not see the credit, one sees no document', async () => {
    const other = await aCreditCustomer({ ownerId: null, department: '城西营业部' })
    const goods = await shipped(other, { amount: '77.00', on: daysAgo(9) })
    expect((await sales.visit(`/shipments/${goods.number}`)).status).toBe(404)
    expect((await sales.visit(`/shipments?q=${goods.number}`)).$('tbody tr').length).toBe(0)
    expect((await sales.visit('/receipts/new')).status).toBe(403)
    const { logistics } = await theCast()
    expect((await (await signIn(logistics)).visit('/shipments')).status).toBe(403)
  })

  it('history is entered with its mistakes kept', async () => {
    const customer = await make.customer()
    const at = '/shipments/new'
    const bad = await finance.submit(at, { customer: '没有这家', amount: '10', shippedOn: daysAgo(400), goods: '库板' })
    expect(bad.$('.errors').text()).toContain('没有这家')
    expect(typed(bad, 'goods')).toBe('库板')
    const good = { customer: customer.number, amount: '10', shippedOn: daysAgo(400), goods: '库板' }
    const made = await finance.submit(at, good)
    expect(made.$('h1').text()).toContain('发货 XS')
    expect(made.$('.lede').text()).toContain('补录')
  })
})

describe('CRD-01: contracts', () => {
  it('are recorded, listed by when they end, and ended with a reason', async () => {
    const customer = await aCreditCustomer({}, { without: 'contract' })
    const at = `/contracts/new?customer=${customer.number}`
    const given = { kind: 'direct', startsOn: daysAgo(30), endsOn: daysAgo(-10), termDays: '15', terms: '月结十五天' }
    const wrong = await finance.submit('/contracts/new', { ...given, termDays: '400' }, at)
    expect(wrong.$('.errors').text()).toContain('0 到 365')
    expect(typed(wrong, 'terms')).toBe('月结十五天')
    const made = await finance.submit('/contracts/new', given, at)
    expect(made.$('h1').text()).toContain('合同 HT')
    const number = made.url.split('/').at(-1)!
    const list = await sales.visit(`/contracts?q=${number}`)
    expect(list.$('tbody tr').text()).toContain('还有 10 天')
    expect((await sales.visit(`/contracts/${number}`)).$('.acts a').length).toBe(0)
    const ended = await finance.submit(`/contracts/${number}/ending`, { reason: '改为现款', endedOn: daysAgo(0) })
    expect(ended.$('.status-tag').text()).toContain('提前终止')
    const again = await finance.visit(`/contracts/${number}/ending`)
    expect([again.status, again.$('.refusal, .errors, main').text()]).toEqual([422, expect.stringContaining('CRD-01')])
  })
})
