import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { db, pool } from '../../src/db.ts'
import { signIn, visitor, type Browser } from '../support/browser.ts'
import type { Cast, Person } from '../support/cast.ts'
import { make, password, theCast } from '../support/make.ts'

let people: Cast
let boss: Browser
beforeAll(async () => {
  people = await theCast()
  boss = await signIn(people.sales_director)
})
const toldOf = (person: { id: bigint }, kind: string) =>
  db.notice.findMany({ where: { staffId: person.id, kind }, orderBy: { id: 'asc' } })

describe('ACC-01: an account is locked', () => {
  beforeEach(() => pool.query('delete from sign_in_limit'))
  const tryIn = (account: string, typed = 'never this one') =>
    visitor().submit('/sign-in', { account, password: typed })
  const lockNotices = async (person: { id: bigint }, guard: { id: bigint } = people.security_admin) =>
    (await toldOf(guard, 'account.locked')).filter(({ subject }) => subject === `staff:${person.id}`)

  it('every active security administrator is told once, by ten wrong passwords at once', async () => {
    const [person, second, gone] = [
      await make.staff(),
      await make.staff([{ role: 'security_admin' }]),
      await make.staff([{ role: 'security_admin' }]),
    ]
    await pool.query(`update staff set state = 'disabled' where id = $1`, [gone.id])
    await Promise.all(Array.from({ length: 10 }, () => tryIn(person.number)))
    for (const guard of [people.security_admin, second])
      expect(await lockNotices(person, guard)).toMatchObject([
        { urgent: true, rule: 'ACC-01', href: `/staff/${person.number}` },
      ])
    expect(await lockNotices(person, gone)).toEqual([])
    const lines = await db.auditEntry.findMany({ where: { subject: `staff:${person.id}`, action: 'session.locked' } })
    expect(lines).toHaveLength(1)
    const page = await (await signIn(people.security_admin)).visit('/notices?kind=account.locked')
    expect(page.$('.notice-list').text()).toContain(
      `账户 ${person.number} ${person.name} 连续 5 次输错密码或验证码，已锁定 15 分钟`,
    )
  })

  it('four wrong ones tell nobody, nor do five for a name that is nobody’s', async () => {
    const person = await make.staff()
    for (let at = 0; at < 4; at++) await tryIn(person.number)
    expect(await lockNotices(person)).toEqual([])
    const before = (await toldOf(people.security_admin, 'account.locked')).length
    for (let at = 0; at < 6; at++) await tryIn('C98765')
    expect(await toldOf(people.security_admin, 'account.locked')).toHaveLength(before)
    expect(await db.auditEntry.count({ where: { subject: 'account:unknown', action: 'session.locked' } })).toBe(1)
  })

  it('on the page for one’s own password too', async () => {
    const person = await make.staff()
    const browser = await signIn(person)
    const wrong = {
      currentPassword: 'never this one',
      newPassword: '十一只蓝孔雀飞过山冈',
      repeatPassword: '十一只蓝孔雀飞过山冈',
    }
    for (let at = 0; at < 6; at++) expect((await browser.submit('/password', wrong)).status).toBe(422)
    expect(await lockNotices(person)).toHaveLength(1)
    await pool.query('delete from sign_in_limit')
    const right = await browser.submit('/password', { ...wrong, currentPassword: password })
    expect(right.status).toBe(200)
  })
})

describe('CUS-06: a customer is assigned to me', () => {
  const assign = (number: string, owner: Person) =>
    boss.submit(`/customers/${number}/assignment`, { owner: owner.number })
  const tick = (customers: { number: string }[]) =>
    `/customers/assignment?${customers.map(({ number }) => `${number}=on`).join('&')}`

  it('by another I am told; taken back within seconds I never was', async () => {
    const owner = await make.staff([{ role: 'sales' }])
    const customer = await make.customer()
    await assign(customer.number, owner)
    expect(await toldOf(owner, 'customer.assigned')).toMatchObject([
      { subject: `customer:${customer.id}`, href: `/customers/${customer.number}`, rule: 'CUS-06' },
    ])
    const page = await (await signIn(owner)).visit('/notices')
    expect(page.$('.notice-item').text()).toContain(
      `${people.sales_director.name} 把客户 ${customer.number} ${customer.name} 分配给你`,
    )
    const { _csrf } = await boss.fieldsOf('/language', '/profile')
    const undone = await boss.post(`/customers/${customer.number}/assignment/undo`, { _csrf: _csrf! })
    expect(undone.status).toBe(303)
    expect(await toldOf(owner, 'customer.assigned')).toEqual([])
  })

  it('a region that changes is no new owner', async () => {
    const owner = await make.staff([{ role: 'sales' }])
    const customer = await make.customer({ ownerId: owner.id })
    const { rows } = await pool.query<{ id: string }>(`select id from region where name = '西区'`)
    expect((await boss.submit(`/customers/${customer.number}/assignment`, { regionId: rows[0]!.id })).status).toBe(200)
    expect(await toldOf(owner, 'customer.assigned')).toEqual([])
  })

  it('many at once are one notice with their number, taken back together', async () => {
    const owner = await make.staff([{ role: 'sales' }])
    const customers = [await make.customer(), await make.customer(), await make.customer({ ownerId: owner.id })]
    const at = tick(customers)
    const page = await boss.submit(at, { owner: owner.number })
    const [notice, ...more] = await toldOf(owner, 'customer.assigned')
    expect(more).toEqual([])
    expect(notice).toMatchObject({ href: '/customers?owner=mine', params: { by: people.sales_director.name, n: 2 } })
    const { _csrf } = await boss.fieldsOf('/language', '/profile')
    expect((await boss.post(`${page.url}/undo`, { _csrf: _csrf! })).status).toBe(303)
    expect(await toldOf(owner, 'customer.assigned')).toEqual([])
  })
})

describe('CUS-05: my customer is confirmed', () => {
  async function complete(owner: Person, recorder: Person) {
    const customer = await make.customer({ ownerId: owner.id })
    await pool.query(
      `update customer set address = '云外路 1 号', credit_note = '尚未了解', trade_note = '尚无交易', created_by_id = $2
       where id = $1`,
      [customer.id, recorder.id],
    )
    await pool.query(`insert into contact (customer_id, name) values ($1, '鹿鸣野')`, [customer.id])
    return customer
  }
  const confirm = (customers: { number: string }[]) =>
    boss.submit(`/customers/confirmation?${customers.map(({ number }) => `${number}=on`).join('&')}`)

  it('who recorded it and who owns it are told, each once', async () => {
    const [owner, recorder] = [await make.staff([{ role: 'sales' }]), await make.staff()]
    const customer = await complete(owner, recorder)
    const own = await complete(owner, owner)
    await boss.submit(`/customers/${customer.number}/confirmation`, {}, `/customers/${customer.number}`)
    expect(await toldOf(owner, 'customer.confirmed')).toMatchObject([{ params: { number: customer.number } }])
    expect(await toldOf(recorder, 'customer.confirmed')).toMatchObject([{ href: `/customers/${customer.number}` }])
    await confirm([own])
    expect(await toldOf(owner, 'customer.confirmed')).toHaveLength(2)
  })

  it('of many, one notice with how many there are; what was refused does not count', async () => {
    const owner = await make.staff([{ role: 'sales' }])
    const bare = await make.customer({ ownerId: owner.id })
    await confirm([await complete(owner, owner), await complete(owner, owner), bare])
    expect(await toldOf(owner, 'customer.confirmed')).toMatchObject([{ params: { n: 2 } }])
    const page = await (await signIn(owner)).visit('/notices')
    expect(page.$('.notice-item').text()).toContain('确认了你的 2 个客户')
  })
})
