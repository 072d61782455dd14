import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { db, pool } from '../../src/db.ts'
import { moveClock } from '../../src/lib/clock.ts'
import { signIn } from '../support/browser.ts'
import { make, theCast } from '../support/make.ts'
import { allIn, codeOf, guarded, minute, secretOf, stand, wrongCode } from './people.ts'

beforeAll(theCast)
beforeEach(async () => {
  stand(0)
  await pool.query('delete from sign_in_limit')
})
afterEach(() => moveClock(() => new Date()))

describe('ACC-01: the own second factor', () => {
  it('ACC-01: is set up on the profile; its secret stands in no trail, no session and on no other page', async () => {
    const person = await make.staff([{ role: 'security_admin' }])
    const browser = await signIn(person)
    const page = await browser.submit('/profile/second-factor/begin', {}, '/profile/second-factor')
    expect(page.url).toBe('/profile/second-factor/new')
    const secret = await secretOf(person)
    expect(page.$('img').attr('src')).toMatch(/^data:image\/svg\+xml;base64,/)
    expect(page.$('.factor-secret code').text().replaceAll(' ', '')).toBe(secret)
    const wrong = await browser.submit('/profile/second-factor/new', { code: wrongCode(secret) })
    expect(wrong.$('.errors').text()).toContain('没有开启')
    const done = await browser.submit('/profile/second-factor/new', { code: codeOf(secret) })
    const codes = done
      .$('.recovery-codes code')
      .toArray()
      .map((code) => done.$(code).text())
    expect(codes).toHaveLength(10)
    expect(done.$('form[action="/profile/sign-out-others"]')).toHaveLength(1)
    const seen = await Promise.all(
      ['/profile', '/profile/second-factor', '/profile/second-factor/new'].map(browser.visit),
    )
    const stored = await pool.query(
      `select row_to_json(a)::text as text from audit_entry a where subject = $1
       union all select sess::text from user_sessions where sess ->> 'staffId' = $2
       union all select row_to_json(s)::text from staff s where id = $2::bigint
       union all select row_to_json(r)::text from recovery_code r where staff_id = $2::bigint`,
      [`staff:${person.id}`, String(person.id)],
    )
    const all = JSON.stringify(stored.rows) + seen.map(({ response }) => response.text).join('')
    for (const text of [secret, ...codes, ...codes.map((code) => code.replaceAll('-', ''))])
      expect(all).not.toContain(text)
    expect(seen[0]!.$('#second-factor').text()).toContain('已开启')
  })

  it('ACC-01: a form sent twice shows no second set of codes', async () => {
    const browser = await allIn(await guarded())
    const fields = await browser.fieldsOf('/profile/second-factor/codes', '/profile/second-factor')
    const answers = [await browser.post('/profile/second-factor/codes', fields)]
    answers.push(await browser.post('/profile/second-factor/codes', fields))
    expect(answers.map(({ status }) => status)).toEqual([200, 303])
  })

  it('ACC-01: another telephone takes over with its first code; until then the old one holds', async () => {
    const person = await guarded()
    const browser = await allIn(person)
    stand(minute)
    await browser.submit('/profile/second-factor/begin', {}, '/profile/second-factor')
    const fresh = await secretOf(person)
    expect(fresh).not.toBe(person.secret)
    await allIn(person)
    const done = await browser.submit('/profile/second-factor/new', { code: codeOf(fresh) })
    expect(done.$('.recovery-codes li')).toHaveLength(10)
    stand(2 * minute)
    await expect(allIn(person)).rejects.toThrow('not let in')
    await allIn({ ...person, secret: fresh })
  })

  it('ACC-01: a set-up can be dropped', async () => {
    const person = await make.staff()
    const browser = await signIn(person)
    await browser.submit('/profile/second-factor/begin', {}, '/profile/second-factor')
    await browser.submit('/profile/second-factor/cancel', {}, '/profile/second-factor/new')
    const page = await browser.visit('/profile/second-factor/new')
    expect(page.$('.nothing').text()).toContain('没有正在做的设置')
    expect((await db.staff.findUniqueOrThrow({ where: { id: person.id } })).totpNext).toBe(null)
  })
})

describe('ACC-01: a lost factor', () => {
  const why = '当面核对了工牌与身份证'

  it('ACC-01: is reset with a reason by a security administrator; sessions end and the person is told', async () => {
    const [admin, person] = [await make.staff([{ role: 'security_admin' }]), await guarded()]
    const [browser, theirs] = [await signIn(admin), await allIn(person)]
    const url = `/staff/${person.number}/second-factor`
    expect((await browser.visit(`/staff/${person.number}`)).$(`a[href="${url}"]`)).toHaveLength(1)
    expect((await browser.submit(url, { reason: '' })).status).toBe(422)
    expect((await browser.submit(url, { reason: why })).$('.notice').text()).toContain('第二因素已重置')
    expect((await theirs.visit('/profile')).url).toContain('/sign-in')
    const line = await db.auditEntry.findFirstOrThrow({
      where: { subject: `staff:${person.id}`, action: 'staff.factor_reset' },
    })
    expect([line.why, line.actorId]).toEqual([why, admin.id])
    const again = await signIn(person)
    expect((await again.visit('/notices')).$('main').text()).toContain(`${admin.name} 重置了账户`)
    const twice = await browser.submit(url, { reason: why })
    expect(twice.$('.errors [data-rule="ACC-01"]').text()).toContain('不用重置')
  })

  it('ACC-01: nobody resets his own, and nobody else resets any', async () => {
    const admin = await guarded([{ role: 'security_admin' }])
    const browser = await allIn(admin)
    expect((await browser.visit(`/staff/${admin.number}`)).$('a[href$="/second-factor"]')).toHaveLength(0)
    const refused = await browser.submit(`/staff/${admin.number}/second-factor`, { reason: why })
    expect(refused.$('.errors').text()).toContain('不能由自己重置')
    const other = await signIn((await theCast()).system_admin)
    expect((await other.visit(`/staff/${admin.number}/second-factor`)).status).toBe(403)
  })
})

describe('ACC-01: the own sessions', () => {
  it('ACC-01: are listed with device, address, beginning and last use; all others can be ended at once', async () => {
    const person = await make.staff()
    const [here, there] = [await signIn(person), await signIn(person)]
    stand(7 * minute)
    const page = await here.visit('/profile')
    const rows = page.$('#sessions tbody tr')
    expect(rows).toHaveLength(2)
    expect(rows.filter((_at, row) => page.$(row).text().includes('就是这里'))).toHaveLength(1)
    expect(page.$('#sessions thead th').slice(0, 5).text()).toBe('设备地址登录时间最近使用有效至')
    const ended = await here.submit('/profile/sign-out-others', {}, '/profile')
    expect(ended.$('.notice').text()).toContain('其他地方的登录都已结束')
    expect((await there.visit('/profile')).url).toContain('/sign-in')
    expect((await here.visit('/profile')).$('#sessions tbody tr')).toHaveLength(1)
  })

  it('ACC-01: ending the others is no proof of who one is', async () => {
    const person = await make.staff([{ role: 'sales_director' }])
    const browser = await signIn(person)
    const { _csrf } = await browser.fieldsOf('/profile/shortcuts', '/profile')
    stand(11 * minute)
    expect((await browser.post('/profile/sign-out-others', { _csrf: _csrf! })).status).toBe(303)
    expect((await browser.visit('/customers/export')).url).toContain('/step-up')
  })
})
