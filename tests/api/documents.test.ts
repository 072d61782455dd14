import { beforeAll, describe, expect, it } from 'vitest'
import { payPart } from '../../src/credit/releases/commands.ts'
import { db } from '../../src/db.ts'
import { now } from '../../src/lib/clock.ts'
import { aToken, documentNumber, program, type Answer } from '../support/api.ts'
import type { Cast } from '../support/cast.ts'
import { aCreditCustomer, aRelease, daysAgo, figureOf, shipped } from '../support/credit.ts'
import { actorOf, theCast } from '../support/make.ts'
import { heldOver, signed } from '../support/overrides.ts'

type Program = ReturnType<typeof program>
let people: Cast
let [erp, warehouse, seller]: Program[] = []
let ofFinance: Awaited<ReturnType<typeof aToken>>
beforeAll(async () => {
  people = await theCast()
  ofFinance = await aToken(people.finance, { name: '云梦账房' })
  erp = program(ofFinance.secret)
  warehouse = program((await aToken(people.logistics)).secret)
  seller = program((await aToken(people.sales)).secret)
})

/** A customer that may have so much on credit, with nothing owed. */
async function worth(amount: string) {
  const customer = await aCreditCustomer()
  await shipped(customer, { amount, on: daysAgo(5), unpaid: false })
  return customer
}
const money = (customer: { number: string }, more: object = {}) => ({
  document: documentNumber('SK'),
  customer: customer.number,
  amount: '500.00',
  receivedOn: daysAgo(0),
  way: 'transfer',
  ...more,
})
const reasons = ({ body }: Answer) => body.errors.map(({ rule, field }) => [rule, field])

describe('receipts', () => {
  it('CRD-18: money is recorded once, on the oldest goods, and told again it is the same', async () => {
    const customer = await aCreditCustomer()
    const goods = await shipped(customer, { amount: '800.00', on: daysAgo(40) })
    const sent = money(customer, { payer: '广寒贸易' })
    const first = await erp!.post('/receipts', sent)
    expect([first.status, first.body]).toMatchObject([
      201,
      { document: sent.document, customer: customer.number, open: '0.00', amount: '500.00' },
    ])
    const again = await erp!.post('/receipts', sent)
    expect([again.status, again.body.number]).toEqual([200, first.body.number])
    expect((await db.shipment.findUniqueOrThrow({ where: { id: goods.id } })).open.toFixed(2)).toBe('300.00')
    expect(await db.receipt.findMany({ where: { customerId: customer.id } })).toMatchObject([
      { source: 'api', tokenId: ofFinance.id, recordedById: people.finance.id, payer: '广寒贸易' },
    ])
  })

  it('CRD-18: the same number with other content is a conflict, and changes nothing', async () => {
    const [one, other] = [await aCreditCustomer(), await aCreditCustomer()]
    const sent = money(one)
    await erp!.post('/receipts', sent)
    for (const changed of [{ amount: '500.01' }, { receivedOn: daysAgo(1) }, { customer: other.number }]) {
      const answer = await erp!.post('/receipts', { ...sent, ...changed })
      expect([answer.status, reasons(answer)]).toEqual([409, [['CRD-18', 'document']]])
    }
    expect(await db.receipt.count({ where: { document: sent.document } })).toBe(1)
  })

  it('CRD-18: written in full width it is the same document, as on the form and in a file', async () => {
    const customer = await aCreditCustomer()
    const sent = money(customer)
    expect((await erp!.post('/receipts', sent)).status).toBe(201)
    const wide = sent.document.replace(/[!-~]/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0))
    expect(wide).not.toBe(sent.document)
    const again = await erp!.post('/receipts', { ...sent, document: wide })
    expect([again.status, again.body.document]).toEqual([200, sent.document])
  })

  it('CRD-18: fifty times the same document at once is one', { timeout: 60_000 }, async () => {
    const customer = await aCreditCustomer()
    const sent = money(customer)
    const answers = await Promise.all(Array.from({ length: 50 }, () => erp!.post('/receipts', sent)))
    const counted = [201, 200].map((status) => answers.filter((one) => one.status === status).length)
    expect(counted).toEqual([1, 49])
    expect(await db.receipt.count({ where: { customerId: customer.id } })).toBe(1)
  })

  it('CRD-09: money for a held release lets it out, and says so', async () => {
    const customer = await worth('100.00')
    const held = await aRelease(customer, { amount: '400.00' })
    expect(held.state).toBe('held')
    const answer = await erp!.post('/receipts', money(customer, { amount: '400.00', release: held.number }))
    expect([answer.status, answer.body.released]).toEqual([201, [held.number]])
    const after = await erp!.get(`/releases/${held.number}`)
    expect([after.status, after.body]).toMatchObject([200, { state: 'released', holds: [] }])
  })

  it('AUD-01: the trail names the person and the token', async () => {
    const customer = await aCreditCustomer()
    await erp!.post('/receipts', money(customer))
    const [line] = await db.auditEntry.findMany({
      where: { subject: `customer:${customer.id}`, action: 'receipt.entered' },
    })
    expect(line).toMatchObject({
      actorId: people.finance.id,
      actorName: `${people.finance.name} · 云梦账房 ${ofFinance.prefix}`,
      after: { source: 'api' },
    })
  })
})

describe('releases and shipments', () => {
  it('CRD-06, CRD-18: an order is released or held with its rules, and asked again it is the same', async () => {
    const customer = await worth('1000.00')
    const order = { document: documentNumber('DD'), customer: customer.number, amount: '600.00', goods: '冷库门 4 樘' }
    const first = await seller!.post('/releases', order)
    expect([first.status, first.body]).toMatchObject([
      201,
      { state: 'released', short: '0.00', document: order.document },
    ])
    const again = await seller!.post('/releases', order)
    expect([again.status, again.body.number]).toEqual([200, first.body.number])
    expect((await seller!.post('/releases', { ...order, amount: '600.01' })).status).toBe(409)
    const more = await seller!.post('/releases', { ...order, document: documentNumber('DD') }, { language: 'en' })
    expect(more.body).toMatchObject({ state: 'held', short: '200.00', holds: [{ rule: 'CRD-06', hold: 'over' }] })
    expect(more.body.holds[0]!.message).toMatch(/^Over the available credit: Ask for an override/)
    const read = await seller!.get(`/customers/${customer.number.toLowerCase()}/credit`)
    expect(read.body).toMatchObject({
      limit: '1000.00',
      exposure: '600.00',
      available: '400.00',
      lines: { released: '600.00' },
    })
  })

  it('CRD-18: an order that two customers claim at once is one of them', async () => {
    const [one, two] = [await worth('900.00'), await worth('900.00')]
    const document = documentNumber('DD')
    const answers = await Promise.all(
      [one, two].map(({ number }) =>
        seller!.post('/releases', { document, customer: number, amount: '5.00', goods: '灯笼' }),
      ),
    )
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409])
  })

  it('CRD-13: goods leave against their release, once, for at most its amount', async () => {
    const customer = await worth('1000.00')
    const release = await aRelease(customer, { amount: '300.00' })
    const goods = { document: documentNumber('CK'), release: release.number, amount: '250.00', shippedOn: daysAgo(0) }
    const over = await warehouse!.post('/shipments', { ...goods, amount: '300.01' })
    expect([over.status, reasons(over)]).toEqual([422, [['CRD-13', 'amount']]])
    const sent = await warehouse!.post('/shipments', goods)
    expect([sent.status, sent.body]).toMatchObject([
      201,
      { release: release.number, customer: customer.number, amount: '250.00' },
    ])
    expect((await warehouse!.post('/shipments', goods)).status).toBe(200)
    expect((await warehouse!.post('/shipments', { ...goods, amount: '249.00' })).status).toBe(409)
    const second = await warehouse!.post('/shipments', { ...goods, document: documentNumber('CK') })
    expect([second.status, reasons(second)[0]![0]]).toEqual([409, 'CRD-13'])
    expect((await figureOf(customer)).exposure).toBe(25_000)
    expect(await db.shipment.findUnique({ where: { document: goods.document } })).toMatchObject({
      source: 'api',
      releaseId: release.id,
    })
  })

  it('CRD-13, CRD-18: a document of one release is not taken for another one’s goods', async () => {
    const customer = await worth('1000.00')
    const [one, other] = [
      await aRelease(customer, { amount: '300.00' }),
      await aRelease(customer, { amount: '300.00' }),
    ]
    const goods = { document: documentNumber('CK'), release: one.number, amount: '300.00', shippedOn: daysAgo(0) }
    expect((await warehouse!.post('/shipments', goods)).status).toBe(201)
    const answer = await warehouse!.post('/shipments', { ...goods, release: other.number })
    expect([answer.status, reasons(answer)]).toEqual([409, [['CRD-18', 'document']]])
    expect((await warehouse!.get(`/releases/${other.number}`)).body.state).toBe('released')
    const { release: _, ...history } = goods
    const told = await erp!.post('/shipments', { ...history, customer: customer.number })
    expect([told.status, told.body]).toMatchObject([200, { release: one.number }])
  })

  it('CRD-09, CRD-18: an order that was reduced meanwhile is still the same; one of other goods is not', async () => {
    const customer = await worth('100.00')
    const order = { document: documentNumber('DD'), customer: customer.number, amount: '400.00', goods: '冷库门 4 樘' }
    const { body } = await seller!.post('/releases', order)
    const release = await db.release.findUniqueOrThrow({ where: { number: body.number } })
    const sales = await actorOf(people.sales)
    await payPart(sales, release.id, { version: release.version, amount: '100.00' }, now())
    const again = await seller!.post('/releases', order)
    expect([again.status, again.body]).toMatchObject([200, { number: body.number, amount: '100.00' }])
    expect((await seller!.post('/releases', { ...order, goods: '灯笼' })).status).toBe(409)
  })

  it('CRD-13: the warehouse reads a release and no figure of its customer’s credit', async () => {
    const { release } = await heldOver('3000.00', '3500.00')
    expect((await signed(release, 'first')).state).toBe('released')
    expect((await warehouse!.get(`/releases/${release.number}`)).body).toMatchObject({ state: 'released', short: null })
    expect((await seller!.get(`/releases/${release.number}`)).body.short).toBe('500.00')
  })

  it('CRD-13: without a release nothing ships any more, whoever sends it', async () => {
    const customer = await worth('1000.00')
    await aRelease(customer, { amount: '1.00' })
    const goods = {
      document: documentNumber('CK'),
      customer: customer.number,
      amount: '5.00',
      shippedOn: daysAgo(0),
      goods: '灯笼',
    }
    const answer = await erp!.post('/shipments', goods)
    expect([answer.status, reasons(answer)]).toEqual([422, [['CRD-13', 'shippedOn']]])
    // Nor is it the warehouse's to write history, nor the ledger's to open the gate.
    expect((await warehouse!.post('/shipments', goods)).status).toBe(403)
    const history = await erp!.post('/shipments', { ...goods, shippedOn: daysAgo(300) })
    expect([history.status, history.body.open]).toEqual([201, '5.00'])
  })

  it('CRD-20: what no longer passes at the gate is held again, and the answer says why', async () => {
    const customer = await worth('1000.00')
    const release = await aRelease(customer, { amount: '300.00' })
    await shipped(customer, { amount: '1.00', on: daysAgo(31) })
    const answer = await warehouse!.post('/shipments', {
      document: documentNumber('CK'),
      release: release.number,
      amount: '300.00',
      shippedOn: daysAgo(0),
    })
    expect([answer.status, reasons(answer)[0], answer.body.release]).toMatchObject([
      409,
      ['CRD-05', 'release'],
      { state: 'held' },
    ])
    // Held, it is not the warehouse's to see.
    expect((await warehouse!.get(`/releases/${release.number}`)).status).toBe(404)
    expect((await seller!.get(`/releases/${release.number}`)).body).toMatchObject({
      state: 'held',
      holds: [{ rule: 'CRD-05' }],
    })
  })

  it('CRD-13: a release of somebody else’s goods is refused', async () => {
    const [one, other] = [await worth('1000.00'), await worth('1.00')]
    const release = await aRelease(one, { amount: '300.00' })
    const goods = { document: documentNumber('CK'), release: release.number, amount: '3.00', shippedOn: daysAgo(0) }
    const answer = await warehouse!.post('/shipments', { ...goods, customer: other.number })
    expect([answer.status, reasons(answer)]).toEqual([422, [['CRD-13', 'customer']]])
  })
})

describe('a list', () => {
  it('CRD-18: each document has its own outcome, and none hinders another', async () => {
    const customer = await aCreditCustomer()
    const good = money(customer)
    const list = [
      good,
      money(customer, { amount: 5 }),
      money({ number: 'K19000000000' }),
      good,
      money(customer, { amount: '7.00' }),
    ]
    const { status, body } = await erp!.post('/receipts', list)
    expect(status).toBe(207)
    const results = body.results as { status: number; number?: string; errors?: { field: string }[] }[]
    expect(results.map((one) => one.status)).toEqual([201, 422, 404, 200, 201])
    expect([results[3]!.number, results[1]!.errors![0]!.field]).toEqual([results[0]!.number, 'amount'])
    expect(await db.receipt.count({ where: { customerId: customer.id } })).toBe(2)
  })

  it('CRD-18: none, or more than five hundred, are not taken', async () => {
    for (const list of [[], Array.from({ length: 501 }, () => 1)])
      expect((await erp!.post('/receipts', list)).status).toBe(422)
    // Orders come one by one.
    expect((await seller!.post('/releases', [])).status).toBe(422)
  })
})
