import { HtmlValidate } from 'html-validate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { keysOf } from '../../src/i18n.ts'
import { pool } from '../../src/db.ts'
import { routes } from '../../src/routes.ts'
import { acknowledged, agreed } from '../support/archive.ts'
import { signIn, visitor, type Browser, type Page } from '../support/browser.ts'
import { make, theCast } from '../support/make.ts'
import { addressesOf, samplesFor, type Samples } from './addresses.ts'

const validator = new HtmlValidate({
  extends: ['html-validate:standard'],
  rules: {
    'no-dup-id': 'error',
    'doctype-style': 'off',
    'void-style': 'off',
    'no-trailing-whitespace': 'off',
    'attribute-boolean-style': 'off',
    'attribute-empty-style': 'off',
    'long-title': 'off',
    'no-raw-characters': 'off',
    'no-implicit-button-type': 'off',
    'no-inline-style': 'error',
    'require-sri': 'off',
    'prefer-native-element': 'off',
    'tel-non-breaking': 'off',
    'text-content': 'off',
    'unique-landmark': 'off',
    'valid-id': ['error', { relaxed: true }],
    'no-redundant-role': 'off',
    'script-type': 'off',
    'form-dup-name': 'off',
    'element-permitted-content': 'error',
  },
})

const guarded = new Set(routes.flatMap((route) => (route.kind === 'form' && route.guard ? [route.path] : [])))
const guards = ['system_admin', 'security_admin', 'auditor', 'general_manager'] as const
type Seer = { browser: Browser; samples: Samples }

const keys = new Set(keysOf('zh'))
/** Which of the seers opened an address: the same one in the other language. */
const openers = new Map<string, number>()
const opened = routes.filter((route) => route.kind === 'page' || (route.kind === 'form' && route.view))

describe.each(['zh', 'en'] as const)('in %s', (language) => {
  const seers: Seer[] = []
  beforeAll(async () => {
    const people = await theCast()
    const worker = await make.staff(
      [
        'cs_manager',
        'sales_director',
        'front_desk',
        'archivist',
        'info_supervisor',
        'finance',
        'sales',
        'logistics',
      ].map((role) => ({
        role,
      })),
    )
    await acknowledged(worker)
    await agreed(worker)
    for (const person of [worker, ...guards.map((role) => people[role])]) {
      await pool.query('update staff set language = $2::language where id = $1', [person.id, language])
      seers.push({ browser: await signIn(person), samples: await samplesFor(person) })
    }
  })

  // Other files share the cast, and expect it to read Chinese.
  afterAll(async () => void (await pool.query(`update staff set language = 'zh'`)))

  /** The first of them who may see it. */
  async function open(path: string): Promise<Page | null> {
    let refusal: Page | null = null
    for (const [at, { browser, samples }] of [...seers.entries()].slice(openers.get(path) ?? 0)) {
      const page = await browser.visit(addressesOf(path, samples)[0]!.url)
      // What stands against a form is read in its place.
      if (page.status === 422 && guarded.has(path)) refusal ??= page
      if (page.status !== 200) continue
      openers.set(path, at)
      return page
    }
    return refusal
  }

  it.each(opened.map(({ path }) => path))('%s is whole', { timeout: 30_000 }, async (path) => {
    const page = await open(path)
    if (!page) throw new Error(`${path}: nobody of the cast can open it`)
    await expectWhole(page, language)
  })

  it('so is a page that is not there', async () => {
    const page = await seers[0]!.browser.visit('/nowhere')
    expect(page.status).toBe(404)
    await expectWhole(page, language)
  })
})

async function expectWhole({ $, response, url }: Page, language: 'zh' | 'en'): Promise<void> {
  expect($('html').attr('lang')).toMatch(language === 'zh' ? /^zh/ : /^en/)
  expect($('title').text().trim()).not.toBe('')
  expect($('h1')).toHaveLength(1)
  expect($('h1').text().trim()).not.toBe('')
  $('script, style').remove()
  const words = $('body').text()
  // A key shown is a sentence missing.
  expect([...words.matchAll(/\b[a-z]+:[\w.]+/g)].filter(([key]) => keys.has(key)).map(([key]) => key)).toEqual([])
  expect(words).not.toMatch(/\b(?:undefined|NaN|\[object Object\])\b/)
  expect(words).not.toMatch(/\{[a-zA-Z]+\}/)
  expectHeaders(response.headers as Record<string, string>)
  if (language === 'zh') await expectValid(response.text, url)
}

/** Asked of one language: a sentence brings no markup, it is escaped in both. */
async function expectValid(html: string, url: string): Promise<void> {
  const report = await validator.validateString(html, url)
  const messages = report.results.flatMap(({ messages }) => messages.filter(({ severity }) => severity === 2))
  expect(messages.map(({ ruleId, message, line }) => `${ruleId}: ${message} (${line})`)).toEqual([])
}

function expectHeaders(headers: Record<string, string>): void {
  const policy = headers['content-security-policy'] ?? ''
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("frame-ancestors 'none'")
  expect(policy).not.toMatch(/unsafe|upgrade-insecure|https?:|\*/)
  expect(headers['x-content-type-options']).toBe('nosniff')
  expect(headers['x-frame-options']).toBeDefined()
  expect(headers['referrer-policy']).toBe('same-origin')
  expect(headers['strict-transport-security']).toBeUndefined()
  expect(headers['x-powered-by']).toBeUndefined()
}

describe('what every answer carries', () => {
  it.each(['/sign-in', '/', '/nowhere', '/healthz', '/readyz', '/assets/nothing.css', '/customers?q=a&q=b', '/%ff'])(
    '%s',
    async (url) => {
      const { headers } = await visitor().agent.get(url)
      expectHeaders(headers as Record<string, string>)
    },
  )

  it('a refused form and a wrong method too', async () => {
    const browser = visitor()
    expectHeaders((await browser.agent.post('/sign-in').send('x')).headers as Record<string, string>)
    const put = await browser.agent.put('/sign-in').set('Host', browser.host).set('Origin', `http://${browser.host}`)
    expect(put.status).toBe(405)
    expectHeaders(put.headers as Record<string, string>)
  })

  it('pages are not kept by caches, and the session cookie is not for scripts', async () => {
    const person = await make.staff()
    const response = await visitor().post('/sign-in', { account: person.number, password: person.password })
    expect(response.headers['cache-control']).toBe('no-store')
    const cookies = response.headers['set-cookie'] as unknown as string[]
    expect(cookies.map((cookie) => cookie.split('=')[0]).toSorted()).toEqual(['device', 'session'])
    for (const cookie of cookies) {
      expect(cookie).toMatch(/HttpOnly/)
      expect(cookie).toMatch(/SameSite=Lax/i)
    }
  })
})
