import { accounts, issuer, publicUrl, seat, spoil, stop, throughProvider } from './provider.ts'
import { randomBytes } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { db, pool } from '../../src/db.ts'
import { moveClock } from '../../src/lib/clock.ts'
import { signIn, visitor, type Browser, type Page } from '../support/browser.ts'
import type { Cast, Person } from '../support/cast.ts'
import { make, theCast } from '../support/make.ts'

let people: Cast
beforeAll(async () => {
  people = await theCast()
})
afterAll(() => {
  for (const name of ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'OIDC_NAME', 'PUBLIC_URL'])
    delete process.env[name]
  stop()
})
afterEach(() => {
  Object.assign(spoil, { down: false, slow: false })
  moveClock(() => new Date())
})

const unique = () => randomBytes(5).toString('hex')

/** Somebody at work, with an address. */
async function colleague(email = `she_${unique()}@guanghan.example`, roles = [{ role: 'sales' }]) {
  const person = await make.staff(roles)
  await pool.query('update staff set email = $2 where id = $1', [person.id, email])
  return { ...person, email }
}

/** An account at the provider. */
function account(claims: { email?: string; email_verified?: boolean }, subject = `sub-${unique()}`): string {
  accounts.set(subject, claims)
  return subject
}

/** From our page to the provider and back, up to the address it sends the person to. */
async function wayBack(browser: Browser, start = '/sso/start'): Promise<URL> {
  const response = await browser.agent.get(start).set('Host', browser.host)
  expect(response.status).toBe(303)
  return throughProvider(response.get('Location')!)
}
const arrive = (browser: Browser, { pathname, search }: URL): Promise<Page> => browser.visit(pathname + search)

async function enterAs(subject: string | null, browser: Browser = visitor(), start?: string) {
  seat(subject)
  return { browser, page: await arrive(browser, await wayBack(browser, start)) }
}

const linesOf = (person: Person, action: string) =>
  db.auditEntry.findMany({ where: { subject: `staff:${person.id}`, action }, orderBy: { id: 'asc' } })
const isIn = async (browser: Browser) => (await browser.visit('/profile')).url === '/profile'

/** Not in, told calmly, and not by an error page. */
async function expectRefused({ browser, page }: { browser: Browser; page: Page }, words: string | RegExp) {
  expect(page.status).toBe(422)
  expect(page.$('h1').text()).toBe('没有登录')
  expect(page.$('[role=alert]').text()).toMatch(words)
  expect(page.$('a[href="/sign-in"]')).toHaveLength(1)
  expect(await isIn(browser)).toBe(false)
}
const unknown = '没有对应的在用人员。账户由系统管理员开立和关联，请找系统管理员'

describe('ACC-01: sign-in through the company’s own service', () => {
  it('ACC-01: the button leads to the provider with PKCE, state and nonce, and nothing else leaves', async () => {
    const browser = visitor()
    const page = await browser.visit('/sign-in?next=%2Ftasks')
    const button = page.$('a[href^="/sso/start"]')
    expect(button.text()).toContain('用九色鹿账户登录')
    const response = await browser.agent.get(button.attr('href')!).set('Host', browser.host)
    const to = new URL(response.get('Location')!)
    expect(to.origin).toBe(issuer)
    const asked = Object.fromEntries(to.searchParams)
    expect(asked).toMatchObject({
      response_type: 'code',
      client_id: 'kehu',
      redirect_uri: `${publicUrl}/sso/callback`,
      code_challenge_method: 'S256',
      scope: 'openid email profile',
    })
    expect(asked['state']!.length + asked['nonce']!.length + asked['code_challenge']!.length).toBeGreaterThan(120)
    expect(Object.keys(asked).toSorted()).toEqual([
      'client_id',
      'code_challenge',
      'code_challenge_method',
      'nonce',
      'redirect_uri',
      'response_type',
      'scope',
      'state',
    ])
  })

  it('ACC-01: at first found by the verified address and linked, later by the account, whatever its address is then', async () => {
    const person = await colleague()
    const subject = account({ email: person.email.toUpperCase(), email_verified: true })
    const { browser, page } = await enterAs(subject, visitor(), '/sso/start?next=%2Ftasks')
    expect(page.url).toBe('/tasks')
    expect(page.$('h1').text()).toBe('任务')
    expect(await isIn(browser)).toBe(true)
    expect(await linesOf(person, 'identity.linked')).toMatchObject([
      { actorId: person.id, after: { issuer, by: 'email' } },
    ])
    expect(await linesOf(person, 'session.started')).toMatchObject([{ after: { how: 'sso' }, actorId: person.id }])
    accounts.set(subject, { email: 'other@penglai.example', email_verified: true })
    const again = await enterAs(subject)
    expect(await isIn(again.browser)).toBe(true)
    expect(await db.staffIdentity.findMany({ where: { staffId: person.id } })).toMatchObject([{ issuer, subject }])
    expect(await linesOf(person, 'session.started')).toHaveLength(2)
  })

  it('ACC-01: whoever comes this way needs no password of ours', async () => {
    const person = await colleague()
    await pool.query(
      `update staff set must_change_password = true, password_expires_at = '2020-01-01T00:00:00Z' where id = $1`,
      [person.id],
    )
    const { browser } = await enterAs(account({ email: person.email, email_verified: true }))
    expect((await browser.visit('/tasks')).url).toBe('/tasks')
  })

  it('ACC-01: a session is begun anew, and an address elsewhere is not gone to', async () => {
    const person = await colleague()
    const browser = visitor()
    const subject = account({ email: person.email, email_verified: true })
    seat(subject)
    const back = await wayBack(browser, '/sso/start?next=https%3A%2F%2Fevil.example%2F')
    const before = browser.agent.jar.getCookie('session', {
      domain: '127.0.0.1',
      path: '/',
      secure: false,
      script: false,
    })
    const page = await arrive(browser, back)
    const after = browser.agent.jar.getCookie('session', {
      domain: '127.0.0.1',
      path: '/',
      secure: false,
      script: false,
    })
    expect(page.url).toBe('/')
    expect(after!.value).not.toBe(before!.value)
  })
})

describe('ACC-01: who is not let in', () => {
  it('ACC-01, PPL-03: it opens no account: unknown, without an address, or with one not proven', async () => {
    const person = await colleague()
    const count = await db.staff.count()
    for (const claims of [
      { email: `${unique()}@taoyuan.example`, email_verified: true },
      { email: person.email, email_verified: false },
      { email: person.email },
      {},
    ])
      await expectRefused(await enterAs(account(claims)), unknown)
    expect(await db.staff.count()).toBe(count)
    expect(await db.staffIdentity.count({ where: { staffId: person.id } })).toBe(0)
    const line = await db.auditEntry.findFirst({ where: { action: 'session.refused' }, orderBy: { id: 'desc' } })
    expect(line).toMatchObject({ subject: 'account:unknown', actorId: null, after: { how: 'sso', reason: 'unknown' } })
  })

  it('ACC-01: an address is taken as it is written, and whoever left has it no more', async () => {
    const tail = unique()
    await colleague(`aXb${tail}@guanghan.example`)
    await expectRefused(await enterAs(account({ email: `a_b${tail}@guanghan.example`, email_verified: true })), unknown)
    await expectRefused(await enterAs(account({ email: `%${tail}@guanghan.example`, email_verified: true })), unknown)
    const left = await colleague(`desk${tail}@guanghan.example`)
    await pool.query(`update staff set state = 'disabled' where id = $1`, [left.id])
    const heir = await colleague(left.email)
    const { browser } = await enterAs(account({ email: left.email, email_verified: true }))
    expect((await browser.visit('/profile')).$('main').text()).toContain(heir.number)
  })

  it.each(['suspended', 'disabled'] as const)('ACC-01: %s, linked or not', async (state) => {
    const person = await colleague()
    const subject = account({ email: person.email, email_verified: true })
    await enterAs(subject)
    await pool.query('update staff set state = $2::staff_state where id = $1', [person.id, state])
    await expectRefused(await enterAs(subject), unknown)
    expect(await linesOf(person, 'session.refused')).toMatchObject([{ after: { how: 'sso', reason: 'unknown' } }])
    const other = await colleague()
    await pool.query('update staff set state = $2::staff_state where id = $1', [other.id, state])
    await expectRefused(await enterAs(account({ email: other.email, email_verified: true })), unknown)
  })

  it('ACC-01: another account with the address of somebody who is linked already', async () => {
    const person = await colleague()
    await enterAs(account({ email: person.email, email_verified: true }))
    await expectRefused(await enterAs(account({ email: person.email, email_verified: true })), unknown)
    expect(await db.staffIdentity.count({ where: { staffId: person.id } })).toBe(1)
  })

  it('ACC-01: who cancels at the provider', async () => {
    await expectRefused(await enterAs(null), '取消')
  })
})

describe('ACC-01: what does not fit is refused calmly', () => {
  const changed = (url: URL, change: Record<string, string | null>) => {
    const to = new URL(url)
    for (const [name, value] of Object.entries(change))
      if (value === null) to.searchParams.delete(name)
      else to.searchParams.set(name, value)
    return to
  }

  it('ACC-01: a way back that was gone before, and one that nobody set out on', async () => {
    const person = await colleague()
    const browser = visitor()
    seat(account({ email: person.email, email_verified: true }))
    const back = await wayBack(browser)
    expect((await arrive(browser, back)).url).toBe('/')
    await browser.post('/sign-out', await browser.fieldsOf('/sign-out', '/profile'))
    await expectRefused({ browser, page: await arrive(browser, back) }, '没有完成，或者已经用过')
    const stranger = visitor()
    await expectRefused({ browser: stranger, page: await arrive(stranger, back) }, '没有完成')
  })

  it('ACC-01: another state, another code, another issuer, an answer without a code', async () => {
    const person = await colleague()
    seat(account({ email: person.email, email_verified: true }))
    for (const [change, words] of [
      [{ state: 'another' }, '与发出的不符'],
      [{ state: null }, '与发出的不符'],
      [{ iss: 'https://evil.example' }, '与发出的不符'],
      [{ iss: null }, '与发出的不符'],
      [{ code: 'another' }, '没有完成'],
      [{ code: null }, '与发出的不符'],
      [{ code: null, error: 'server_error' }, '没有完成'],
    ] as const) {
      const browser = visitor()
      const back = changed(await wayBack(browser), change)
      await expectRefused({ browser, page: await arrive(browser, back) }, words)
    }
    expect(await linesOf(person, 'session.started')).toEqual([])
  })

  it('ACC-01: the way of another browser, whose nonce and verifier are not this one’s', async () => {
    const person = await colleague()
    seat(account({ email: person.email, email_verified: true }))
    const [mine, theirs] = [visitor(), visitor()]
    await wayBack(mine)
    await expectRefused({ browser: mine, page: await arrive(mine, await wayBack(theirs)) }, '与发出的不符')
    // The same state put under another nonce and verifier, as if someone had swapped what is kept.
    const swapped = visitor()
    const back = await wayBack(swapped)
    await pool.query(
      `update user_sessions set sess = jsonb_set(sess::jsonb, '{crossing,nonce}', '"another"')::json
       where sess #>> '{crossing,state}' = $1`,
      [back.searchParams.get('state')],
    )
    await expectRefused({ browser: swapped, page: await arrive(swapped, back) }, '与发出的不符')
  })

  it('ACC-01: longer than ten minutes at the provider', async () => {
    const person = await colleague()
    seat(account({ email: person.email, email_verified: true }))
    const browser = visitor()
    const back = await wayBack(browser)
    moveClock(() => new Date(Date.now() + 11 * 60_000))
    await expectRefused({ browser, page: await arrive(browser, back) }, '等得太久')
  })

  it('ACC-01: a provider that is down, or does not answer within five seconds', async () => {
    const person = await colleague()
    seat(account({ email: person.email, email_verified: true }))
    for (const how of ['down', 'slow'] as const) {
      const browser = visitor()
      const back = await wayBack(browser)
      spoil[how] = true
      const began = performance.now()
      await expectRefused({ browser, page: await arrive(browser, back) }, '没有应答')
      expect(performance.now() - began).toBeLessThan(8000)
      spoil[how] = false
    }
  }, 20_000)

  it('ACC-01: what is sent twice or is no text is a bad request, not a fault', async () => {
    const browser = visitor()
    expect((await browser.visit('/sso/callback?code=1&code=2')).status).toBe(400)
    expect((await browser.visit('/sso/callback')).status).toBe(422)
    expect((await browser.visit('/sso/start?next=%00')).status).toBe(400)
  })
})

describe('ACC-01: linking by hand', () => {
  const own = '/profile/sign-in-service'

  it('ACC-01: one’s own account from the profile, and unlinked there again', async () => {
    const person = await make.staff([{ role: 'sales' }])
    const browser = await signIn(person)
    expect((await browser.visit('/profile')).$('main').text()).toContain('用九色鹿账户登录')
    expect((await browser.visit('/profile')).$('main').text()).toContain('未关联')
    const ready = await browser.submit(`${own}/link`, {}, own)
    expect(ready.$('a[href="/sso/start"]').text()).toContain('前往九色鹿账户')
    const subject = account({})
    seat(subject)
    const back = await wayBack(browser)
    const page = await arrive(browser, back)
    expect(page.url).toBe('/profile')
    expect(page.$('body').text()).toContain('已关联九色鹿账户')
    expect(await linesOf(person, 'identity.linked')).toMatchObject([{ after: { by: 'own' } }])
    expect(await isIn((await enterAs(subject)).browser)).toBe(true)

    const other = await signIn(await make.staff())
    await other.submit(`${own}/link`, {}, own)
    const taken = await arrive(other, await wayBack(other))
    expect(taken.status).toBe(422)
    expect(taken.$('[role=alert]').text()).toContain('已经关联了别人')

    await browser.submit(`${own}/unlink`, {}, own)
    expect(await linesOf(person, 'identity.unlinked')).toHaveLength(1)
    await expectRefused(await enterAs(subject), unknown)
  })

  it('ACC-01: nothing is linked that was not asked for, and a link for one person serves no other', async () => {
    const person = await make.staff()
    const browser = await signIn(person)
    expect((await browser.visit('/sso/start')).url).toBe('/')
    seat(account({}))
    const stranger = visitor()
    const back = await wayBack(stranger)
    const page = await arrive(browser, back)
    expect(page.status).toBe(422)
    await browser.submit(`${own}/link`, {}, own)
    expect((await arrive(browser, back)).status).toBe(422)
    expect(await db.staffIdentity.count({ where: { staffId: person.id } })).toBe(0)
  })

  it('ACC-01: the administrator unlinks, which signs out whoever came in by it; others see it only', async () => {
    const person = await colleague()
    const { browser } = await enterAs(account({ email: person.email, email_verified: true }))
    const at = `/staff/${person.number}`
    const guard = await signIn(people.security_admin)
    expect((await guard.visit(at)).$('main').text()).toContain('已关联九色鹿账户')
    expect((await guard.visit(at)).$(`form[action="${at}/sign-in-service/unlink"]`)).toHaveLength(0)
    const admin = await signIn(people.system_admin)
    const page = await admin.submit(`${at}/sign-in-service/unlink`, {}, at)
    expect(page.$('body').text()).toContain('已解除')
    expect(await isIn(browser)).toBe(false)
    expect(await linesOf(person, 'identity.unlinked')).toMatchObject([{ actorId: people.system_admin.id }])
  })
})
