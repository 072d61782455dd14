import { expect, it } from 'vitest'
import { pool } from '../../src/db.ts'
import { signIn } from '../support/browser.ts'
import { aContract, aCreditCustomer, aRelease, daysAgo, shipped } from '../support/credit.ts'
import { theCast } from '../support/make.ts'
import { linesOnPages } from '../support/pdf.ts'

it('CRD-06, wish 52: what is called held leads to what is held alone', async () => {
  const { sales, finance } = await theCast()
  const customer = await aCreditCustomer()
  await shipped(customer, { amount: '900.00', on: daysAgo(3) })
  const held = await Promise.all(['1.00', '2.00', '3.00', '4.00'].map((amount) => aRelease(customer, { amount })))
  const desk = await signIn(finance)
  const overview = await desk.visit('/credit')
  const page = await (await signIn(sales)).visit(`/credit/customers/${customer.number}`)
  const links = [
    overview.$('#held .more a').attr('href')!,
    overview.$('.figures a').eq(1).attr('href')!,
    page.$('main a[href^="/releases?"]').attr('href')!,
  ]
  for (const href of links) {
    const list = await desk.visit(href)
    expect(list.$('.views a[aria-current]').text(), href).toContain('未放行')
  }
  expect((await desk.visit(links[2]!)).$('tbody tr').length).toBe(held.length)
})

it('CRD-01: a contract that is missing leads to the contracts of this customer', async () => {
  const { finance } = await theCast()
  const customer = await aCreditCustomer({}, { without: 'contract' })
  await aContract(customer, { from: daysAgo(400), until: daysAgo(40) })
  const desk = await signIn(finance)
  const page = await desk.visit(`/credit/customers/${customer.number}`)
  const list = await desk.visit(page.$('#eligibility a[href^="/contracts"]').attr('href')!)
  expect(list.$('tbody tr').length).toBe(1)
  expect(list.$('tbody').text()).toContain(customer.name)
})

it('CRD-17: on paper a customer takes two lines, and none of its name is broken', async () => {
  const { finance } = await theCast()
  const customer = await aCreditCustomer()
  await shipped(customer, { amount: '12345678.90', on: daysAgo(60), termDays: 30 })
  const desk = await signIn(finance)
  const file = await desk.visit(`/credit/ageing.pdf?q=${customer.number}`)
  const pages = linesOnPages(file.response.body as Buffer)
  expect(pages.length).toBe(1)
  const lines = pages[0]!.filter((line) => line.includes(customer.name))
  expect(lines.length).toBe(1)
  expect(lines[0]).toContain('12,345,678.90')
})

it('CRD-16: a counter-entry for more than is left says how much that is, as money is written', async () => {
  const { finance } = await theCast()
  const customer = await aCreditCustomer()
  const { number } = await shipped(customer, { amount: '30000.00', on: daysAgo(2) })
  const desk = await signIn(finance)
  const refused = await desk.submit(`/shipments/${number}/counter`, { amount: '40000', reason: '客户退货' })
  expect(refused.status).toBe(422)
  expect(refused.$('.errors').text()).toContain('30,000.00')
})

it('CRD-06: the releases follow each other to the last, whoever numbered them', async () => {
  const { finance } = await theCast()
  const customer = await aCreditCustomer()
  const release = await aRelease(customer, { amount: '1.00' })
  await pool.query(`update release set number = 'FX2026D' || lpad(id::text, 7, '0') where id = $1`, [release.id])
  const { rows } = await pool.query<{ number: string }>('select number from release where id = $1', [release.id])
  const desk = await signIn(finance)
  for (const list of ['/releases?', '/releases/shipping?'])
    expect((await desk.visit(`${list}after=${rows[0]!.number}`)).status, list).toBe(200)
})

it('CRD-20: each check stands with its reasons, below zero with the sign that is as wide as a digit', async () => {
  const { finance } = await theCast()
  const customer = await aCreditCustomer({}, { without: 'contract' })
  await shipped(customer, { amount: '700.00', on: daysAgo(3) })
  const release = await aRelease(customer, { amount: '50.00' })
  const page = await (await signIn(finance)).visit(`/releases/${release.number}`)
  expect(page.$('#checks tbody').text()).toContain('−700.00')
  expect(page.$('#checks .status-tag').text()).toBe('拦下')
})

it('CRD-13: whoever ships finds on the first page what may go out; once stopped at the gate it is not called released', async () => {
  const { finance, logistics } = await theCast()
  const customer = await aCreditCustomer()
  await shipped(customer, { amount: '1000.00', on: daysAgo(5), unpaid: false })
  const release = await aRelease(customer, { amount: '600.00' })
  const keeper = await signIn(logistics)
  expect((await keeper.visit('/')).$('.queue a[href="/releases/shipping"]').length).toBeGreaterThan(0)
  const desk = await signIn(finance)
  const page = `/releases/${release.number}`
  const facts = async () => (await desk.visit(page)).$('.facts dt').text()
  expect(await facts()).toContain('放行')
  await pool.query(`update contract set ended_on = $2, ended_reason = '双方协议' where customer_id = $1`, [
    customer.id,
    daysAgo(0),
  ])
  expect((await keeper.submit(`${page}/shipping`)).$('main').text()).toContain('不要发货')
  expect((await desk.visit(page)).$('.page-head').text()).toContain('未放行')
  expect(await facts()).not.toContain('放行')
})
