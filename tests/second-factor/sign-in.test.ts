import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { db, pool } from '../../src/db.ts'
import { moveClock } from '../../src/lib/clock.ts'
import { routes } from '../../src/routes.ts'
import { beginSetUp } from '../../src/second-factor/commands.ts'
import { visitor, type Browser } from '../support/browser.ts'
import { make, password, theCast } from '../support/make.ts'
import { under } from '../support/regulation.ts'
import { allIn, codeOf, day, guarded, halfIn, minute, secretOf, stand, start, wrongCode } from './people.ts'

beforeAll(theCast)
beforeEach(async () => {
  stand(0)
  await pool.query('delete from sign_in_limit')
})
afterEach(() => moveClock(() => new Date()))

const isOpen = async (browser: Browser) => (await browser.visit('/profile')).url === '/profile'
const actionsOf = async ({ id }: { id: bigint }) =>
  (await db.auditEntry.findMany({ where: { subject: `staff:${id}` }, orderBy: { id: 'asc' } })).map(
    ({ action }) => action,
  )
const sessionsOf = ({ id }: { id: bigint }) =>
  pool.query<{ sid: string }>(`select sid from user_sessions where sess ->> 'staffId' = $1`, [String(id)])
const closed = routes.filter(({ allow }) => !allow.act.startsWith('public.'))
const somewhere = (path: string) => path.replace(/:\w+/g, 'C00001')

describe('ACC-01: between password and code', () => {
  it('ACC-01: a half-open session opens no page and takes no form, whichever', async () => {
    const { browser, page } = await halfIn(await guarded([{ role: 'system_admin' }]))
    expect(page.url).toBe('/second-factor')
    expect(closed.length).toBeGreaterThan(100)
    const answers = new Set<string>()
    for (const { path, kind } of closed) {
      const url = somewhere(path)
      const sent = kind === 'form' ? await browser.post(url, {}) : null
      const opened = await browser.agent.get(url).set('Host', browser.host)
      for (const answer of [sent, opened])
        if (answer) answers.add(answer.status === 405 ? 'none' : `${answer.status} ${answer.get('Location') ?? url}`)
    }
    expect([...answers].filter((answer) => answer !== 'none')).toEqual(['303 /second-factor'])
  })

  it('ACC-01: it is nobody’s: no name, no shell, no place in the list of sessions', async () => {
    const person = await guarded()
    const here = await allIn(person)
    const { page } = await halfIn(person)
    expect(page.$('body').text()).not.toContain(person.name)
    expect(page.$('nav')).toHaveLength(0)
    expect((await here.visit('/profile')).$('form[action^="/profile/sessions/"]')).toHaveLength(1)
    expect(await actionsOf(person)).toContain('session.factor_awaited')
  })

  it('ACC-01: lasts ten minutes and not a millisecond more', async () => {
    const person = await guarded()
    const { browser } = await halfIn(person)
    stand(10 * minute)
    expect((await browser.visit('/second-factor')).$('[name=code]')).toHaveLength(1)
    stand(10 * minute + 1)
    const late = await browser.visit('/second-factor')
    expect(late.$('h1').text()).toContain('登录已过时')
    const sent = await browser.post('/second-factor', { code: codeOf(person.secret) })
    expect(sent.status).toBe(422)
    expect(await isOpen(browser)).toBe(false)
  })

  it('ACC-01: the right code begins the session under a new id, and leads where the person wanted to go', async () => {
    const person = await guarded()
    const browser = visitor()
    await browser.submit('/sign-in', { account: person.number, password }, '/sign-in?next=/notices')
    const { rows: before } = await sessionsOf(person)
    const page = await browser.submit('/second-factor', { code: codeOf(person.secret, 1) })
    expect(page.url).toBe('/notices')
    const { rows: after } = await sessionsOf(person)
    expect(after).toHaveLength(1)
    expect(after[0]!.sid).not.toBe(before[0]!.sid)
    const ways = (await actionsOf(person)).filter((action) => /^(?:session|factor)\./.test(action))
    expect(ways.slice(-3)).toEqual(['session.factor_awaited', 'factor.code_used', 'session.started'])
  })

  it('ACC-01: a wrong code says so by its rule, and the field is empty again', async () => {
    const person = await guarded()
    const { browser } = await halfIn(person)
    const page = await browser.submit('/second-factor', { code: wrongCode(person.secret) })
    expect(page.status).toBe(422)
    expect(page.$('.error[data-rule="ACC-01"]').text()).toContain('连错 5 次会锁定 15 分钟')
    expect(page.$('[name=code]').attr('value')).toBeUndefined()
    expect(await isOpen(browser)).toBe(false)
  })

  it('ACC-01: a right password in between forgives no wrong code', async () => {
    const person = await guarded()
    for (let at = 0; at < 5; at++) {
      const { browser } = await halfIn(person)
      await browser.submit('/second-factor', { code: wrongCode(person.secret) })
    }
    const { browser } = await halfIn(person)
    expect((await browser.submit('/second-factor', { code: codeOf(person.secret, 1) })).status).toBe(422)
  })

  it('ACC-01: a recovery code lets in as well', async () => {
    const person = await guarded()
    const { browser } = await halfIn(person)
    const asked = await browser.visit('/second-factor?by=recovery')
    expect(asked.$('h1').text()).toBe('输入备用码')
    const page = await browser.submit('/second-factor', { code: person.codes[0]! }, '/second-factor?by=recovery')
    expect(page.url).toBe('/')
  })

  it('ACC-01: one may also leave', async () => {
    const { browser } = await halfIn(await guarded())
    expect((await browser.submit('/sign-out', {}, '/second-factor')).url).toBe('/sign-in')
    expect((await browser.visit('/second-factor')).$('[name=code]')).toHaveLength(0)
  })

  it('ACC-01: a form of it without its token is refused, and so is a person disabled meanwhile', async () => {
    const person = await guarded()
    const { browser } = await halfIn(person)
    expect((await browser.post('/second-factor', { code: codeOf(person.secret, 1) })).status).toBe(403)
    await pool.query(`update staff set state = 'disabled' where id = $1`, [person.id])
    const page = await browser.visit('/second-factor')
    expect(page.$('h1').text()).toContain('登录已过时')
  })
})

describe('ACC-01: who must have a second factor', () => {
  it('ACC-01: sets it up before anything else, and sees the recovery codes once', async () => {
    await under({ 'auth.second_factor': 'administrators' }, async () => {
      const person = await make.staff([{ role: 'security_admin' }])
      const { browser, page } = await halfIn(person)
      expect(page.$('h1').text()).toBe('先开启第二因素')
      for (const path of ['/', '/staff', '/profile', '/password'])
        expect((await browser.visit(path)).url).toBe('/second-factor')
      const shown = await browser.submit('/second-factor/begin', {}, '/second-factor')
      const secret = await secretOf(person)
      expect(shown.$('.factor-secret code').text().replaceAll(' ', '')).toBe(secret)
      const wrong = await browser.submit('/second-factor', { code: wrongCode(secret) })
      expect(wrong.$('.error').text()).toContain('没有开启')
      expect(wrong.$('.factor-secret code').text().replaceAll(' ', '')).toBe(secret)
      const done = await browser.submit('/second-factor', { code: codeOf(secret) })
      expect(done.$('.recovery-codes li')).toHaveLength(10)
      const code = done.$('.recovery-codes code').first().text()
      expect((await browser.visit('/profile/second-factor')).$('body').text()).not.toContain(code)
      expect(await isOpen(browser)).toBe(true)
    })
  })

  it.each([
    ['off', 'general_manager', false],
    ['administrators', 'general_manager', true],
    ['administrators', 'system_admin', true],
    ['administrators', 'sales', false],
    ['everyone', 'sales', true],
  ] as const)('ACC-01: when it is %s, %s: %s', async (value, role, asked) => {
    await under({ 'auth.second_factor': value }, async () => {
      const { page } = await halfIn(await make.staff([{ role }]))
      expect(page.url === '/second-factor').toBe(asked)
    })
  })

  it('ACC-01: does not switch it off', async () => {
    const person = await guarded()
    const browser = await allIn(person)
    await under({ 'auth.second_factor': 'everyone' }, async () => {
      const page = await browser.visit('/profile/second-factor')
      expect(page.$('form[action$="/off"]')).toHaveLength(0)
      const { _csrf } = await browser.fieldsOf('/profile/second-factor/codes', '/profile/second-factor')
      const refused = await browser.post('/profile/second-factor/off', { _csrf: _csrf! })
      expect(refused.status).toBe(422)
      expect(refused.text).toContain('公司要求你的账户必须有第二因素')
    })
    const off = await browser.submit('/profile/second-factor/off', {}, '/profile/second-factor')
    expect(off.$('.notice').text()).toContain('第二因素已关闭')
    expect((await halfIn(person)).page.url).toBe('/')
  })

  it('ACC-01: with a password alone nobody puts another factor in place of one that stands', async () => {
    const person = await guarded()
    // Somebody left a set-up unfinished.
    await beginSetUp(person.actor)
    const begun = await secretOf(person)
    const { browser } = await halfIn(person)
    expect((await browser.visit('/second-factor')).$('body').html()).not.toContain(begun)
    const { _csrf } = await browser.fieldsOf('/second-factor')
    expect((await browser.post('/second-factor/begin', { _csrf: _csrf! })).status).toBe(422)
    expect(await secretOf(person)).toBe(begun)
    expect((await browser.submit('/second-factor', { code: codeOf(begun) })).status).toBe(422)
  })
})

describe('ACC-01: the 等保 profile', () => {
  it('ACC-01: asks a second factor of everyone', async () => {
    await under({ 'auth.profile': 'dengbao' }, async () => {
      expect((await halfIn(await make.staff([{ role: 'sales' }]))).page.$('h1').text()).toBe('先开启第二因素')
    })
  })

  it('ACC-01: asks three kinds of characters, and says so', async () => {
    const browser = await allIn(await guarded())
    const change = (fresh: string) =>
      browser.submit('/password', { currentPassword: password, newPassword: fresh, repeatPassword: fresh })
    await under({ 'auth.profile': 'dengbao' }, async () => {
      expect((await browser.visit('/password')).$('main').text()).toContain('至少用 3 类')
      const refused = await change('kx7mvqa2wzrt')
      expect(refused.status).toBe(422)
      expect(refused.$('.errors [data-rule="ACC-01"]').text()).toContain('至少要有 3 类')
      expect((await change('kx7mvqa2wzrT')).url).toBe('/profile')
    })
  })

  it.each([
    [90, {}],
    [30, { 'auth.rotation_days': 30 }],
    [90, { 'auth.rotation_days': 300 }],
  ])('ACC-01: a password is replaced after %i days (%o)', async (days, more) => {
    await under({ 'auth.profile': 'dengbao', ...more }, async () => {
      const person = await guarded()
      expect(await aged(person, days * day - 1, () => allIn(person))).toBe(null)
      await pool.query('update staff set totp_step = null where id = $1', [person.id])
      expect(await aged(person, days * day, () => allIn(person))).toContain(`这个密码已用满 ${days} 天`)
    })
  })
})

/** What the person is told first when the password was set `start`, and now it is so much later; null: nothing. */
async function aged({ id }: { id: bigint }, later: number, enter: () => Promise<Browser>): Promise<string | null> {
  await pool.query('update staff set password_set_at = $2 where id = $1', [id, new Date(start)])
  stand(later)
  const page = await (await enter()).visit('/profile')
  return page.url === '/profile' ? null : page.$('.callout').text()
}

describe('CAL-03, ACC-01: rotation', () => {
  const enter = async (person: { number: string }) => (await halfIn(person)).browser

  it('CAL-03 auth.rotation_days: a password of sixty days is replaced, one a millisecond younger is not', async () => {
    const person = await make.staff()
    await under({ 'auth.rotation_days': 60 }, async () => {
      expect(await aged(person, 60 * day - 1, () => enter(person))).toBe(null)
      expect(await aged(person, 60 * day, () => enter(person))).toContain('这个密码已用满 60 天')
      const browser = await enter(person)
      const fresh = '十一只苍鹭 eleven'
      const values = { currentPassword: password, newPassword: fresh, repeatPassword: fresh }
      expect((await browser.submit('/password', values)).url).toBe('/')
      expect(await isOpen(browser)).toBe(true)
      const { passwordSetAt, mustChangePassword } = await db.staff.findUniqueOrThrow({ where: { id: person.id } })
      expect([passwordSetAt, mustChangePassword]).toEqual([new Date(start + 60 * day), false])
    })
    expect(await actionsOf(person)).toContain('staff.password_aged')
  })

  it('CAL-03 auth.rotation_days: nought asks for none, and an unknown day counts from the account’s beginning', async () => {
    const person = await make.staff()
    expect(await aged(person, 900 * day, () => enter(person))).toBe(null)
    await pool.query('update staff set password_set_at = null, created_at = $2 where id = $1', [
      person.id,
      new Date(start),
    ])
    await under({ 'auth.rotation_days': 60 }, async () => {
      expect((await (await enter(person)).visit('/profile')).url).toBe('/password')
    })
  })

  it('ACC-01: who is to replace an issued password is told that, not that it is old', async () => {
    const person = await make.staff()
    await pool.query(
      `update staff set must_change_password = true, password_expires_at = $2, created_at = '2020-01-01' where id = $1`,
      [person.id, new Date(start + day)],
    )
    await under({ 'auth.rotation_days': 60 }, async () => {
      expect((await (await enter(person)).visit('/profile')).$('.callout').text()).toContain('一次性密码')
    })
  })
})
