import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '../../src/db.ts'
import { now } from '../../src/lib/clock.ts'
import { scopeProblems, untilProblems } from '../../src/tokens/rules.ts'
import { hashOf } from '../../src/tokens/secret.ts'
import { aToken, program } from '../support/api.ts'
import { signIn, type Browser } from '../support/browser.ts'
import type { Cast } from '../support/cast.ts'
import { aCreditCustomer, daysAgo } from '../support/credit.ts'
import { actorOf, make, theCast } from '../support/make.ts'
import { under } from '../support/regulation.ts'

let people: Cast
let finance: Browser
beforeAll(async () => {
  people = await theCast()
  finance = await signIn(people.finance)
})

const wish = { name: '云梦账房', until: daysAgo(-30), receipts_write: 'on', credit_read: 'on' }

describe('making a token', () => {
  it('CRD-18: its secret is shown once, works, and is kept by its hash alone', async () => {
    const made = await finance.submit('/tokens/new', wish)
    const secret = made.$('.copy .secret').text()
    expect([made.status, made.$('h1').text(), secret]).toEqual([
      200,
      '令牌已生成',
      expect.stringMatching(/^kh_[\w-]{52}$/),
    ])
    const token = await db.apiToken.findUniqueOrThrow({ where: { hash: hashOf(secret) } })
    expect(token).toMatchObject({
      name: '云梦账房',
      scopes: ['receipts_write', 'credit_read'],
      staffId: people.finance.id,
    })
    expect(
      JSON.stringify(token, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
    ).not.toContain(secret)
    const customer = await aCreditCustomer()
    expect((await program(secret).get(`/customers/${customer.number}/credit`)).status).toBe(200)
    const list = await finance.visit('/tokens')
    expect(list.response.text).not.toContain(secret)
    expect(list.$('tbody tr').first().text()).toContain('写入回款、查询授信')
    const [line] = await db.auditEntry.findMany({
      where: { action: 'token.made', actorId: people.finance.id },
      orderBy: { id: 'desc' },
      take: 1,
    })
    expect([line!.subject, JSON.stringify(line!.after)]).toEqual([
      `staff:${people.finance.id}`,
      expect.not.stringContaining(secret),
    ])
  })

  it('CRD-18: a person gives no more than they may do, and what is wrong loses nothing', async () => {
    const page = await finance.visit('/tokens/new')
    const offered = page
      .$('fieldset input[type=checkbox]')
      .toArray()
      .map((input) => page.$(input).attr('name'))
    expect(offered).toEqual(['shipments_write', 'receipts_write', 'credit_read'])
    const none = await finance.submit('/tokens/new', { name: '蓬莱仓库', until: wish.until })
    expect([none.status, none.$('.errors').text(), none.$('#f-name').attr('value')]).toEqual([
      422,
      expect.stringContaining('请至少勾选一件'),
      '蓬莱仓库',
    ])
    const fields = await finance.fieldsOf('/tokens/new')
    const more = await finance.post('/tokens/new', { ...fields, ...wish, releases_write: 'on' })
    expect([more.status, more.text]).toEqual([422, expect.stringContaining('你本人不能做')])
  })

  it('PPL-01, CRD-18: by role, what can be given', async () => {
    const given = await Promise.all(
      (['finance', 'sales', 'logistics', 'auditor'] as const).map(async (role) =>
        scopeProblems(await actorOf(people[role]), ['shipments_write', 'receipts_write']).map(({ rule }) => rule),
      ),
    )
    expect(given).toEqual([[], ['PPL-01'], ['PPL-01'], ['PPL-01']])
    expect(scopeProblems(await actorOf(people.logistics), ['shipments_write'])).toEqual([])
    expect(scopeProblems(await actorOf(people.sales), ['releases_write', 'credit_read'])).toEqual([])
  })

  it('CAL-03 credit.token_days: its last day is at most so far away', async () => {
    const on = (until: string) => untilProblems({ until, today: '2026-11-23', most: 365 }).map(({ reason }) => reason)
    expect(on('2027-11-23')).toEqual([])
    expect(on('2027-11-24')).toEqual(['tokens:refused.tooLong'])
    expect(on('2026-11-23')).toEqual([])
    expect(on('2026-11-22')).toEqual(['tokens:refused.past'])
    await under({ 'credit.token_days': 10 }, async () => {
      const late = await finance.submit('/tokens/new', { ...wish, until: daysAgo(-11) })
      expect([late.status, late.$('.errors').text()]).toEqual([422, expect.stringContaining('最长 10 天')])
      expect((await finance.submit('/tokens/new', { ...wish, until: daysAgo(-10) })).status).toBe(200)
    })
  })
})

describe('revoking a token', () => {
  it('CRD-18: from that moment it lets nobody in, and twice is said', async () => {
    const { id, secret } = await aToken(people.finance)
    const done = await finance.submit(`/tokens/${id}/revocation`, {}, '/tokens')
    expect([done.url, done.$('body').text()]).toEqual(['/tokens', expect.stringContaining('马上失效')])
    expect((await program(secret).get('/customers/K1/credit')).status).toBe(401)
    const fields = await finance.fieldsOf('/tokens/new')
    const again = await finance.post(`/tokens/${id}/revocation`, { _csrf: fields['_csrf']! })
    expect([again.status, again.text]).toEqual([422, expect.stringContaining('已经失效了')])
  })

  it('PPL-01: another’s token is not there, but those who guard see and revoke every one, and its person is told', async () => {
    const seller = await make.staff([{ role: 'sales' }])
    const { id, name, prefix } = await aToken(seller)
    const fields = await finance.fieldsOf('/tokens/new')
    expect((await finance.post(`/tokens/${id}/revocation`, { _csrf: fields['_csrf']! })).status).toBe(404)
    expect((await finance.visit('/tokens/all')).status).toBe(403)
    const guard = await signIn(people.security_admin)
    const list = await guard.visit('/tokens/all?state=active')
    expect(list.$('tbody').text()).toContain(prefix)
    expect((await guard.visit('/tokens/new')).status).toBe(403)
    await guard.submit(`/tokens/all/${id}/revocation`, {}, '/tokens/all')
    expect((await db.apiToken.findUniqueOrThrow({ where: { id } })).revokedAt! <= now()).toBe(true)
    const told = await db.notice.findMany({ where: { staffId: seller.id, kind: 'token.revoked' } })
    expect(told.map(({ params }) => params)).toEqual([{ by: people.security_admin.name, token: `${name} ${prefix}` }])
  })
})

it('CRD-18: the guide tells every address in words, in both languages', async () => {
  const page = await finance.visit('/api')
  expect(page.$('h2').text()).toContain('写入发货')
  expect(page.$('code').text()).toContain('/api/v1/customers/‹number›/credit')
  expect(page.$('main').text()).not.toMatch(/api:|tokens:/)
})
