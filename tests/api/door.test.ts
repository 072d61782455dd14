import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { db, pool } from '../../src/db.ts'
import { now } from '../../src/lib/clock.ts'
import { apiRoutes } from '../../src/routes.ts'
import { triesOfAddress } from '../../src/tokens/door.ts'
import { aToken, documentNumber, program, type Answer } from '../support/api.ts'
import { visitor } from '../support/browser.ts'
import type { Cast } from '../support/cast.ts'
import { aCreditCustomer, aRelease, daysAgo } from '../support/credit.ts'
import { make, theCast } from '../support/make.ts'
import { under } from '../support/regulation.ts'

let people: Cast
let customer: Awaited<ReturnType<typeof aCreditCustomer>>
beforeAll(async () => {
  people = await theCast()
  customer = await aCreditCustomer()
})
beforeEach(() => pool.query('delete from sign_in_limit'))

const money = (more: object = {}) => ({
  document: documentNumber('SK'),
  customer: customer.number,
  amount: '5.00',
  receivedOn: daysAgo(0),
  way: 'transfer',
  ...more,
})
const counted = () => db.receipt.count({ where: { customerId: customer.id } })
const rules = ({ body }: Answer) => body.errors.map(({ rule }) => rule)

/** Sends it and expects that nothing is written. */
async function refused(
  secret: string | null,
  status: number,
  send = (by: ReturnType<typeof program>) => by.post('/receipts', money()),
) {
  const before = await counted()
  const answer = await send(program(secret))
  expect(answer.status).toBe(status)
  expect(answer.headers['content-type']).toMatch(/^application\/json/)
  expect(await counted()).toBe(before)
  return answer
}

describe('whom a token lets in', () => {
  it('CRD-18: none, one that is nobody’s, an expired or a revoked one let nobody in', async () => {
    const none = await refused(null, 401)
    expect([none.headers['www-authenticate'], rules(none)]).toEqual(['Bearer realm="api"', ['CRD-18']])
    const good = await aToken(people.finance)
    await refused(`${good.secret.slice(0, -1)}${good.secret.endsWith('A') ? 'B' : 'A'}`, 401)
    await refused((await aToken(people.finance, { expiresAt: now() })).secret, 401)
    await pool.query('update api_token set revoked_at = $2 where id = $1', [good.id, now()])
    await refused(good.secret, 401)
  })

  it('ACC-01, CRD-18: who is suspended does nothing by a token either, and a right withdrawn is gone from it', async () => {
    const person = await make.staff([{ role: 'finance' }])
    const { secret } = await aToken(person)
    expect((await program(secret).post('/receipts', money())).status).toBe(201)
    await pool.query('update role_grant set role = $2::role where staff_id = $1', [person.id, 'sales'])
    expect(rules(await refused(secret, 403))).toEqual(['PPL-01'])
    await pool.query(`update staff set state = 'suspended' where id = $1`, [person.id])
    await refused(secret, 401)
  })

  it('CRD-18: it does what it was made for and nothing else, and the trail says so', async () => {
    const { secret } = await aToken(people.finance, { scopes: ['shipments_write'] })
    await refused(secret, 403)
    const [line] = await db.auditEntry.findMany({
      where: { action: 'access.refused', actorId: people.finance.id },
      orderBy: { id: 'desc' },
      take: 1,
    })
    expect(line).toMatchObject({ subject: 'scope:receipts_write', after: { path: '/api/v1/receipts' } })
  })

  it('PPL-01: another’s customer is not there', async () => {
    const seller = program((await aToken(people.sales)).secret)
    const other = await aCreditCustomer({ ownerId: people.dept_head.id })
    const release = await aRelease(other, { amount: '5.00', by: people.dept_head })
    const there = await seller.get(`/customers/${other.number}/credit`)
    const nowhere = await seller.get('/customers/K19000000000/credit')
    expect([there.status, there.body]).toEqual([404, nowhere.body])
    expect((await seller.get(`/releases/${release.number}`)).status).toBe(404)
    const order = { document: documentNumber('DD'), customer: other.number, amount: '5.00', goods: '灯笼' }
    expect((await seller.post('/releases', order)).status).toBe(404)
    expect((await seller.get(`/customers/${customer.number}/credit`)).status).toBe(200)
  })

  it('CRD-18: a session opens nothing here, and a token no page', async () => {
    const { secret } = await aToken(people.finance)
    const page = await visitor()
      .agent.get('/receipts')
      .set('Host', 'kehu.test')
      .set('Authorization', `Bearer ${secret}`)
    expect([page.status, page.get('Location')]).toEqual([303, '/sign-in?next=%2Freceipts'])
    const answer = await program(secret).get(`/customers/${customer.number}/credit`)
    expect(answer.headers['set-cookie']).toBeUndefined()
  })

  it('CAL-03 credit.api_minute: at the number itself, the next waits, and nothing is written', async () => {
    await under({ 'credit.api_minute': 10 }, async () => {
      const [one, other] = [await aToken(people.finance), await aToken(people.finance)]
      const read = (secret: string) => program(secret).get(`/customers/${customer.number}/credit`)
      const answers = await Promise.all(Array.from({ length: 10 }, () => read(one.secret)))
      expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200))
      const over = await refused(one.secret, 429)
      expect([Number(over.headers['retry-after']) > 0, Number(over.headers['retry-after']) <= 60, rules(over)]).toEqual(
        [true, true, ['CRD-18']],
      )
      expect((await read(other.secret)).status).toBe(200)
    })
  })

  it('CRD-18: an address that tries tokens is stopped; a good one from there is let in', async () => {
    await pool.query(
      `insert into sign_in_limit (key, points, expire) select 'api-address:' || ip, $1, $2 from unnest(array['127.0.0.1', '::ffff:127.0.0.1']) ip`,
      [triesOfAddress, Date.now() + 60_000],
    )
    await refused('kh_nobody', 429)
    const { secret } = await aToken(people.finance)
    expect((await program(secret).get(`/customers/${customer.number}/credit`)).status).toBe(200)
  })

  it('CRD-18: when it was last used is known to the minute', async () => {
    const { id, secret } = await aToken(people.finance)
    const used = async () => (await db.apiToken.findUniqueOrThrow({ where: { id } })).lastUsedAt
    const read = () => program(secret).get(`/customers/${customer.number}/credit`)
    await read()
    const first = await used()
    await read()
    expect([first !== null, await used()]).toEqual([true, first])
    await pool.query('update api_token set last_used_at = $2 where id = $1', [id, new Date(first!.getTime() - 61_000)])
    await read()
    expect((await used())! >= first!).toBe(true)
  })
})

describe('what is sent', () => {
  let secret: string
  let erp: ReturnType<typeof program>
  beforeAll(async () => {
    ;({ secret } = await aToken(people.finance))
    erp = program(secret)
  })
  const fields = ({ body }: Answer) => body.errors.map(({ field }) => field)

  it.each([
    ['a number for an amount', { amount: 5 }, ['amount']],
    ['one decimal', { amount: '5.0' }, ['amount']],
    ['nothing', { amount: '0.00' }, ['amount']],
    ['less than nothing', { amount: '-5.00' }, ['amount']],
    ['an amount beyond all', { amount: '1000000000.00' }, ['amount']],
    ['an exponent', { amount: '1e3' }, ['amount']],
    ['a day that is none', { receivedOn: '2026-02-30' }, ['receivedOn']],
    ['a moment for a day', { receivedOn: '2026-02-01T00:00:00Z' }, ['receivedOn']],
    ['a way of its own', { way: 'barter' }, ['way']],
    [
      'columns of ours',
      { tokenId: 1, recordedById: 1, net: '9.00', source: 'form' },
      ['tokenId', 'recordedById', 'net', 'source'],
    ],
    ['NUL', { document: 'A\0B' }, ['document']],
    ['a control character', { payer: 'A\u0007B' }, ['payer']],
    ['a line feed', { payer: 'A\nB' }, ['payer']],
    ['what nobody sees', { document: '\u200b' }, ['document']],
    ['half a character', { payer: '\ud800' }, ['payer']],
    ['a long text', { document: 'x'.repeat(61) }, ['document']],
    ['a list for a text', { customer: ['K1', 'K2'] }, ['customer']],
    ['an object for a text', { customer: { not: '' } }, ['customer']],
  ])('CRD-18: %s is refused by its field', async (_what, more, wrong) => {
    const answer = await refused(secret, 422, (by) => by.post('/receipts', money(more)))
    expect(fields(answer)).toEqual(wrong)
    expect(answer.body.errors[0]).toMatchObject({
      rule: null,
      message: expect.stringMatching(/\p{Script=Han}/u) as string,
    })
  })

  it('CRD-18: no prototype is reached', async () => {
    const sent = JSON.stringify(money()).replace('{', '{"__proto__":{"source":"form"},"constructor":1,')
    expect(fields(await refused(secret, 422, (by) => by.post('/receipts', sent)))).toEqual(['__proto__', 'constructor'])
  })

  it('CRD-18: what is missing is said, in the language that was asked for', async () => {
    const answer = await refused(secret, 422, (by) => by.post('/receipts', {}, { language: 'en' }))
    expect(answer.body.errors).toHaveLength(5)
    expect(answer.body.errors[0]).toEqual({ rule: null, field: 'document', message: 'This field is required.' })
  })

  it('CRD-18: SQL and HTML are text like any other', async () => {
    const payer = `'); drop table receipt; -- <script>alert(1)</script>`
    const sent = money({ payer, document: `${documentNumber()}<b>'` })
    const answer = await erp.post('/receipts', sent)
    expect([answer.status, answer.body.document]).toEqual([201, sent.document])
    expect([answer.headers['x-content-type-options'], answer.headers['content-type']]).toEqual([
      'nosniff',
      'application/json; charset=utf-8',
    ])
    expect(await db.receipt.findUnique({ where: { document: sent.document } })).toMatchObject({ payer })
  })

  it.each([
    ['no JSON', '{"document": ', {}, 400],
    ['a bare word', '"text"', {}, 400],
    ['a form', 'document=1', { type: 'application/x-www-form-urlencoded' }, 415],
    ['text', '{}', { type: 'text/plain' }, 415],
    ['more than it takes', JSON.stringify({ document: 'x'.repeat(1_100_000) }), {}, 413],
  ])('CRD-18: %s is refused in JSON', async (_what, body, how, status) => {
    const answer = await refused(secret, status, (by) => by.post('/receipts', body, how))
    expect(answer.body.errors).toHaveLength(1)
  })

  it('CRD-18: addresses and methods that are not there are refused in JSON', async () => {
    expect((await erp.get('/nothing')).body.errors[0]!.message).toContain('没有这个地址')
    expect((await erp.get('/releases/%00')).status).toBe(404)
    expect((await erp.get('/releases/%E0%A4%A')).status).toBe(400)
    const wrong = await erp.with('put', '/receipts')
    expect([wrong.status, wrong.headers['allow'], wrong.body.errors.length]).toEqual([405, 'POST', 1])
    expect((await erp.with('delete', '/releases/FX2026000001')).headers['allow']).toBe('HEAD, GET')
  })
})

type Schema = {
  required: string[]
  additionalProperties: boolean
  maxItems: number
  properties: Record<string, object>
}
type Operation = { requestBody: { content: Record<string, { schema: { oneOf: Schema[] } }> } }
type Description = { openapi: string; paths: Record<string, Record<string, Operation>> }

describe('the description', () => {
  it('CRD-18: OpenAPI tells every address, with what it takes, to whoever asks', async () => {
    const answer = await program(null).get('/openapi.json', { language: 'en' })
    const body = answer.body as unknown as Description
    expect([answer.status, body.openapi]).toEqual([200, '3.1.0'])
    const paths = Object.entries(body.paths).flatMap(([path, one]) =>
      Object.keys(one).map((method) => `${method} ${path}`),
    )
    expect(paths.toSorted()).toEqual(
      apiRoutes.map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`).toSorted(),
    )
    const [one, list] = body.paths['/api/v1/receipts']!.post!.requestBody.content['application/json']!.schema.oneOf
    expect([one!.required, one!.additionalProperties, list!.maxItems]).toEqual([
      ['document', 'customer', 'amount', 'receivedOn', 'way'],
      false,
      500,
    ])
    expect(one!.properties['amount']).toMatchObject({
      type: 'string',
      description: 'Yuan as text with two decimals, above zero',
    })
    expect(JSON.stringify(body)).not.toContain('api:')
  })
})
