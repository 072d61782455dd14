import { beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../src/access/actor.ts'
import { change } from '../../src/audit/change.ts'
import { db, pool } from '../../src/db.ts'
import { lockRelease } from '../../src/credit/queries.ts'
import { askRelease, checkAgain, giveUpRelease, payPart } from '../../src/credit/releases/commands.ts'
import { requestForm, type RequestInput } from '../../src/credit/releases/forms.ts'
import { shipRelease } from '../../src/credit/releasing.ts'
import { now } from '../../src/lib/clock.ts'
import { signIn, type Browser } from '../support/browser.ts'
import {
  aCreditCustomer,
  aRelease,
  checksOf,
  countered,
  daysAgo,
  figureOf,
  paid,
  received,
  releaseOf,
  shipped,
} from '../support/credit.ts'
import { actorOf, refusalOf, theCast } from '../support/make.ts'

const fen = (yuan: number) => yuan * 100
const east = { department: '城东营业部' }

let sales: Actor
let browser: Browser
beforeAll(async () => {
  const cast = await theCast()
  sales = await actorOf(cast.sales)
  browser = await signIn(cast.sales)
})

const input = (customer: { number: string }, more: Record<string, string> = {}): RequestInput =>
  requestForm.parse({ customer: customer.number, amount: '300', goods: '冷库门 4 樘', ...more }) as RequestInput

/** Owes 1,000.00 of as much: nothing is available. */
async function fullUp() {
  const customer = await aCreditCustomer(east)
  await shipped(customer, { amount: '1000.00', on: daysAgo(5) })
  return customer
}

async function roomFor(amount: string) {
  const customer = await aCreditCustomer(east)
  await shipped(customer, { amount, on: daysAgo(5), unpaid: false })
  return customer
}

const trailOf = async (customer: { id: bigint }, action: string) =>
  (
    await pool.query<{ after: Record<string, unknown>; why: string | null }>(
      `select after, why from audit_entry where subject = $1 and action = $2 order by id`,
      [`customer:${customer.id}`, action],
    )
  ).rows

describe('asking for goods', () => {
  it('CRD-06, wish 52: within what is available it is released at once; over it, held with reason and what can be done', async () => {
    const customer = await roomFor('1000.00')
    const page = await browser.visit(`/releases/new?customer=${customer.number}`)
    expect(page.$('#preview .equation').first().text()).toContain('¥1,000.00')
    const tried = await browser.visit(`/releases/new?customer=${customer.number}&amount=1%2C000.01`)
    expect(tried.$('#preview .equation').last().text()).toContain('¥0.01')
    expect(tried.$('#preview .why-not').text()).toContain('超出可用额')

    const asked = { amount: '600', goods: '冷库门 4 樘', note: '周五送' }
    const out = await browser.submit(`/releases/new?customer=${customer.number}`, asked, undefined)
    expect(out.$('.page-head').text()).toContain('已放行')
    expect(out.$('.notice').text()).toContain('已放行')
    const held = await browser.submit(`/releases/new?customer=${customer.number}`, { ...asked, amount: '400.01' })
    expect(held.$('.page-head').text()).toContain('未放行，仓库看不到')
    expect(held.$('#weighed .equation').last().text()).toContain('¥0.01')
    expect(held.$('.ladder li[data-at=now]').text()).toContain('首次超额')
    expect(held.$('.ladder').text()).toContain('本月还没有用过首次超额')
    expect(held.$('#checks tbody tr').text()).toMatch(/拦下\s*超出可用额/)
  })

  it('CRD-06: what was typed wrongly comes back with the sentence, and nothing is lost', async () => {
    const customer = await roomFor('1000.00')
    const wrong = await browser.submit(`/releases/new?customer=${customer.number}`, { amount: '很多', goods: '冷库门' })
    expect(wrong.status).toBe(422)
    expect(wrong.$('[name=goods]').text().trim()).toBe('冷库门')
    expect(wrong.$('[name=amount]').val()).toBe('很多')
    expect(wrong.$('[name=customer]').val()).toBe(customer.number)
    expect(await refusalOf(askRelease(sales, input({ number: 'K2099999999' }), now()))).toEqual([
      'CRD-06 releases:refused.unknown',
    ])
    const contract = input(customer, { contract: 'HT2099999999' })
    expect(await refusalOf(askRelease(sales, contract, now()))).toEqual(['CRD-01 releases:refused.contract'])
  })

  it('CRD-01: to a customer that is void nothing is asked for, and its form says so at once', async () => {
    const customer = await roomFor('1000.00')
    await pool.query(`update customer set life = 'void' where id = $1`, [customer.id])
    expect(await refusalOf(askRelease(sales, input(customer), now()))).toEqual(['CRD-01 releases:refused.closed'])
    const page = await browser.visit(`/releases/new?customer=${customer.number}`)
    expect(page.status).toBe(422)
    expect(page.$('body').text()).toContain('不再发货')
  })

  it('CRD-06: sent twice it is one request', async () => {
    const customer = await roomFor('1000.00')
    const form = await browser.fieldsOf('/releases/new', `/releases/new?customer=${customer.number}`)
    const values = { ...form, amount: '300', goods: '冷库门 4 樘' }
    const [one, two] = await Promise.all([browser.post('/releases/new', values), browser.post('/releases/new', values)])
    expect([one.status, two.status]).toEqual([303, 303])
    expect(one.get('Location')).toBe(two.get('Location'))
    expect(await db.release.count({ where: { customerId: customer.id } })).toBe(1)
  })

  it('CRD-06, G-20: of eight forms sent at once for the last yuan no more go out than it carries', async () => {
    const customer = await roomFor('1000.00')
    const form = await browser.fieldsOf('/releases/new', `/releases/new?customer=${customer.number}`)
    const values = { ...form, amount: '300', goods: '冷库门 4 樘' }
    const send = (n: number) => browser.post('/releases/new', { ...values, _form: `${form['_form']}-${n}` })
    const sent = await Promise.all(Array.from({ length: 8 }, (_, n) => send(n)))
    expect(sent.every(({ status }) => status === 303)).toBe(true)
    expect(await db.release.count({ where: { customerId: customer.id, state: 'released' } })).toBe(3)
    expect(await db.release.count({ where: { customerId: customer.id, state: 'held' } })).toBe(5)
    expect((await figureOf(customer)).available).toBe(fen(100))
  })
})

describe('a held release', () => {
  it('CRD-20, wish 60: weighed again by hand, each check stays with its figure; nothing is let out that does not pass', async () => {
    const customer = await fullUp()
    const held = await aRelease(customer, { amount: '300.00' })
    expect((await checkAgain(sales, held.id, held.version, now())).state).toBe('held')
    await received(customer, { amount: '1000.00', on: daysAgo(0) })
    const stale = await refusalOf(checkAgain(sales, held.id, held.version, now()))
    expect(stale).toEqual(['CRD-20 credit:refused.changedMeanwhile'])
    const { version } = await releaseOf(held)
    expect((await checkAgain(sales, held.id, version, now())).state).toBe('released')
    const checks = await checksOf(held)
    expect(checks.map(({ step, passed }) => [step, passed])).toEqual([
      ['request', false],
      ['recheck', false],
      ['recheck', true],
    ])
    expect(checks.map(({ available }) => available.toFixed(2))).toEqual(['0.00', '0.00', '1000.00'])
    const { state } = await releaseOf(held)
    expect(state).toBe('released')
    expect(await refusalOf(checkAgain(sales, held.id, version + 1, now()))).toEqual(['CRD-06 releases:refused.notHeld'])
  })

  it('CRD-09: as much goes out as was received, the rest is asked anew; the trail says both', async () => {
    const customer = await roomFor('1000.00')
    const held = await aRelease(customer, { amount: '1500.00' })
    await paid(customer, { amount: '200.00', releaseId: held.id })
    const given = { version: held.version, amount: '1200.01' }
    expect(await refusalOf(payPart(sales, held.id, given, now()))).toEqual(['CRD-09 releases:refused.partMore'])
    const whole = { version: held.version, amount: '1500.00' }
    expect(await refusalOf(payPart(sales, held.id, whole, now()))).toEqual(['CRD-09 releases:refused.partWhole'])

    const page = await browser.visit(`/releases/${held.number}`)
    expect(page.$('.ladder li').last().find('.btn').attr('href')).toBe(`/releases/${held.number}/payment-part`)
    expect(page.$('#money').text()).toContain('¥200.00')
    const done = await browser.submit(`/releases/${held.number}/payment-part`)
    expect(done.$('.page-head').text()).toContain('已放行')
    const after = await releaseOf(held)
    expect([after.amount.toFixed(2), after.ground, after.cash.toFixed(2)]).toEqual(['1200.00', 'cash', '200.00'])
    expect((await trailOf(customer, 'release.reduced'))[0]!.after).toMatchObject({ amount: '1200.00', rest: '300.00' })
    expect((await figureOf(customer)).available).toBe(0)
  })

  it('CRD-09: with nothing paid and nothing available no part goes out', async () => {
    const held = await aRelease(await fullUp(), { amount: '300.00' })
    const given = { version: held.version, amount: '1.00' }
    expect(await refusalOf(payPart(sales, held.id, given, now()))).toEqual(['CRD-09 releases:refused.nothingCarried'])
  })

  it('CRD-04: without credit what was paid goes out only with a repayment plan', async () => {
    const customer = await aCreditCustomer(east, { without: 'contract' })
    const held = await aRelease(customer, { amount: '500.00' })
    expect(held.holds).toEqual(['no_plan', 'unpaid'])
    await paid(customer, { amount: '200.00', releaseId: held.id })
    const given = { version: held.version, amount: '200.00' }
    expect(await refusalOf(payPart(sales, held.id, given, now()))).toEqual(['CRD-04 releases:stops.no_plan'])
    await aPlan(customer, held)
    expect((await payPart(sales, held.id, given, now())).state).toBe('released')
    expect((await releaseOf(held)).amount.toFixed(2)).toBe('200.00')
  })

  it('CRD-09: given up, the money received for it pays what is owed, and what it held of the credit lets out others', async () => {
    const customer = await roomFor('1000.00')
    const first = await aRelease(customer, { amount: '900.00' })
    const second = await aRelease(customer, { amount: '500.00' })
    expect([first.state, second.state]).toEqual(['released', 'held'])
    const page = await browser.submit(`/releases/${first.number}/cancellation`, { reason: '客户改期' })
    expect(page.$('.page-head').text()).toContain('已取消')
    expect((await releaseOf(second)).state).toBe('released')
    expect((await trailOf(customer, 'release.cancelled'))[0]).toMatchObject({ why: '客户改期' })
    const again = await browser.visit(`/releases/${first.number}/cancellation`)
    expect(again.status).toBe(422)
    expect(await refusalOf(giveUpRelease(sales, first.id, { version: 9, reason: '客户改期' }, now()))).toEqual([
      'CRD-13 credit:refused.state',
    ])
  })

  it('CRD-20, wish 55: at the gate it is weighed again: what no longer passes is held, and says so', async () => {
    const customer = await roomFor('1000.00')
    const release = await aRelease(customer, { amount: '800.00' })
    expect(release.state).toBe('released')
    const later = new Date(now().getTime() + 40 * 86_400_000)
    const { logistics } = await theCast()
    const actor = await actorOf(logistics)
    const on = new Date(later.getTime() + 8 * 3_600_000).toISOString().slice(0, 10)
    const goods = { amount: '800.00', shippedOn: on, document: null, invoice: null, source: 'release' as const }
    const { shipmentId } = await change(actor, async (tx, audit) =>
      shipRelease(tx, audit, actor, await lockRelease(tx, release.id), goods, later),
    )
    expect(shipmentId).toBeNull()
    expect((await releaseOf(release)).state).toBe('held')
    expect((await checksOf(release)).map(({ step, passed }) => [step, passed])).toEqual([
      ['request', true],
      ['shipping', false],
    ])
    const page = await browser.visit(`/releases/${release.number}`)
    expect(page.$('#checks tbody tr').first().text()).toContain('发货时')
  })

  it('CRD-06, CRD-13: a request, goods taken back and shipping at once never pass the limit', async () => {
    const customer = await aCreditCustomer(east)
    const old = await shipped(customer, { amount: '1000.00', on: daysAgo(5), unpaid: false })
    const released = await aRelease(customer, { amount: '600.00' })
    const { logistics } = await theCast()
    const actor = await actorOf(logistics)
    const goods = { amount: '600.00', shippedOn: daysAgo(0), document: null, invoice: null, source: 'release' as const }
    const ship = change(actor, async (tx, audit) =>
      shipRelease(tx, audit, actor, await lockRelease(tx, released.id), goods, now()),
    )
    const [asked, , gone] = await Promise.all([
      aRelease(customer, { amount: '400.00' }),
      countered(old, { amount: '700.00' }),
      ship,
    ])
    // The limit is 300.00 after it, 700.00 of what was paid are free again.
    const checks = await db.releaseCheck.findMany({ where: { releaseId: { in: [asked.id, released.id] } } })
    for (const { passed, amount, available } of checks)
      expect(passed).toBe(Number(amount) <= Math.max(0, Number(available)))
    expect(gone.shipmentId === null).toBe((await releaseOf(released)).state === 'held')
  })
})

async function aPlan(customer: { id: bigint }, release: { id: bigint }) {
  await pool.query(
    `with made as (insert into repayment_plan (number, customer_id, release_id, filed_at, filed_by_id)
       values ($5, $1, $2, $3, (select min(id) from staff)) returning id)
     insert into repayment_line (plan_id, n, due_on, amount) select id, 1, $4, 300 from made`,
    [customer.id, release.id, now(), daysAgo(-20), `HL19-${release.id}`],
  )
}

describe('who sees it', () => {
  it('CRD-13: the warehouse sees what may go out and no figure; of what is held it does not learn', async () => {
    const { logistics } = await theCast()
    const warehouse = await signIn(logistics)
    const customer = await roomFor('1000.00')
    const out = await aRelease(customer, { amount: '777.77' })
    const held = await aRelease(customer, { amount: '888.88' })
    const page = await warehouse.visit(`/releases/${out.number}`)
    expect(page.status).toBe(200)
    expect(page.$('#facts').text()).toContain('¥777.77')
    const words = page.$('main').text()
    for (const figure of ['1,000.00', '授信额', '占用额', '可用额']) expect(words).not.toContain(figure)
    expect((await warehouse.visit(`/releases/${held.number}`)).status).toBe(404)
    for (const act of ['cancellation', 'payment-part', 'first-override'])
      expect([403, 404]).toContain((await warehouse.visit(`/releases/${held.number}/${act}`)).status)
    const list = await warehouse.visit(`/releases?customer=${customer.number}`)
    expect(list.$('tbody tr')).toHaveLength(1)
    expect(list.$('tbody').text()).toContain(out.number)
    expect(list.$('#list').text()).not.toContain(held.number)
    expect(list.$('.views').text()).not.toContain('未放行')
    expect((await warehouse.visit(`/releases?state=held&customer=${customer.number}`)).$('tbody tr')).toHaveLength(0)
    expect((await warehouse.visit('/releases/export')).status).toBe(403)
    expect((await warehouse.visit(`/releases/new?customer=${customer.number}`)).status).toBe(403)
  })

  it('CRD-06: another’s customer and its releases are not known', async () => {
    const stranger = await aCreditCustomer({ ownerId: null })
    const { general_manager } = await theCast()
    const held = await aRelease(stranger, { amount: '5.00', by: general_manager })
    expect((await browser.visit(`/releases/${held.number}`)).status).toBe(404)
    expect((await browser.visit(`/releases/new?customer=${stranger.number}`)).status).toBe(404)
    expect(await refusalOf(askRelease(sales, input(stranger), now()))).toEqual(['CRD-06 releases:refused.unknown'])
  })
})
