import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { system } from '../../src/access/actor.ts'
import { change } from '../../src/audit/change.ts'
import { db, pool } from '../../src/db.ts'
import { notify } from '../../src/notices/commands.ts'
import { mailboxRoutes } from '../../src/notices/routes.ts'
import { routes } from '../../src/routes.ts'
import { signIn, type Browser } from '../support/browser.ts'
import type { Cast, Person } from '../support/cast.ts'
import { make, theCast } from '../support/make.ts'

let people: Cast
beforeAll(async () => {
  people = await theCast()
})
let person: Person
let browser: Browser
beforeEach(async () => {
  person = await make.staff([{ role: 'sales' }])
  browser = await signIn(person)
})
const setAddress = () =>
  pool.query('update staff set email = $2 where id = $1', [person.id, `s${person.id}@yunsan.example`])

describe('the choices', () => {
  it('are asked for the kinds that one can have; what is not asked stays', async () => {
    const { $ } = await browser.visit('/notices/settings')
    const names = (page: typeof $) => [
      ...new Set(
        page('input[type=radio]')
          .toArray()
          .map((one) => page(one).attr('name')),
      ),
    ]
    expect(names($)).toContain('customer_assigned')
    expect(names($)).not.toContain('account_locked')
    const guard = await signIn(people.security_admin)
    expect(names((await guard.visit('/notices/settings')).$)).toContain('account_locked')
    expect($('input[name=customer_assigned]:checked').attr('value')).toBe('each')
    expect($('main').text()).toContain('你的账户没有邮箱')
  })

  it('are kept, told to the trail, and hold for what waits already', async () => {
    await setAddress()
    await change(system, async (tx, audit) => {
      const told = { subject: 'customer:1', href: '/customers', params: { by: '江', number: 'K1' } }
      await notify(tx, [{ to: person.id, kind: 'customer.assigned', ...told }], new Date('2026-11-23T02:00:00Z'))
      await audit('mail.made', 'notices', {})
    })
    const page = await browser.submit('/notices/settings', { customer_assigned: 'none', deadline_soon: 'each' })
    expect(page.$('#notice').text()).toContain('通知设置已保存')
    expect(page.$('input[name=customer_assigned]:checked').attr('value')).toBe('none')
    expect(await db.notice.findMany({ where: { staffId: person.id } })).toMatchObject([{ mailBy: null }])
    const line = await db.auditEntry.findFirstOrThrow({
      where: { action: 'notices.choices_changed', actorId: person.id },
    })
    expect([line.before, line.after]).toEqual([
      { 'customer.assigned': 'each', 'deadline.soon': 'digest' },
      { 'customer.assigned': 'none', 'deadline.soon': 'each' },
    ])
  })

  it('another word is refused, and nothing is kept', async () => {
    const page = await browser.submit('/notices/settings', { customer_assigned: 'pigeon' })
    expect(page.status).toBe(422)
    expect(page.$('.errors').text()).toContain('请从列出的选项里选一个')
    expect(await db.noticeChoice.count({ where: { staffId: person.id } })).toBe(0)
  })
})

describe('the test mail', () => {
  it('goes the way of all mail, once a minute, and its outcome stands below', async () => {
    await setAddress()
    const page = await browser.submit('/notices/settings/test', {}, '/notices/settings')
    expect(page.$('table').text()).toMatch(/测试邮件.*待发/s)
    const again = await browser.submit('/notices/settings/test', {}, '/notices/settings')
    expect([again.status, again.$('.errors').text()]).toEqual([422, expect.stringContaining('一分钟内')])
    expect(await db.mail.count({ where: { staffId: person.id } })).toBe(1)
  })

  it('is not offered without an address, and refused when it is sent all the same', async () => {
    expect((await browser.visit('/notices/settings')).$('form[action="/notices/settings/test"]')).toHaveLength(0)
    const { _csrf } = await browser.fieldsOf('/notices/settings')
    const answer = await browser.post('/notices/settings/test', { _csrf: _csrf! })
    expect([answer.status, answer.text]).toEqual([422, expect.stringContaining('你的账户没有邮箱')])
  })
})

it('failures of mail are there to see, in words', async () => {
  await pool.query(
    `insert into mail (staff_id, address, title, body, state, made_at, attempts, failure)
     values ($1, 's@yunsan.example', '通知', '', 'failed', '2026-11-23T02:00:00Z', 5, 'login 535')`,
    [person.id],
  )
  const { $ } = await browser.visit('/notices/settings')
  expect($('table').text()).toContain('试了 5 次未成：发信服务器不接受用户名或密码 (535)')
})

it('the mailbox page exists in development only', () => {
  expect(routes.map(({ path }) => path)).not.toContain('/mailbox')
  expect(mailboxRoutes.map(({ path }) => path)).toEqual(['/mailbox'])
})

describe('the address of a person', () => {
  it('is set by the system administrator, checked, one person’s, and seen by that person', async () => {
    const admin = await signIn(people.system_admin)
    const at = `/staff/${person.number}/correct`
    const wrong = await admin.submit(at, { email: 'nobody@' })
    expect([wrong.status, wrong.$('.errors').text()]).toEqual([422, expect.stringContaining('邮箱写法不对')])
    expect(wrong.$('[name=email]').attr('value')).toBe('nobody@')
    const address = `s${person.id}@yunsan.example`
    expect((await admin.submit(at, { email: address })).$('main').text()).toContain(address)
    const other = await make.staff()
    const taken = await admin.submit(`/staff/${other.number}/correct`, { email: address.toUpperCase() })
    expect([taken.status, taken.$('.errors').text()]).toEqual([
      422,
      expect.stringContaining(`已经是 ${person.number} 的`),
    ])
    expect((await browser.visit('/profile')).$('main').text()).toContain(address)
    expect((await browser.visit('/notices/settings')).$('main').text()).toContain(address)
  })

  it('of somebody who left is free; who comes back must not share it', async () => {
    const admin = await signIn(people.system_admin)
    const [one, other] = [await make.staff(), await make.staff()]
    const address = `t${one.id}@yunsan.example`
    await pool.query(`update staff set state = 'disabled', email = $2 where id = $1`, [one.id, address])
    expect((await admin.submit(`/staff/${other.number}/correct`, { email: address })).status).toBe(200)
    const back = await admin.submit(`/staff/${one.number}/enable`, {}, `/staff/${one.number}`)
    expect([back.status, back.$('main').text()]).toEqual([
      422,
      expect.stringContaining(`他的邮箱现在是 ${other.number} 的`),
    ])
  })
})
