import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { suggestLedger } from '../../src/credit/importing/columns.ts'
import { readLedgerRow } from '../../src/credit/importing/rows.ts'
import { db, pool } from '../../src/db.ts'
import { signIn, type Browser, type Page } from '../support/browser.ts'
import { aCreditCustomer, aRelease, daysAgo, figureOf, releaseOf, shipped } from '../support/credit.ts'
import { make, theCast } from '../support/make.ts'
import { runImports } from '../imports/people.ts'

let finance: Browser
beforeAll(async () => {
  finance = await signIn(await make.staff([{ role: 'finance' }, { role: 'logistics' }]))
})

const slow = { timeout: 60_000 }
let serial = 0
const unique = (prefix: string) => `${prefix}${process.env.VITEST_POOL_ID ?? 0}${Date.now().toString(36)}${serial++}`
const numberIn = (page: Page) => /I\d{10}/.exec(page.url)![0]

type Subject = 'shipments' | 'receipts'
const send = (subject: Subject, lines: string[], by = finance) =>
  by.submit('/imports/new', { subject, file: Buffer.from(lines.join('\n')), again: 'on' })

/** A file comes in through the form, with its columns as suggested; answers with what became of each row. */
async function bring(subject: Subject, lines: string[], by = finance) {
  const number = numberIn(await send(subject, lines, by))
  await by.submit(`/imports/${number}/columns`, { act: 'start' })
  await runImports()
  const rows = await db.customerImportRow.findMany({
    where: { import: { number } },
    orderBy: { line: 'asc' },
    select: { outcome: true, findings: true, document: true },
  })
  return rows.map(({ outcome, findings, document }) => ({
    outcome,
    document,
    why: ((findings ?? []) as { rule: string; reason: string }[]).map(({ rule, reason }) => `${rule} ${reason}`),
  }))
}

const receiptsHead = '客户编号,单据号,收款金额,收款日期,付款人,收款方式,放行单号'
const shipmentsHead = '客户编号,出库单号,价税合计,发货日期,品名,发票号码,放行单号'

describe('CRD-18: receipts from a spreadsheet', slow, () => {
  it('stand in the ledger, pay the oldest goods, and say of each row what became of it', async () => {
    const customer = await aCreditCustomer()
    await shipped(customer, { amount: '1000.00', on: daysAgo(9) })
    const [one, two] = [unique('HKD'), unique('HKD')]
    const found = await bring('receipts', [
      receiptsHead,
      `${customer.number},${one},"400.00",${daysAgo(1).replaceAll('-', '/')},瑶池贸易,电汇,`,
      `${customer.number},${one},400.00,${daysAgo(1)},瑶池贸易,电汇,`,
      `${customer.number},${one},401.00,${daysAgo(1)},,,`,
      `K1900000000,${two},1.00,${daysAgo(1)},,,`,
      `${customer.number},${two},-5,${daysAgo(1)},,,`,
      `${customer.number},${two},1.00,${daysAgo(-1)},,,`,
      `${customer.number},,1.00,昨天,,,`,
    ])
    expect(found.map(({ outcome }) => outcome)).toEqual([
      'imported',
      'duplicate',
      'rejected',
      'rejected',
      'rejected',
      'rejected',
      'rejected',
    ])
    expect(found.map(({ why }) => why)).toEqual([
      [],
      ['CRD-18 ledgerImports:finding.known'],
      ['CRD-18 credit:refused.documentOtherwise'],
      ['CRD-18 ledgerImports:finding.noSuchCustomer'],
      ['CRD-18 ledgerImports:finding.negative'],
      ['CRD-20 credit:refused.future'],
      ['CRD-18 ledgerImports:finding.day', 'CRD-18 ledgerImports:finding.noDocument'],
    ])
    expect(await figureOf(customer)).toMatchObject({ owed: 60_000, unallocated: 0 })
    const kept = await db.receipt.findUniqueOrThrow({ where: { document: one } })
    expect(kept).toMatchObject({
      number: found[0]!.document,
      source: 'import',
      payer: '瑶池贸易',
      way: 'transfer',
      late: true,
    })
  })

  it('CRD-09: money for a held release lets it out', async () => {
    const customer = await aCreditCustomer()
    await shipped(customer, { amount: '1000.00', on: daysAgo(5) })
    const held = await aRelease(customer, { amount: '300.00' })
    const row = `${customer.number},${unique('HKD')},300.00,${daysAgo(0)},,现金,${held.number}`
    expect(await bring('receipts', [receiptsHead, row])).toMatchObject([{ outcome: 'imported' }])
    expect(await releaseOf(held)).toMatchObject({ state: 'released', ground: 'cash' })
  })

  it('CRD-18: while it waits for one account, nobody waits for the numbers of others', async () => {
    const [one, other] = [await aCreditCustomer(), await aCreditCustomer()]
    const row = ({ number }: { number: string }) => `${number},${unique('HKD')},5.00,${daysAgo(1)},,,`
    const person = await pool.connect()
    await person.query('begin')
    await person.query('select from customer where id = $1 for no key update', [other.id])
    const brought = bring('receipts', [receiptsHead, row(one), row(other)])
    await expect
      .poll(async () => (await pool.query('select from pg_locks where not granted')).rowCount, { timeout: 20_000 })
      .toBeGreaterThan(0)
    await person.query(`set local lock_timeout = '500ms'`)
    const numbered = await person
      .query('update number_counter set last = last where kind = $1', ['receipt'])
      .then(() => true)
      .catch(() => false)
    await person.query('rollback')
    person.release()
    expect(numbered).toBe(true)
    expect((await brought).map(({ outcome }) => outcome)).toEqual(['imported', 'imported'])
  })

  it('the preview tells the same before anything is written', async () => {
    const customer = await aCreditCustomer()
    const page = await send('receipts', [
      receiptsHead,
      `${customer.number},${unique('HKD')},"1,400.00",${daysAgo(1)},,,`,
      `${customer.number},${unique('HKD')},x,${daysAgo(1)},,,`,
    ])
    expect(page.url).toMatch(/\/columns$/)
    const rows = page
      .$('#preview tbody tr')
      .toArray()
      .map((row) => page.$(row).text())
    expect(rows[0]).toMatch(/会导入.*1,400\.00/)
    expect(rows[1]).toMatch(/不合格，不会导入.*金额看不懂/)
    expect(await db.receipt.count({ where: { customerId: customer.id } })).toBe(0)
  })
})

describe('CRD-13: shipments from a spreadsheet', slow, () => {
  it('go out against their release once, and without one only from before the first', async () => {
    const customer = await aCreditCustomer()
    await shipped(customer, { amount: '1000.00', on: daysAgo(5), unpaid: false })
    const release = await aRelease(customer, { amount: '300.00' })
    const held = await aRelease(customer, { amount: '900.00' })
    const [one, two] = [unique('XSD'), unique('XSD')]
    const of = (document: string, amount: string, on: string, number = '') =>
      `${customer.number},${document},${amount},${on},冷库门,FP1,${number}`
    const found = await bring('shipments', [
      shipmentsHead,
      of(one, '300.00', daysAgo(0), release.number),
      of(one, '300.00', daysAgo(0), release.number),
      of(two, '100.00', daysAgo(0)),
      of(two, '100.00', daysAgo(0), release.number),
      of(two, '900.00', daysAgo(0), held.number),
      of(two, '900.00', daysAgo(0), 'FX1999000001'),
      of(two, '80.00', '2020-01-05'),
    ])
    expect(found.map(({ outcome }) => outcome)).toEqual([
      'imported',
      'duplicate',
      'rejected',
      'rejected',
      'rejected',
      'rejected',
      'imported',
    ])
    expect(found.slice(2, 6).flatMap(({ why }) => why)).toEqual([
      'CRD-13 credit:refused.noRelease',
      'CRD-13 credit:refused.state',
      'CRD-13 credit:refused.state',
      'CRD-13 credit:refused.noSuchRelease',
    ])
    expect(await releaseOf(release)).toMatchObject({ state: 'shipped' })
  })

  it('CRD-13, CRD-18: a document of one release is not known for another one’s goods', async () => {
    const customer = await aCreditCustomer()
    await shipped(customer, { amount: '1000.00', on: daysAgo(5), unpaid: false })
    const [release, other] = [
      await aRelease(customer, { amount: '300.00' }),
      await aRelease(customer, { amount: '300.00' }),
    ]
    const document = unique('XSD')
    const of = (number: string) => `${customer.number},${document},300.00,${daysAgo(0)},冷库门,,${number}`
    const found = await bring('shipments', [shipmentsHead, of(release.number), of(''), of(other.number)])
    expect(found.map(({ outcome }) => outcome)).toEqual(['imported', 'duplicate', 'rejected'])
    expect(found[2]!.why).toEqual(['CRD-18 credit:refused.documentOtherwise'])
    expect(await releaseOf(other)).toMatchObject({ state: 'released' })
  })

  it('CRD-13: finance alone confirms no release by a file, as by no form and no call; nothing leaves', async () => {
    const customer = await aCreditCustomer()
    await shipped(customer, { amount: '1000.00', on: daysAgo(5), unpaid: false })
    const release = await aRelease(customer, { amount: '300.00' })
    const document = unique('XSD')
    const row = `${customer.number},${document},300.00,${daysAgo(0)},冷库门,,${release.number}`
    const alone = await signIn((await theCast()).finance)
    expect(await bring('shipments', [shipmentsHead, row], alone)).toMatchObject([
      { outcome: 'rejected', why: ['CRD-13 ledgerImports:finding.warehouse'] },
    ])
    expect(await releaseOf(release)).toMatchObject({ state: 'released', version: release.version })
    expect(await db.shipment.count({ where: { document } })).toBe(0)
  })

  it('CRD-20: the check at shipping stands in its way, too, and the hold stays', async () => {
    const customer = await aCreditCustomer()
    await shipped(customer, { amount: '1000.00', on: daysAgo(5), unpaid: false })
    const release = await aRelease(customer, { amount: '300.00' })
    await shipped(customer, { amount: '5.00', on: daysAgo(40) })
    const row = `${customer.number},${unique('XSD')},300.00,${daysAgo(0)},冷库门,,${release.number}`
    expect(await bring('shipments', [shipmentsHead, row])).toMatchObject([
      { outcome: 'rejected', why: ['CRD-20 ledgerImports:finding.held'] },
    ])
    expect(await releaseOf(release)).toMatchObject({ state: 'held', holds: ['overdue'] })
  })

  it('CRD-16: is not taken back as a whole, and is nobody’s who sees no credit', async () => {
    const customer = await aCreditCustomer()
    const number = numberIn(
      await send('shipments', [shipmentsHead, `${customer.number},${unique('XSD')},1.00,2020-02-03,,,`]),
    )
    await finance.submit(`/imports/${number}/columns`, { act: 'start' })
    await runImports()
    const page = await finance.visit(`/imports/${number}`)
    expect(page.$('main').text()).toContain('不能撤销')
    expect((await finance.visit(`/imports/${number}/undo`)).status).toBe(403)
    const archivist = await signIn((await theCast()).archivist)
    expect((await archivist.visit(`/imports/${number}`)).status).toBe(404)
  })
})

describe('CRD-18: who, and which columns', slow, () => {
  it('PPL-01: customers of finance’s place alone, and only who records documents by hand brings them', async () => {
    const elsewhere = await make.staff([{ role: 'finance', department: '城东营业部' }])
    const customer = await aCreditCustomer()
    const there = await signIn(elsewhere)
    const file = Buffer.from([receiptsHead, `${customer.number},${unique('HKD')},1.00,${daysAgo(1)},,,`].join('\n'))
    const page = await there.submit('/imports/new', { subject: 'receipts', file, again: 'on' })
    expect(page.$('#preview tbody tr').text()).toContain('不是你可以登记的客户')
    const desk = await signIn(await make.staff([{ role: 'front_desk' }]))
    const refused = await desk.submit('/imports/new', { subject: 'receipts', file, again: 'on' })
    expect(refused.status).toBe(422)
    expect(refused.$('main').text()).toContain('这一类不由你导入')
  })

  it('PPL-01: whose own customers’ credit is all they see does not open finance’s files, whatever imports they see', async () => {
    const customer = await aCreditCustomer()
    const number = numberIn(
      await send('receipts', [receiptsHead, `${customer.number},${unique('HKD')},1.00,${daysAgo(1)},,,`]),
    )
    const both = await signIn(await make.staff([{ role: 'sales' }, { role: 'info_supervisor' }]))
    expect((await both.visit(`/imports/${number}`)).status).toBe(404)
    expect((await both.visit('/imports')).$('main').text()).not.toContain(number)
    expect((await finance.visit(`/imports/${number}`)).status).toBe(200)
  })

  it('a file without amounts is not started, and says which column is missing', async () => {
    const number = numberIn(await send('receipts', ['客户编号,单据号,收款日期', 'K1,a,2020-01-01']))
    const page = await finance.submit(`/imports/${number}/columns`, { act: 'start' })
    expect(page.status).toBe(422)
    expect(page.$('.errors').text()).toContain('没有一列是金额')
  })

  it('a template has the columns that are understood', async () => {
    for (const subject of ['shipments', 'receipts'] as const) {
      const file = await finance.visit(`/imports/templates/${subject}.xlsx`)
      expect(file.status).toBe(200)
    }
    const { rows } = await pool.query<{ n: string }>(
      `select count(*) as n from import_mapping where header like 'receipts %'`,
    )
    expect(Number(rows[0]!.n)).toBeGreaterThan(0)
  })
})

describe('CRD-18: a row', () => {
  const columns = suggestLedger('receipts', ['客户编号', '单据号', '金额', '日期'])

  it('titles are understood as other systems write them', () => {
    expect(suggestLedger('shipments', ['往来单位编码', '出库单号', '价税合计', '出库日期', '存货名称'])).toEqual([
      'customer',
      'document',
      'amount',
      'day',
      'goods',
    ])
    expect(
      suggestLedger('receipts', ['客户名称', '交易流水号', '到账金额', '到账日期', '对方户名', '出库备注']),
    ).toEqual(['customerName', 'document', 'amount', 'day', 'payer', null])
  })

  it('any amount to the fen and any day are read as they were written', () => {
    const day = fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99_999_999_999 }), day, (fen, at) => {
        const iso = at.toISOString().slice(0, 10)
        const [y, m, d] = iso.split('-').map(Number)
        const amount = `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`
        const { row, problems } = readLedgerRow(['K1', 'D1', amount, `${y}年${m}月${d}日`], columns, 'receipts')
        expect([row.amount, row.day, problems]).toEqual([amount, iso, []])
      }),
    )
  })

  it.each([
    ['0', '2020-01-01', 'amount'],
    ['1.234', '2020-01-01', 'amount'],
    ['=1+1', '2020-01-01', 'amount'],
    ['1.00', '2020-02-30', 'day'],
    ['1.00', '44000.5', 'day'],
    ['1.00', '0202-11-05', 'day'],
    ['1.00', '1926-11-03', 'day'],
  ])('%s on %s is refused at its %s', (amount, day, field) => {
    const { problems } = readLedgerRow(['K1', 'D1', amount, day], columns, 'receipts')
    expect(problems.map(({ column }) => columns[column!])).toEqual([field])
  })
})
