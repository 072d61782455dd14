import { load } from 'cheerio'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { db, pool } from '../../src/db.ts'
import { kinds as approvalKinds } from '../../src/approvals/kinds.ts'
import { moveClock, now } from '../../src/lib/clock.ts'
import { routes } from '../../src/routes.ts'
import { grantRole } from '../../src/staff/roles.ts'
import { acknowledged } from '../support/archive.ts'
import { signIn, type Browser } from '../support/browser.ts'
import { actorOf, make, password, theCast } from '../support/make.ts'
import { under } from '../support/regulation.ts'
import { allIn, codeOf, guarded, minute, stand, wrongCode } from './people.ts'
import { aPlan } from '../support/visits.ts'

beforeAll(theCast)
beforeEach(async () => {
  stand(0)
  await pool.query('delete from sign_in_limit')
})
afterEach(() => moveClock(() => new Date()))

// Where the record decides, a test of its own has one (below).
const weighty = routes.filter(({ stepUp }) => stepUp && typeof stepUp !== 'function')
const sent = weighty.filter(({ kind }) => kind === 'form')
const opened = weighty.filter((route) => route.kind !== 'form' || route.view)
const late = 11 * minute

/** A browser that has rested longer than a proof lasts, and a colleague with a role to lose. */
async function rested(role = 'security_admin') {
  const person = await make.staff([{ role }])
  await acknowledged(person)
  const browser = await signIn(person)
  const colleague = await make.staff([{ role: 'sales' }])
  const grant = await db.roleGrant.findFirstOrThrow({ where: { staffId: colleague.id } })
  stand(late)
  const plan = await aPlan({ by: colleague, month: '2027-01' })
  const at = (path: string) =>
    path
      .replace(':number', path.startsWith('/visits/plans/') ? plan.number : colleague.number)
      .replace(':grant', String(grant.id))
  return { person, browser, colleague, at }
}

/** Somebody to whom it is open. */
function roleOf(path: string): string {
  if (path.startsWith('/customers')) return 'sales_director'
  if (path.startsWith('/tokens')) return 'finance'
  if (/^\/(complaints|visits|promises|coverage|contact-records|market-notes|credit|releases)\b/.test(path))
    return 'general_manager'
  return /^\/(archive|viewings|loans|copies)\b/.test(path) ? 'archivist' : 'security_admin'
}
const token = async (browser: Browser) => (await browser.fieldsOf('/profile/shortcuts', '/profile'))['_csrf']!
const grantsOf = ({ id }: { id: bigint }) => db.roleGrant.count({ where: { staffId: id } })
const valid: Record<string, Record<string, string>> = {
  '/staff/:number/roles': { role: 'finance', scope: 'company', departmentId: '', regionId: '' },
  '/staff/:number/second-factor': { reason: '当面核对了工牌' },
  '/profile/second-factor/new': { code: '123456' },
  '/tokens/new': { name: '云梦账房', until: '2026-12-31', credit_read: 'on' },
}

describe('ACC-01: weighty acts', () => {
  it('ACC-01: grants, revokes, changes of the factor and exports are among them', () => {
    expect(weighty.map(({ path }) => path)).toEqual(
      expect.arrayContaining([
        '/staff/:number/roles',
        '/staff/:number/roles/:grant/revoke',
        '/staff/:number/second-factor',
        '/profile/second-factor/begin',
        '/profile/second-factor/new',
        '/profile/second-factor/codes',
        '/profile/second-factor/off',
        '/customers/export',
        '/customers/export/file',
      ]),
    )
  })

  it.each(opened.map(({ path }) => [path]))('ACC-01: %s does not open on an old proof', async (path) => {
    const { browser, at } = await rested(roleOf(path))
    const page = await browser.visit(at(path))
    expect(page.url).toMatch(/^\/step-up\?next=/)
    expect(page.$('input[type=password][name=proof]')).toHaveLength(1)
  })

  it.each(sent.map(({ path }) => [path]))('ACC-01: %s does nothing on an old proof, and asks', async (path) => {
    const { browser, at, colleague } = await rested(roleOf(path))
    const before = await db.auditEntry.count({ where: { subject: `staff:${colleague.id}` } })
    const answer = await browser.post(at(path), { _csrf: await token(browser), ...valid[path] })
    expect(answer.status).toBe(422)
    const $ = load(answer.text)
    expect($('h1').text()).toContain('再次确认是你本人')
    for (const [name, value] of Object.entries(valid[path] ?? {}))
      expect($(`input[type=hidden][name="${name}"]`).attr('value')).toBe(value)
    expect(await db.auditEntry.count({ where: { subject: `staff:${colleague.id}` } })).toBe(before)
  })
})

describe('CAL-03, ACC-01: how long a proof lasts', () => {
  it.each([10, 3])('CAL-03 auth.step_up_minutes: %i minutes to the millisecond', async (minutes) => {
    await under({ 'auth.step_up_minutes': minutes }, async () => {
      const browser = await signIn(await make.staff([{ role: 'sales_director' }]))
      stand(minutes * minute)
      expect((await browser.visit('/customers/export')).url).toBe('/customers/export')
      stand(minutes * minute + 1)
      const asked = await browser.visit('/customers/export')
      expect(asked.url).toBe('/step-up?next=%2Fcustomers%2Fexport')
      expect(asked.$('.lede').text()).toContain(`${minutes} 分钟内不再问`)
      const url = '/step-up?next=%2Fcustomers%2Fexport'
      const { proof: _, ...fields } = await browser.fieldsOf('/step-up', url)
      const answer = await browser.post('/step-up', { ...fields, proof: password })
      expect([answer.status, answer.get('Location')]).toEqual([303, '/customers/export'])
      expect((await browser.visit('/customers/export')).url).toBe('/customers/export')
      stand(2 * minutes * minute + 1)
      expect((await browser.visit('/customers/export')).url).toBe('/customers/export')
      stand(2 * minutes * minute + 2)
      expect((await browser.visit('/customers/export')).url).toContain('/step-up')
    })
  })
})

describe('ACC-01: asked in the middle of a form', () => {
  const wish = valid['/staff/:number/roles']!

  /** What the page that asks holds of the form. */
  async function kept(browser: Browser, url: string): Promise<Record<string, string>> {
    const answer = await browser.post(url, { _csrf: await token(browser), _form: `t${Math.random()}`, ...wish })
    const $ = load(answer.text)
    const hidden = $('main form input[type=hidden]').toArray()
    return Object.fromEntries(hidden.map((input) => [$(input).attr('name')!, $(input).attr('value')!]))
  }

  it('ACC-01: the password does it in one go, under a new session id, and the other tabs stay good', async () => {
    const { browser, person, colleague, at } = await rested()
    const csrf = await token(browser)
    const fields = await kept(browser, at('/staff/:number/roles'))
    const [before] = await sids(person)
    const done = await browser.post(at('/staff/:number/roles'), { ...fields, _proof: password })
    expect(done.status).toBe(303)
    expect(await grantsOf(colleague)).toBe(2)
    const after = await sids(person)
    expect(after).toHaveLength(1)
    expect(after[0]).not.toBe(before)
    expect(await token(browser)).toBe(csrf)
    // Twice sent, it had its effect once.
    const again = await browser.post(at('/staff/:number/roles'), { ...fields, _proof: password })
    expect(again.status).toBe(303)
    expect(await grantsOf(colleague)).toBe(2)
    const actions = await db.auditEntry.findMany({ where: { subject: `staff:${person.id}` }, select: { action: true } })
    expect(actions.map(({ action }) => action)).toContain('session.proven_again')
  })

  it('ACC-01: a wrong one does nothing, loses nothing, and locks like at sign-in', async () => {
    const { browser, colleague, at } = await rested()
    const csrf = await token(browser)
    for (let time = 0; time < 5; time++) {
      const answer = await browser.post(at('/staff/:number/roles'), { ...wish, _csrf: csrf, _proof: 'never this one' })
      expect(answer.status).toBe(422)
      const $ = load(answer.text)
      expect($('.errors [data-rule="ACC-01"]').text()).toContain('密码不对')
      expect($('input[type=hidden][name=role]').attr('value')).toBe('finance')
      expect(answer.text).not.toContain('never this one')
    }
    const locked = await browser.post(at('/staff/:number/roles'), { ...wish, _csrf: csrf, _proof: password })
    expect(locked.status).toBe(422)
    expect(await grantsOf(colleague)).toBe(1)
  })

  it('ACC-01: what is wrong with the form itself is said first', async () => {
    const { browser, at } = await rested()
    const answer = await browser.post(at('/staff/:number/second-factor'), { _csrf: await token(browser), reason: '' })
    expect(load(answer.text)('h1').text()).toContain('重置第二因素')
  })

  it('ACC-01: who has a second factor is asked for its code, and a proof is never the password', async () => {
    const person = await guarded([{ role: 'security_admin' }])
    const browser = await allIn(person)
    const colleague = await make.staff()
    stand(late)
    const csrf = await token(browser)
    const send = (_proof?: string) =>
      browser.post(`/staff/${colleague.number}/roles`, { ...wish, _csrf: csrf, ...(_proof ? { _proof } : {}) })
    expect(load((await send()).text)('label[for=f-_proof]').text()).toContain('验证码')
    expect((await send(password)).status).toBe(422)
    expect((await send(wrongCode(person.secret))).status).toBe(422)
    expect(await grantsOf(colleague)).toBe(0)
    expect((await send(codeOf(person.secret))).status).toBe(303)
    expect(await grantsOf(colleague)).toBe(1)
  })

  it('ACC-01: agreeing to a powerful role is a weighty act, as asking for it is; other decisions are not', async () => {
    const [colleague, signer] = [await make.staff(), await guarded([{ role: 'general_manager' }])]
    const guard = await actorOf(await make.staff([{ role: 'security_admin' }]))
    const wanted = { role: 'auditor', scope: 'company', departmentId: null, regionId: null } as const
    const number = await grantRole(guard, colleague.id, wanted, now())
    const browser = await allIn(signer)
    stand(late)
    const csrf = await token(browser)
    const send = (of: string, more = {}) =>
      browser.post(`/approvals/${of}/decision`, { verdict: 'approve', version: '1', _csrf: csrf, ...more })
    const asks = load((await send(number!)).text)
    expect(asks('h1').text()).toContain('再次确认是你本人')
    expect(asks('input[type=hidden][name=verdict]').attr('value')).toBe('approve')
    expect((await browser.visit(`/approvals/${number}/decision`)).url).toMatch(/^\/step-up\?next=/)
    expect((await send(number!, { _proof: wrongCode(signer.secret) })).status).toBe(422)
    expect(await grantsOf(colleague)).toBe(0)
    expect((await send(number!, { _proof: codeOf(signer.secret) })).status).toBe(303)
    expect(await grantsOf(colleague)).toBe(1)
    const kinds = Object.entries(approvalKinds).map(([kind, row]) => [kind, 'weighty' in row])
    expect(kinds.filter(([, is]) => is)).toEqual([
      ['role.grant', true],
      ['archive.disclosure', true],
    ])
  })

  it('ACC-01: a new password proves no second factor: a weighty act still asks for it', async () => {
    const person = await guarded([{ role: 'security_admin' }])
    const browser = await allIn(person)
    stand(late)
    const newPassword = '九色鹿 走过 桃源 2026'
    const changed = await browser.submit('/password', {
      currentPassword: password,
      newPassword,
      repeatPassword: newPassword,
    })
    expect(changed.url).toBe('/profile')
    expect((await browser.visit(`/staff/${person.number}/second-factor`)).url).toMatch(/^\/step-up\?next=/)
    expect(await sids(person)).toHaveLength(1)
  })

  it('ACC-01: a proof sent along where none is due is neither taken nor kept', async () => {
    const browser = await signIn(await make.staff([{ role: 'security_admin' }]))
    const colleague = await make.staff()
    const csrf = await token(browser)
    const url = `/staff/${colleague.number}/roles`
    expect((await browser.post(url, { ...wish, _csrf: csrf, _proof: 'whatever' })).status).toBe(303)
  })

  it('ACC-01: the next address stays on this site', async () => {
    const browser = await signIn(await make.staff())
    const { proof: _, ...fields } = await browser.fieldsOf('/step-up', '/step-up?next=https://evil.example/')
    const answer = await browser.post('/step-up', { ...fields, next: '//evil.example', proof: password })
    expect(answer.get('Location')).toBe('/')
  })
})

async function sids({ id }: { id: bigint }): Promise<string[]> {
  const { rows } = await pool.query<{ sid: string }>(`select sid from user_sessions where sess ->> 'staffId' = $1`, [
    String(id),
  ])
  return rows.map(({ sid }) => sid)
}
