import { beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../src/access/actor.ts'
import { createCustomer } from '../../src/customers/commands.ts'
import { confirmCustomer } from '../../src/confirmations/commands.ts'
import { customerFor } from '../../src/customers/queries.ts'
import { pool } from '../../src/db.ts'
import { signIn, type Browser } from '../support/browser.ts'
import type { Person } from '../support/cast.ts'
import { actorOf, factsWith, make, theCast } from '../support/make.ts'

const now = new Date('2026-11-24T06:05:00Z')
const place = `云上营业部${Date.now()}`
let departmentId: bigint
let desk: Person
let clerk: Actor
let manager: Person

beforeAll(async () => {
  await theCast()
  const { rows } = await pool.query<{ id: string }>('insert into department (name) values ($1) returning id', [place])
  departmentId = BigInt(rows[0]!.id)
  desk = await make.staff([{ role: 'front_desk', department: place }])
  manager = await make.staff([{ role: 'sales_director', department: place }])
  clerk = await actorOf(desk)
})

const record = (more: Parameters<typeof factsWith>[0] = {}) =>
  createCustomer(clerk, factsWith({ departmentId, ...more }), now)

const queuesOf = async (browser: Browser) => {
  const page = await browser.visit('/')
  return page
    .$('.queue')
    .toArray()
    .map((queue) => ({
      count: page.$(queue).find('.count').text(),
      text: page.$(queue).text().replace(/\s+/g, ' '),
      list: page.$(queue).find('h3 a').attr('href'),
      act: page.$(queue).find('a.btn').attr('href'),
    }))
}

describe('CUS-05: what waits for confirmation', () => {
  it('stands on the page of who may confirm, counted, the oldest first, and leads to the list of them', async () => {
    const browser = await signIn(manager)
    expect(await queuesOf(browser)).toEqual([])
    const [older] = [await record({ name: '广寒宫酿酒作坊' }), await record()]
    const [queue, ...others] = await queuesOf(browser)
    expect(others).toEqual([])
    expect(queue).toMatchObject({
      count: '2',
      list: '/approvals?kind=customer.confirmation',
      act: '/approvals?kind=customer.confirmation',
    })
    expect(queue!.text).toContain('确认建档')
    expect(queue!.text).toContain('广寒宫酿酒作坊')
    expect(queue!.text).toContain(desk.name)
    const listed = await browser.visit(queue!.list!)
    expect(listed.$('#request h2').text()).toContain(older)
    expect(listed.$('.inbox-list li')).toHaveLength(2)
  })

  it('is not counted for another place, nor shown to who may not confirm', async () => {
    const elsewhere = await make.staff([{ role: 'sales_director', region: '西区' }])
    expect((await queuesOf(await signIn(elsewhere))).filter(({ text }) => text.includes('广寒宫酿酒'))).toEqual([])
    expect((await queuesOf(await signIn(desk))).filter(({ text }) => text.includes('确认建档'))).toEqual([])
  })
})

describe('CUS-04: what I recorded and what it lacks', () => {
  it('is told until the file is whole or confirmed, and leads to the oldest', async () => {
    const own = await make.staff([{ role: 'front_desk', department: place }])
    const actor = await actorOf(own)
    const browser = await signIn(own)
    const whole = { creditNote: '月结', tradeNote: '尚无交易' }
    const lacking = await createCustomer(actor, factsWith({ departmentId, tradeNote: '尚无交易' }), now)
    const person = { kind: 'person', name: '吴月桂', phone: `1990003${String(Date.now()).slice(-4)}` } as const
    await createCustomer(actor, factsWith({ departmentId, ...person, ...whole }), now)
    const [queue, ...others] = await queuesOf(browser)
    expect(others).toEqual([])
    expect(queue).toMatchObject({ count: '1', act: `/customers/${lacking}` })
    expect(queue!.text).toContain('最早的一户缺：联系人、信用说明')
    const listed = await browser.visit(queue!.list!)
    expect(listed.$('tbody tr').text()).toContain(lacking)
    expect(listed.$('tbody tr')).toHaveLength(1)
    const { id } = await customerFor(actor, lacking)
    await pool.query(`insert into contact (customer_id, name, phones) values ($1, '嫦娥', '{}')`, [id])
    await pool.query(`update customer set credit_note = '月结' where id = $1`, [id])
    expect(await queuesOf(browser)).toEqual([])
    await confirmCustomer(await actorOf(manager), id, 1, now)
  })
})
