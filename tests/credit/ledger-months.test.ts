import { beforeAll, expect, it } from 'vitest'
import { judgeLedger } from '../../src/credit/importing/judging.ts'
import { closeMonth, monthsOf, openMonth } from '../../src/credit/ledger/months.ts'
import { db, pool, reads } from '../../src/db.ts'
import { now } from '../../src/lib/clock.ts'
import { monthAfter, monthOf } from '../../src/lib/months.ts'
import { recordReceipt } from '../../src/credit/ledger/commands.ts'
import { ownDatabase } from '../support/connected.ts'
import { aCreditCustomer, shipped } from '../support/credit.ts'
import { signIn } from '../support/browser.ts'
import { actorOf, forgetCast, refusalOf, theCast } from '../support/make.ts'

// A closed month would refuse the documents of other files.
beforeAll(async () => {
  await ownDatabase('ledger_months')
  forgetCast()
})

const ago = (months: number) => monthAfter(monthOf(now()), -months)
const finance = async () => actorOf((await theCast()).finance)

it('CRD-20: months close in order, once they are over, and take no document any more on any path', async () => {
  const customer = await aCreditCustomer()
  await shipped(customer, { amount: '1000.00', on: `${ago(2)}-15` })
  const actor = await finance()
  expect(await openMonth(reads, now())).toBe(ago(2))
  expect(await refusalOf(closeMonth(actor, ago(1), now()))).toEqual(['CRD-20 ledger:refused.monthsBefore'])
  const twice = await Promise.all([1, 2].map(() => refusalOf(closeMonth(actor, ago(2), now()))))
  expect(twice.filter((one) => one === null)).toHaveLength(1)
  expect(await openMonth(reads, now())).toBe(ago(1))
  const late = { amount: '10.00', receivedOn: `${ago(2)}-20`, way: 'cash' as const, payer: null, document: null }
  const receipt = { ...late, customer: customer.number, release: null, byHand: false }
  expect(await refusalOf(recordReceipt(actor, receipt, now()))).toEqual(['CRD-20 credit:refused.closedMonth'])
  await expect(shipped(customer, { amount: '1.00', on: `${ago(2)}-15` })).rejects.toThrow('is closed')
  expect(await refusalOf(closeMonth(actor, ago(0), now()))).toEqual(['CRD-20 ledger:refused.monthRuns'])
  const found = await monthsOf(ago(2).slice(0, 4), now())
  expect(found.find(({ month }) => month === ago(2))).toMatchObject({ shipments: 1, shipped: '1000.00' })
})

it('CRD-20: a closed month is not opened again', async () => {
  await expect(pool.query('delete from ledger_month')).rejects.toThrow('stays as it is')
})

it('CRD-20: finance closes the month that is next, and says to know that it is for good', async () => {
  const browser = await signIn((await theCast()).finance)
  const page = await browser.visit('/ledger/months')
  expect(page.$('#close h2').text()).toContain(ago(1))
  const refused = await browser.submit('/ledger/months', {})
  expect(refused.status).toBe(422)
  expect(refused.$('.errors').text()).toContain('必填')
  const closed = await browser.submit('/ledger/months', { sure: 'on' })
  expect(closed.$('.notice').text()).toContain(`${ago(1)} 已月结`)
  expect(closed.$('#close').text()).toContain('没有可以月结的月份')
})

const moneyOn = (customer: { number: string }, receivedOn: string) => {
  const kind = { way: 'cash' as const, payer: null, document: null, release: null, byHand: false }
  return { customer: customer.number, amount: '10.00', receivedOn, ...kind }
}

it('CRD-20: the months before the closed ones are closed with them, on the form and in a file', async () => {
  const customer = await aCreditCustomer()
  const actor = await finance()
  const before = `${ago(7)}-20`
  expect(await refusalOf(recordReceipt(actor, moneyOn(customer, before), now()))).toEqual([
    'CRD-20 credit:refused.closedMonth',
  ])
  await expect(shipped(customer, { amount: '10.00', on: before })).rejects.toThrow('is closed')
  const columns = ['customer', 'document', 'amount', 'day'] as const
  const lines = [before, `${ago(0)}-01`].map((day, line) => ({
    line,
    cells: [customer.number, `SK${line}`, '10.00', day],
  }))
  const judged = await judgeLedger(db, actor, 'receipts', lines, [...columns], now())
  expect(judged.map(({ outcome }) => outcome)).toEqual(['rejected', 'imported'])
  expect(judged[0]!.findings[0]!.reason).toBe('credit:refused.closedMonth')
})

it('CRD-20: whoever enters while somebody closes the month reads that it is closed', async () => {
  const customer = await aCreditCustomer()
  const closing = await pool.connect()
  await closing.query('begin')
  await closing.query(`select pg_advisory_xact_lock(hashtextextended('ledger month', 0))`)
  await closing.query(`insert into ledger_month (month, closed_at, closed_by_id) select $1, $2, min(id) from staff`, [
    `${ago(0)}-01`,
    now(),
  ])
  const entering = refusalOf(recordReceipt(await finance(), moneyOn(customer, `${ago(0)}-01`), now()))
  await expect
    .poll(async () => (await pool.query('select from pg_locks where not granted')).rowCount, { timeout: 10_000 })
    .toBeGreaterThan(0)
  await closing.query('commit')
  closing.release()
  expect(await entering).toEqual(['CRD-20 credit:refused.closedMonth'])
})
