import { beforeAll, describe, expect, it } from 'vitest'
import type { Role } from '../../prisma/client/enums.ts'
import { rowOf } from '../../src/access/table.ts'
import { routes } from '../../src/routes.ts'
import { acknowledged, agreed } from '../support/archive.ts'
import { signIn, visitor, type Browser } from '../support/browser.ts'
import { fingerprint } from '../support/dump.ts'
import { make } from '../support/make.ts'
import { addressesOf, samplesFor, type Samples } from './addresses.ts'

// Together they may do everything, so every form is met by somebody it is open to; nothing here may be answered by 500.
const business: Role[] = ['cs_manager', 'sales_director', 'front_desk', 'archivist', 'general_manager']
const people: Role[][] = [business, ['system_admin'], ['security_admin'], ['auditor']]
let browsers: Browser[]
let browser: Browser
let samples: Samples

beforeAll(async () => {
  const { theCast } = await import('../support/make.ts')
  await theCast()
  const made = await Promise.all(people.map((roles) => make.staff(roles.map((role) => ({ role })))))
  await acknowledged(...made)
  await agreed(...made)
  browsers = await Promise.all(made.map((person) => signIn(person)))
  browser = browsers[0]!
  samples = await samplesFor(made[0]!)
})

/** The browser of the first of them to whom this route is open. */
function browserFor({ allow }: (typeof routes)[number]): Browser {
  const row = rowOf(allow.act)
  if (typeof row === 'string') return browser
  return browsers[people.findIndex((roles) => roles.some((role) => role in row))] ?? browser
}

const urlOf = (path: string) => addressesOf(path, samples)[0]!.url
const opened = () => routes.filter((route) => route.kind !== 'form' || route.view)
const sent = () => routes.filter(({ kind, path }) => kind === 'form' && !/sign-out|\/end$/.test(path))

const hostile: [string, (name: string) => string][] = [
  ['sent twice', (name) => `${name}=1&${name}=2`],
  ['an object', (name) => `${name}[not]=1`],
  ['a list', (name) => `${name}[]=1`],
  ['NUL', (name) => `${name}=a%00b`],
  ['a lone surrogate', (name) => `${name}=%ED%A0%80`],
  ['broken UTF-8', (name) => `${name}=%FF%FE`],
  ['a broken escape', (name) => `${name}=%E4%B8`],
  ['huge', (name) => `${name}=${'长'.repeat(11_000).replaceAll('长', '%E9%95%BF')}`],
  ['empty', (name) => `${name}=`],
  ['a number too large', (name) => `${name}=99999999999999999999999999`],
  ['LIKE and SQL', (name) => `${name}=${encodeURIComponent(`%_'";--\\`)}`],
  ['markup', (name) => `${name}=${encodeURIComponent('"><script>alert(1)</script>')}`],
]

const unread = new Set(['sent twice', 'NUL', 'a lone surrogate', 'broken UTF-8', 'a broken escape'])

/** What a page does not read itself; the last three have broken other programs. Together in one request. */
const others = ['q', 'after', 'before', 'owner', 'kind', 'sort', 'page', '__proto__', 'constructor', 'toString']

/** The parameters that a page reads, each for itself. */
function parametersOf(route: (typeof routes)[number]): string[] {
  const { query } = route as { query?: { shape?: object } }
  if (!query) return []
  return query.shape ? Object.keys(query.shape) : ['q', 'after', 'before', 'owner', 'outcome', 'state', 'line']
}

const bad = ({ status }: { status: number }) => status >= 500

describe('addresses', () => {
  it.each(hostile)('with a parameter that is %s: a page or a plain no', { timeout: 120_000 }, async (what, query) => {
    const wrong: string[] = []
    for (const route of opened()) {
      const { path, kind } = route
      if (kind === 'download') continue
      const own = what === 'huge' ? ['q'] : parametersOf(route)
      // What is no text at all is refused before any page sees it: one request for all of them.
      for (const names of unread.has(what) ? [[...own, ...others]] : [...own.map((name) => [name]), others]) {
        // Node itself refuses a header line beyond 16 KiB.
        const long = names.map(query).join('&').slice(0, 15_000)
        const answer = await browserFor(route).agent.get(`${urlOf(path)}?${long}`)
        if (bad(answer)) wrong.push(`${path}?${names.join()} → ${answer.status}`)
        if (answer.text?.includes('<script>alert(1)')) wrong.push(`${path}?${names.join()} echoes markup`)
      }
    }
    expect(wrong).toEqual([])
  })

  it.each([
    '%00',
    '%ED%A0%80',
    '%FF',
    '%',
    '..%2f..%2fetc',
    'a'.repeat(5000),
    '__proto__',
    '%E4%B8%AD',
    '-1',
    '1e9',
    "'",
  ])('with %s in place of a record: 4xx', async (piece) => {
    const wrong: string[] = []
    // SAT-03: a link to rate that is no link answers as one that has ended, and tells nothing (tests/complaints/ratings).
    for (const route of opened().filter(({ path }) => path.includes(':') && path !== '/r/:token')) {
      const { path } = route
      const { status } = await browserFor(route).agent.get(path.replace(/:\w+/g, piece))
      if (status < 400 || status >= 500) wrong.push(`${path} → ${status}`)
    }
    expect(wrong).toEqual([])
  })

  it('never shows more for being asked oddly', async () => {
    const stranger = await signIn(await make.staff([{ role: 'front_desk', department: '城东营业部' }]))
    const hidden = samples.customer.other
    for (const query of ['owner[not]=1', 'q[contains]=', 'department=0', 'OR=1', 'owner='])
      expect((await stranger.agent.get(`/customers?${query}`)).text).not.toContain(hidden)
  })
})

describe('forms', () => {
  it.each(hostile)('with a field that is %s: 4xx, never 500', { timeout: 240_000 }, async (what, field) => {
    const wrong: string[] = []
    for (const route of sent()) {
      const url = urlOf(route.path)
      const browser = browserFor(route)
      const fields = await fieldsFor(browser, url, Boolean((route as { view?: string }).view))
      const names = [...Object.keys(fields).filter((name) => !name.startsWith('_')), '__proto__']
      const few = what === 'huge' ? names.slice(0, 3) : unread.has(what) ? [names[0]!, '__proto__'] : names
      for (const name of few) {
        const { [name]: _dropped, ...rest } = fields
        const body = `${new URLSearchParams(rest)}&${what === 'huge' ? `${name}=${'x'.repeat(100_000)}` : field(name)}`
        const answer = await browser.agent
          .post(url)
          .set('Host', browser.host)
          .set('Origin', `http://${browser.host}`)
          .set('Content-Type', 'application/x-www-form-urlencoded')
          .send(body)
        if (bad(answer)) wrong.push(`${url} ${name} → ${answer.status}`)
        if (answer.text?.includes('<script>alert(1)')) wrong.push(`${url} ${name} echoes markup`)
      }
    }
    expect(wrong).toEqual([])
  })

  it('without any of their fields, and with too many: 4xx', async () => {
    const wrong: string[] = []
    for (const route of sent()) {
      const { path, fields } = route as {
        path: string
        fields: { safeParse: (value: unknown) => { success: boolean } }
      }
      if (fields.safeParse({}).success) continue
      const browser = browserFor(route)
      const { _csrf } = await browser.fieldsOf('/language', '/profile')
      const none = await browser.post(urlOf(path), { _csrf: _csrf! })
      if (none.status < 400 || bad(none)) wrong.push(`${path} without → ${none.status}`)
      const many = Object.fromEntries(Array.from({ length: 2100 }, (_, at) => [`f${at}`, '1']))
      const flood = await browser.post(urlOf(path), { _csrf: _csrf!, ...many })
      if (flood.status < 400 || bad(flood)) wrong.push(`${path} flooded → ${flood.status}`)
    }
    expect(wrong).toEqual([])
  })

  it('a body over the limit is 413', async () => {
    const { status } = await browser.post('/customers/new', { name: 'x'.repeat(2_000_000) })
    expect(status).toBe(413)
  })
})

describe('forgery', () => {
  type Sent = { headers: Record<string, string>; type: string; token: string | null }
  const own = (): Record<string, string> => ({ Host: browser.host, Origin: `http://${browser.host}` })
  const form = 'application/x-www-form-urlencoded'

  async function refusedEverywhere({ headers, type, token }: Sent): Promise<string[]> {
    const wrong: string[] = []
    for (const { path } of routes.filter(({ kind }) => kind === 'form')) {
      const body = new URLSearchParams(token === null ? {} : { _csrf: token }).toString()
      const request = browser.agent.post(urlOf(path)).set(headers).set('Content-Type', type)
      const { status } = await request.send(body)
      if (status !== 403) wrong.push(`${path} → ${status}`)
    }
    return wrong
  }

  it.each<[string, () => Promise<Sent> | Sent]>([
    ['without a token', () => ({ headers: own(), type: form, token: null })],
    ['with the token of another session', async () => ({ headers: own(), type: form, token: await strangersToken() })],
    [
      'from another origin',
      async () => ({ headers: { ...own(), Origin: 'http://evil.test' }, type: form, token: await ownToken() }),
    ],
    ['without an origin', async () => ({ headers: { Host: browser.host }, type: form, token: await ownToken() })],
    [
      'from an opaque origin',
      async () => ({ headers: { ...own(), Origin: 'null' }, type: form, token: await ownToken() }),
    ],
    [
      'from across sites',
      async () => ({ headers: { ...own(), 'Sec-Fetch-Site': 'cross-site' }, type: form, token: await ownToken() }),
    ],
    [
      'from a sister site',
      async () => ({ headers: { ...own(), 'Sec-Fetch-Site': 'same-site' }, type: form, token: await ownToken() }),
    ],
    ['as plain text', async () => ({ headers: own(), type: 'text/plain', token: await ownToken() })],
  ])('%s every form is refused and nothing changes', { timeout: 60_000 }, async (_what, make) => {
    const sending = await make()
    const before = await fingerprint()
    expect(await refusedEverywhere(sending)).toEqual([])
    expect(await fingerprint()).toEqual(before)
  })

  const ownToken = async () => (await browser.fieldsOf('/language', '/profile'))._csrf!
  const strangersToken = async () => {
    const stranger = await signIn(await make.staff([{ role: 'front_desk' }]))
    return (await stranger.fieldsOf('/language', '/profile'))._csrf!
  }
})

it('a visitor cannot be signed in from elsewhere', async () => {
  const { status } = await visitor()
    .agent.post('/sign-in')
    .set('Host', 'kehu.test')
    .set('Origin', 'http://evil.test')
    .type('form')
    .send({ account: 'x', password: 'y' })
  expect(status).toBe(403)
})

it('a second form with the same token has no second effect, 50 times at once', { timeout: 60_000 }, async () => {
  const name = `北溟${Date.now()}茶行`
  const rest = { address: '云外路 18 号', source: 'walk_in', purpose: 'business' }
  const fields = { ...(await browser.fieldsOf('/customers/new')), name, ...rest }
  const answers = await Promise.all(Array.from({ length: 50 }, () => browser.post('/customers/new', fields)))
  expect([...new Set(answers.map(({ status }) => status))]).toEqual([303])
  expect(new Set(answers.map(({ headers }) => headers['location'])).size).toBe(1)
  const { pool } = await import('../../src/db.ts')
  const { rows } = await pool.query('select number from customer where name = $1', [name])
  expect(rows).toHaveLength(1)
  expect(answers[0]!.headers['location']).toBe(`/customers/${(rows[0] as { number: string }).number}`)
})

const known = new Map<string, Promise<Record<string, string>>>()

/** One look at each form serves all; without its token, which only one sending could use up. */
function fieldsFor(browser: Browser, url: string, hasPage: boolean): Promise<Record<string, string>> {
  const found = known.get(url) ?? readFields(browser, url, hasPage).then(({ _form, ...fields }) => fields)
  known.set(url, found)
  return found
}

async function readFields(browser: Browser, url: string, hasPage: boolean): Promise<Record<string, string>> {
  try {
    return hasPage ? await browser.fieldsOf(url) : await browser.fieldsOf('/language', '/profile')
  } catch {
    return browser.fieldsOf('/language', '/profile')
  }
}
