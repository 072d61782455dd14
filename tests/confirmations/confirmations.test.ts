import { beforeAll, describe, expect, it } from 'vitest'
import { db, pool } from '../../src/db.ts'
import { signIn, type Browser } from '../support/browser.ts'
import { make, theCast } from '../support/make.ts'

let browser: Browser
beforeAll(async () => {
  browser = await signIn((await theCast()).sales_director)
})

async function complete() {
  const customer = await make.customer()
  await pool.query(
    `update customer set address = '云外路 1 号', credit_note = '尚未了解', trade_note = '尚无交易' where id = $1`,
    [customer.id],
  )
  await pool.query(`insert into contact (customer_id, name) values ($1, '鹿鸣野')`, [customer.id])
  return customer
}

const standingOf = async (id: bigint) => (await db.customer.findUniqueOrThrow({ where: { id } })).standing

describe('CUS-05: confirming many', () => {
  it('each by the rules for one: the complete are confirmed, the others say what they lack', async () => {
    const [one, two, bare] = [await complete(), await complete(), await make.customer()]
    const done = await complete()
    await pool.query(
      `update customer set standing = 'confirmed', confirmed_at = now(), confirmed_by_id = created_by_id where id = $1`,
      [done.id],
    )
    const address = `/customers/confirmation?${[one, two, bare, done].map(({ number }) => `${number}=on`).join('&')}`
    const shown = await browser.visit(address)
    expect(shown.$('tbody tr')).toHaveLength(3)
    expect(shown.$('.lede').text()).toContain('另外 1 户已经确认过')
    const page = await browser.submit(address)
    expect(page.$('.lede').text()).toContain('确认了 2 户，没有确认 1 户')
    expect(page.$('tr[data-rule="CUS-04"]').text()).toContain('还没有联系人')
    expect([await standingOf(one.id), await standingOf(two.id), await standingOf(bare.id)]).toEqual([
      'confirmed',
      'confirmed',
      'provisional',
    ])
    const lines = await db.auditEntry.findMany({ where: { subject: `customer:${one.id}`, kind: 'change' } })
    expect(lines.filter(({ action }) => action === 'customer.confirmed')).toHaveLength(1)
  })

  it('none chosen, and somebody without the right', async () => {
    expect((await browser.visit('/customers/confirmation')).$('.nothing').text()).toContain('没有待确认的客户')
    const desk = await signIn((await theCast()).front_desk)
    expect((await desk.agent.get('/customers/confirmation')).status).toBe(403)
  })
})
