import { load } from 'cheerio'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createApp } from '../../src/app.ts'
import { pool } from '../../src/db.ts'
import { moveClock } from '../../src/lib/clock.ts'
import { signIn, visitor, type Page } from '../support/browser.ts'
import { make, password, theCast } from '../support/make.ts'

beforeAll(theCast)
beforeEach(() => pool.query('delete from sign_in_limit'))

async function tryIn(account: string, typed: string, app = createApp()): Promise<Page> {
  return visitor(app).submit('/sign-in', { account, password: typed })
}

/** What the person sees, without what differs from page to page. */
const seen = ({ status, $ }: Page) => {
  $('input[type=hidden], script, link, .request-number').remove()
  $('[name=account]').removeAttr('value')
  return `${status} ${$('main').text().replace(/\s+/g, ' ')}`
}

describe('PRV-09', () => {
  it.each([
    ['zh', '本系统不得存放、处理国家秘密'],
    ['en', 'No state secrets in this system'],
  ])('PRV-09: the sign-in page says in %s that state secrets do not belong here', async (language, warning) => {
    const { agent } = visitor()
    const { text } = await agent.get('/sign-in').set('Accept-Language', language)
    const callout = load(text)('.callout').text()
    expect(callout).toContain(warning)
    expect(callout).toContain('PRV-09')
  })
})

describe('ACC-01', () => {
  it('unknown, wrong, locked and disabled answer alike', async () => {
    const [wrong, locked, disabled] = [await make.staff(), await make.staff(), await make.staff()]
    await pool.query(`update staff set state = 'disabled' where id = $1`, [disabled.id])
    for (let at = 0; at < 5; at++) await tryIn(locked.number, 'never this one')
    const answers = [
      await tryIn('C99999', password),
      await tryIn(wrong.number, 'never this one'),
      await tryIn(locked.number, password),
      await tryIn(disabled.number, password),
    ]
    expect(answers[0]!.status).toBe(422)
    expect(answers[0]!.$('.errors, [data-rule]').length).toBeGreaterThan(0)
    expect(new Set(answers.map(seen)).size).toBe(1)
  })

  it('five failures lock the account, also for an application started since', async () => {
    const person = await make.staff()
    for (let at = 0; at < 5; at++) expect((await tryIn(person.number, 'never this one')).status).toBe(422)
    expect((await tryIn(person.number, password, createApp())).status).toBe(422)
    const { rows } = await pool.query(`select action from audit_entry where subject = $1`, [`staff:${person.id}`])
    expect(rows.map(({ action }) => action)).toContain('session.locked')
  })

  it('compares at most five of twenty tries at once', async () => {
    const person = await make.staff()
    const tries = Array.from({ length: 20 }, () => tryIn(person.number, 'never this one'))
    for (const { status } of await Promise.all(tries)) expect(status).toBe(422)
    expect((await tryIn(person.number, password)).status).toBe(422)
  })

  it('a right password in time forgets the wrong ones', async () => {
    const person = await make.staff()
    for (let at = 0; at < 4; at++) await tryIn(person.number, 'never this one')
    await signIn(person)
    for (let at = 0; at < 4; at++) await tryIn(person.number, 'never this one')
    await signIn(person)
  })

  it.each([
    ['disabling', `update staff set state = 'disabled' where id = $1`],
    ['a new epoch (roles, password)', 'update staff set epoch = epoch + 1 where id = $1'],
  ])('%s ends the session at once', async (_what, sql) => {
    const person = await make.staff()
    const browser = await signIn(person)
    expect((await browser.visit('/profile')).status).toBe(200)
    await pool.query(sql, [person.id])
    expect((await browser.visit('/profile')).url).toMatch(/^\/sign-in/)
  })

  it('a role given ends the session of who gets it', async () => {
    const person = await make.staff()
    const browser = await signIn(person)
    const guard = await signIn((await theCast()).security_admin)
    const page = await guard.submit(`/staff/${person.number}/roles`, { role: 'front_desk', scope: 'company' })
    expect(page.$('.errors').text()).toBe('')
    expect((await browser.visit('/profile')).url).toMatch(/^\/sign-in/)
  })

  it('changing the password ends every other session, and keeps this one', async () => {
    const person = await make.staff()
    const [here, there] = [await signIn(person), await signIn(person)]
    const fresh = '十二只灰雁 twelve geese'
    const page = await here.submit('/password', {
      currentPassword: password,
      newPassword: fresh,
      repeatPassword: fresh,
    })
    expect(page.status).toBe(200)
    expect((await there.visit('/profile')).url).toMatch(/^\/sign-in/)
    expect((await here.visit('/profile')).url).toBe('/profile')
  })

  it('an issued password must be changed before anything else', async () => {
    const person = await make.staff([{ role: 'front_desk' }])
    await pool.query('update staff set must_change_password = true where id = $1', [person.id])
    const browser = await signIn(person)
    for (const url of ['/', '/customers', '/profile']) expect((await browser.visit(url)).url).toBe('/password')
    const refused = await browser.submit('/password', {
      currentPassword: password,
      newPassword: '1234567890',
      repeatPassword: '1234567890',
    })
    expect(refused.status).toBe(422)
    const fresh = '十三只灰雁 thirteen geese'
    await browser.submit('/password', { currentPassword: password, newPassword: fresh, repeatPassword: fresh })
    expect((await browser.visit('/customers')).status).toBe(200)
  })

  it('signing in makes a new session; an offered one is not taken', async () => {
    const person = await make.staff()
    const browser = visitor()
    await browser.agent.get('/sign-in').set('Cookie', 'session=s%3Aoffered.by-somebody')
    await browser.submit('/sign-in', { account: person.number, password })
    const { rows } = await pool.query<{ sid: string }>(`select sid from user_sessions where sess ->> 'staffId' = $1`, [
      String(person.id),
    ])
    expect(rows).toHaveLength(1)
    expect(rows[0]!.sid).not.toBe('offered')
    const cookie = (await browser.visit('/profile')).response.request as unknown as { cookies: string }
    expect(cookie.cookies).toContain('session=')
  })

  it('ten hours end any session', async () => {
    const person = await make.staff()
    const browser = await signIn(person)
    const started = Date.now()
    moveClock(() => new Date(started + 10 * 3_600_000 + 1000))
    try {
      expect((await browser.visit('/profile')).url).toMatch(/^\/sign-in/)
    } finally {
      moveClock(() => new Date())
    }
  })

  it('signing out ends the session for its cookie too', async () => {
    const person = await make.staff()
    const browser = await signIn(person)
    await browser.submit('/sign-out', {}, '/profile')
    const { rows } = await pool.query(`select 1 from user_sessions where sess ->> 'staffId' = $1`, [String(person.id)])
    expect(rows).toEqual([])
  })

  it.each(['//evil.test', '/\\evil.test', 'https://evil.test', '/%2f%2fevil.test', 'javascript:alert(1)'])(
    'never leads on to %s',
    async (next) => {
      const person = await make.staff()
      const { status, headers } = await visitor().post('/sign-in', { account: person.number, password, next })
      expect([status, headers['location']]).toEqual([303, '/'])
    },
  )
})
