import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { correctCustomer } from '../../src/customers/commands.ts'
import { pool } from '../../src/db.ts'
import { signIn, type Browser } from '../support/browser.ts'
import { cast, type Cast } from '../support/cast.ts'
import { theCast, known, bySource } from '../support/make.ts'
import { textOf } from '../support/pdf.ts'
import { actorOf, allSecrets, letGo, makeCanary, secrets } from './canary.ts'

let people: Cast
let canary: Awaited<ReturnType<typeof makeCanary>>
beforeAll(async () => {
  people = await theCast()
  canary = await makeCanary({ department: '城东营业部', region: '东区一片', own: true })
})
afterAll(() => letGo(canary))

const leaked = (text: string) => allSecrets.filter((secret) => text.includes(secret))

function addresses(): string[] {
  const { number, contact } = canary
  const here = `/customers/${number}`
  const found = ['金丝雀', 'jsq', '9876', '8765', '5432', number, '陆小鹿', 'lxl']
  return [
    '/',
    '/customers',
    ...found.flatMap((q) => [`/customers?q=${encodeURIComponent(q)}`, `/search?q=${encodeURIComponent(q)}`]),
    `/search?q=lxl&group=contacts`,
    `/customers/export?q=${encodeURIComponent('金丝雀')}`,
    `/customers/export/file?format=csv&q=${encodeURIComponent('金丝雀')}`,
    here,
    `${here}?in=`,
    `${here}/history`,
    ...['record', 'contacts', 'copies', 'reads'].map((kind) => `${here}/history?kind=${kind}`),
    ...['identity', 'reach', 'background', 'life', 'assignment', 'print'].map((part) => `${here}/${part}`),
    ...['contacts/new', `contacts/${contact}`, `contacts/${contact}/removal`].map((part) => `${here}/${part}`),
    ...['phone', 'morePhones', 'email', 'wechat', 'code', 'creditNote'].map((field) => `${here}/unmaskings/${field}`),
    ...['phones', 'email', 'wechat'].map((field) => `${here}/contacts/${contact}/unmaskings/${field}`),
    '/audit',
    `/audit?subject=${number}`,
    '/imports',
  ]
}

describe.each([...cast.map(({ role }) => role), 'nobody'] as const)('PRV-02 as %s', (role) => {
  let browser: Browser
  beforeAll(async () => {
    browser = await signIn(people[role])
  })

  it('PRV-02: no page, list, search, form, history or audit shows what is masked', { timeout: 60_000 }, async () => {
    const out: string[] = []
    let opened = 0
    for (const url of addresses()) {
      const { response, status } = await browser.visit(url)
      if (status === 200) opened++
      out.push(...leaked(response.text ?? '').map((secret) => `${url}: ${secret}`))
    }
    expect(out).toEqual([])
    const blind = ['logistics', 'security_admin', 'system_admin', 'nobody'].includes(role)
    expect(opened).toBeGreaterThan(blind ? 0 : 12)
  })

  it('PRV-02: nor does the printed file', async () => {
    const response = await browser.agent.get(`/customers/${canary.number}/file.pdf`).buffer(true)
    if (response.status !== 200) return expect([403, 404]).toContain(response.status)
    const text = textOf(response.body as Buffer)
    expect(text).toContain('186****9876')
    expect(leaked(text.replaceAll(/[\s|]/g, ''))).toEqual([])
  })
})

it('PRV-02: the answer to a stale form shows both sides masked', async () => {
  const browser = await signIn(people.cs_manager)
  const url = `/customers/${canary.number}/reach`
  const fields = await browser.fieldsOf(url)
  const changed = {
    phone: '0571-11223344',
    email: 'new.canary@penglai.example',
    ...known,
    version: Number(fields['version']),
  }
  await correctCustomer(await actorOf(people.sales_director), canary.id, changed, new Date())
  const response = await browser.post(url, { ...fields, ...bySource, wechat: 'another' })
  expect(response.status).toBe(409)
  expect([
    ...leaked(response.text),
    ...['0571-11223344', changed.email].filter((one) => response.text.includes(one)),
  ]).toEqual([])
  expect(response.text).toContain('186****9876')
})

it('PRV-02: the value is on the answer page alone, once, and never in the trail', async () => {
  const browser = await signIn(people.general_manager)
  const url = `/customers/${canary.number}/unmaskings/code`
  const page = await browser.submit(url, { purpose: 'identity' })
  expect(page.$('.secret').text()).toBe(secrets.code)
  expect(leaked((await browser.visit(`/customers/${canary.number}`)).response.text)).toEqual([])
  const { rows } = await pool.query<{ line: string }>(
    `select row_to_json(a)::text as line from audit_entry a where action = 'customer.unmasked' and subject = $1`,
    [`customer:${canary.id}`],
  )
  expect(rows).toHaveLength(1)
  expect(leaked(rows[0]!.line)).toEqual([])
})

it('PRV-02: an export holds the customer, masked', async () => {
  const browser = await signIn(people.sales_director)
  const { response } = await browser.visit(`/customers/export/file?format=csv&q=${encodeURIComponent('金丝雀')}`)
  expect(response.status).toBe(200)
  expect(response.text).toContain(canary.number)
  expect(response.text).toMatch(/\*{4}\d{4}/)
  expect(leaked(response.text)).toEqual([])
})
