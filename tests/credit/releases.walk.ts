import { expect, it } from 'vitest'
import { db } from '../../src/db.ts'
import { signIn } from '../support/browser.ts'
import { aCreditCustomer, daysAgo, figureOf, shipped } from '../support/credit.ts'
import { theCast } from '../support/make.ts'

it('CRD-06, G-20: of fifty forms sent at once for the last yuan no more go out than it carries', async () => {
  const browser = await signIn((await theCast()).sales)
  const customer = await aCreditCustomer()
  await shipped(customer, { amount: '1000.00', on: daysAgo(5), unpaid: false })
  const form = await browser.fieldsOf('/releases/new', `/releases/new?customer=${customer.number}`)
  const values = { ...form, amount: '300', goods: '冷库门 4 樘' }
  const send = (n: number) => browser.post('/releases/new', { ...values, _form: `${form['_form']}-${n}` })
  const sent = await Promise.all(Array.from({ length: 50 }, (_, n) => send(n)))
  expect(sent.every(({ status }) => status === 303)).toBe(true)
  const count = (state: 'released' | 'held') => db.release.count({ where: { customerId: customer.id, state } })
  expect([await count('released'), await count('held')]).toEqual([3, 47])
  expect((await figureOf(customer)).available).toBe(10_000)
})
