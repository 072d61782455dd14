import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { correctCustomer } from '../../src/customers/commands.ts'
import { pool } from '../../src/db.ts'
import { signIn } from '../support/browser.ts'
import type { Cast } from '../support/cast.ts'
import { theCast, known, bySource } from '../support/make.ts'
import { actorOf, letGo, makeCanary, secrets } from './canary.ts'
import { expectMasked, expectMaskedFile, leaked } from './masked.ts'

let people: Cast
let canary: Awaited<ReturnType<typeof makeCanary>>
beforeAll(async () => {
  people = await theCast()
  canary = await makeCanary({ department: '城东营业部', region: '东区一片', own: true })
})
afterAll(() => letGo(canary))

// One who sees all, one who reads the trail, one of a department and one who sees nothing; all of the cast: canary.walk.ts.
describe.each(['general_manager', 'auditor', 'front_desk', 'nobody'] as const)('PRV-02 as %s', (role) => {
  it('PRV-02: no page, list, search, form, history or audit shows what is masked', { timeout: 60_000 }, () =>
    expectMasked(canary, people[role], role === 'nobody'),
  )

  it('PRV-02: nor does the printed file', () => expectMaskedFile(canary, people[role]))
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
