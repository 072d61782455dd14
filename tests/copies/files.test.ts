import { createHash } from 'node:crypto'
import sharp from 'sharp'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { beforeAll, describe, expect, it } from 'vitest'
import { makeCopies } from '../../src/copies/making.ts'
import { permitFor } from '../../src/copies/queries.ts'
import { db, pool } from '../../src/db.ts'
import { now } from '../../src/lib/clock.ts'
import { dateTimeText } from '../../src/lib/dates.ts'
import { NotFound } from '../../src/lib/refused.ts'
import { officeOf } from '../files/samples.ts'
import { acknowledged, agreed } from '../support/archive.ts'
import { signIn, type Browser } from '../support/browser.ts'
import { ownDatabase } from '../support/connected.ts'
import type { Cast } from '../support/cast.ts'
import { textOf } from '../support/pdf.ts'
import { actorOf, make, refusalOf, theCast } from '../support/make.ts'
import { admitted, askedFor, contentFor, dayFrom, made, pdfWith, permitted } from './desk.ts'

// Who signs is whoever holds a role: here nobody else does.
await ownDatabase('copy_files')

let people: Cast
let pdf: Buffer
beforeAll(async () => {
  await admitted()
  people = await theCast()
  pdf = await pdfWith(2)
})

const bytesOf = (response: { body: unknown }) => response.body as Buffer
const get = (browser: Browser, url: string) => browser.agent.get(url).set('Host', browser.host).buffer(true)
const fileOf = ({ number, numbers }: { number: string; numbers: string[] }, at = 0) =>
  `/copies/${number}/made/${numbers[at]}/file`

async function textsOf(bytes: Buffer): Promise<string[]> {
  const doc = await getDocument({ data: new Uint8Array(bytes), useSystemFonts: false, verbosity: 0 }).promise
  const pages = Array.from({ length: doc.numPages }, async (_, at) => {
    const { items } = await (await doc.getPage(at + 1)).getTextContent()
    return items.map((item) => ('str' in item ? item.str : '')).join('')
  })
  return Promise.all(pages)
}

const readingsOf = async (itemId: bigint) =>
  (
    await pool.query<{ way: string; staff_id: string; n: number }>(
      'select way, staff_id, n from item_reading where item_id = $1 order by id',
      [itemId],
    )
  ).rows

describe('ARC-13: the numbered copy', () => {
  it('every page of a PDF of twelve carries number, holder, permit, mark and time; the original stays as it is', async () => {
    const copy = await made({ secrecy: 'secret', bytes: await pdfWith(12) })
    const sales = await signIn(people.sales)
    const answer = await get(sales, fileOf(copy))
    expect(answer.status).toBe(200)
    const bytes = bytesOf(answer)
    const texts = await textsOf(bytes)
    expect(texts).toHaveLength(12)
    const { madeAt } = await db.numberedCopy.findUniqueOrThrow({ where: { number: copy.numbers[0]! } })
    for (const [at, text] of texts.entries())
      for (const said of [
        copy.numbers[0]!,
        copy.number,
        '玄圃书院 王某',
        '商密·秘密',
        dateTimeText(madeAt),
        '复印、转交须另行批准',
        `第 ${at + 1} 页，共 12 页`,
        `leaf ${at + 1}`,
      ])
        expect(text).toContain(said)
    const kept = await db.numberedCopy.findUniqueOrThrow({ where: { number: copy.numbers[0]! } })
    expect(kept.sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
    expect(kept.pages).toBe(12)
    expect(await readingsOf(copy.item.id)).toEqual([{ way: 'download', staff_id: String(people.sales.id), n: 1 }])
  })

  it('is handed out once, however many ask at the same moment, and never again', async () => {
    const copy = await made({ bytes: pdf })
    const sales = await signIn(people.sales)
    const answers = await Promise.all([1, 2, 3, 4].map(() => get(sales, fileOf(copy))))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 422, 422, 422])
    const again = await get(sales, fileOf(copy))
    expect(again.status).toBe(422)
    expect(String(again.text)).toContain('已经取走，只能取一次')
    expect(await readingsOf(copy.item.id)).toHaveLength(1)
  })

  it('of pictures each page is a sheet with its marks', async () => {
    const bytes = await sharp({ create: { width: 900, height: 500, channels: 3, background: '#8aa' } })
      .png()
      .toBuffer()
    const copy = await made({ way: 'print', bytes, type: 'image/png' })
    const archivist = await signIn(people.archivist)
    const [text, ...more] = await textsOf(bytesOf(await get(archivist, fileOf(copy))))
    expect(more).toEqual([])
    for (const said of [copy.numbers[0]!, copy.number, '玄圃书院']) expect(text).toContain(said)
    expect(await readingsOf(copy.item.id)).toMatchObject([{ way: 'print', staff_id: String(people.archivist.id) }])
  })

  it('a broken or encrypted PDF is refused before a number is used up', async () => {
    const broken = Buffer.concat([pdf.subarray(0, Math.floor(pdf.length / 2)), Buffer.from('\n%%EOF')])
    const encrypted = await encryptedPdf()
    for (const [bytes, reason] of [
      [broken, 'broken'],
      [encrypted, 'encrypted'],
    ] as const) {
      const permit = await permitted({ bytes })
      const sales = await actorOf(people.sales)
      const making = makeCopies(sales, await permitFor(sales, permit.number), { item: permit.item.number, n: 1 }, now())
      expect(await refusalOf(making)).toEqual([`ARC-13 copies:refused.${reason}`])
      expect(await db.numberedCopy.count({ where: { permitId: permit.id } })).toBe(0)
    }
  })

  it('what cannot be marked gets a cover sheet, which shows all of it and nothing of the content', async () => {
    const bytes = officeOf('docx')
    const type = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
    const copy = await made({ way: 'print', bytes, type })
    const archivist = await signIn(people.archivist)
    expect((await get(archivist, fileOf(copy))).status).toBe(422)
    const cover = await get(archivist, `/copies/${copy.number}/made/${copy.numbers[0]}/cover.pdf`)
    const text = textOf(bytesOf(cover))
    for (const said of [copy.numbers[0]!, copy.number, '玄圃书院 王某', '商密·秘密', copy.item.number])
      expect(text).toContain(said)
  })

  it('the version is the one the copy was made of, though a newer one came since', async () => {
    const copy = await made({ bytes: await pdfWith(3) })
    await contentFor(copy.item, await pdfWith(5))
    const sales = await signIn(people.sales)
    expect(await textsOf(bytesOf(await get(sales, fileOf(copy))))).toHaveLength(3)
  })
})

describe('ARC-13, ARC-06: a permit is good as things were when it was given', () => {
  const tries = async (change: (copy: Awaited<ReturnType<typeof made>>) => Promise<unknown>) => {
    const copy = await made({ bytes: pdf, copies: 2 })
    await change(copy)
    const [sales, actor] = [await signIn(people.sales), await actorOf(people.sales)]
    const more = makeCopies(actor, await permitFor(actor, copy.number), { item: copy.item.number, n: 1 }, now())
    const refused = await more.then(
      () => [],
      (error: unknown) => (error instanceof NotFound ? ['not found'] : refusalOf(Promise.reject(error as Error))),
    )
    const file = await get(sales, fileOf(copy))
    expect(await db.numberedCopy.count({ where: { permitId: copy.id } })).toBe(1)
    expect((await readingsOf(copy.item.id)).filter(({ way }) => way !== 'refused')).toEqual([])
    return [refused, file.status]
  }

  it('the customer is out of the applicant’s reach', async () => {
    const other = await make.staff([{ role: 'sales' }])
    const moved = ({ customer }: { customer: { id: bigint } }) =>
      pool.query('update customer set owner_id = $2 where id = $1', [customer.id, other.id])
    expect(await tries(moved)).toEqual([['not found'], 404])
  })

  it('the level was raised', async () => {
    const raised = ({ item }: { item: { id: bigint } }) =>
      pool.query(`update archive_item set secrecy = 'top_secret', keeper_id = $2 where id = $1`, [
        item.id,
        people.cs_manager.id,
      ])
    expect(await tries(raised)).toEqual([['ARC-13 copies:refused.raised'], 422])
  })

  it('its day is over', async () => {
    const over = ({ id }: { id: bigint }) =>
      pool.query(`update copy_permit set due_on = due_on - 30 where id = $1`, [id])
    expect(await tries(over)).toEqual([['ARC-13 copies:refused.permitOver'], 422])
  })
})

describe('ARC-13: without a permit, on no path', () => {
  it('waiting, or another’s: no copy is made and no file comes', async () => {
    const waiting = await askedFor({ bytes: pdf })
    const sales = await signIn(people.sales)
    const page = await sales.visit(`/copies/${waiting.number}`)
    expect(page.$('form[action$="/made"]')).toHaveLength(0)
    const fields = await sales.fieldsOf(`/tasks/new`)
    const sent = await sales.post(`/copies/${waiting.number}/made`, {
      _csrf: fields['_csrf']!,
      item: waiting.item.number,
      n: '1',
    })
    expect(sent.status).toBe(422)
    expect(sent.text).toContain('没有批准')
    expect(await db.numberedCopy.count({ where: { permitId: waiting.id } })).toBe(0)
    const copy = await made({ bytes: pdf })
    for (const [who, status] of [
      ['front_desk', 404],
      ['finance', 404],
      ['archivist', 403],
      ['cs_manager', 403],
      ['info_supervisor', 403],
      ['auditor', 403],
    ] as const) {
      const other = await signIn(people[who])
      expect([who, (await get(other, fileOf(copy))).status]).toEqual([who, status])
    }
    expect(await readingsOf(copy.item.id)).toEqual([])
    const guessed = await get(sales, `/copies/${waiting.number}/made/${copy.numbers[0]}/file`)
    expect(guessed.status).toBe(404)
    const other = await made({ bytes: pdf })
    expect((await get(sales, `/copies/${other.number}/made/${copy.numbers[0]}/file`)).status).toBe(404)
  })

  it('of a print, only the archive; the applicant does not fetch it', async () => {
    const copy = await made({ way: 'print', bytes: pdf })
    const sales = await signIn(people.sales)
    expect((await get(sales, fileOf(copy))).status).toBe(403)
    expect((await get(sales, `/copies/${copy.number}/made/${copy.numbers[0]}/cover.pdf`)).status).toBe(403)
  })

  it('ARC-19, PRV-14: nor for whoever has not acknowledged, or has no agreement any more', async () => {
    const person = await make.staff([{ role: 'front_desk' }])
    const browser = await signIn(person)
    expect((await get(browser, '/copies')).get('Location')).toContain('/acknowledgement')
    await acknowledged(person)
    await agreed(person)
    const copy = await made({ bytes: pdf })
    await pool.query('update copy_permit set applicant_id = $2 where id = $1', [copy.id, person.id])
    await pool.query('update agreement set ended_at = $2 where staff_id = $1', [person.id, now()])
    const refused = await get(browser, fileOf(copy))
    expect(refused.status).toBe(422)
    expect(refused.text).toContain('保密协议')
    expect(await db.numberedCopy.count({ where: { permitId: copy.id, sha256: null } })).toBe(1)
  })

  it('the list goes on page after page and says how many there are in all', async () => {
    const copy = await made({ way: 'photocopy', medium: 'paper' })
    const { item } = copy
    const mark = `${process.env['VITEST_POOL_ID'] ?? 0}${Date.now() % 1e8}`
    await pool.query(
      `insert into numbered_copy (number, permit_id, item_id, customer_id, pages, holder, made_at, made_by_id, due_at)
       select 'FB2020' || $2 || lpad(n::text, 3, '0'), permit_id, item_id, customer_id, 1, holder, made_at, made_by_id, due_at
       from numbered_copy, generate_series(1, 60) n where number = $1`,
      [copy.numbers[0], mark],
    )
    const archivist = await signIn(people.archivist)
    const first = await archivist.visit(`/copies?item=${item.number}`)
    expect(first.$('#list tbody tr')).toHaveLength(50)
    expect(first.$('.pager').text()).toContain('61 条')
    expect(first.$('.pager a[rel=prev]')).toHaveLength(0)
    const second = await archivist.visit(first.$('.pager a[rel=next]').attr('href')!)
    expect(second.$('#list tbody tr')).toHaveLength(11)
    expect(second.$('.pager a[rel=next]')).toHaveLength(0)
    expect(second.$('.pager a[rel=prev]').attr('href')).toBe(`/copies?item=${item.number}`)
    const numbers = [first, second].flatMap((page) =>
      page
        .$('#list tbody th')
        .toArray()
        .map((cell) => page.$(cell).text()),
    )
    expect(new Set(numbers).size).toBe(61)
  })

  it('the register leaves as CSV and PDF for those who read it, masked as on the page, and says so in the trail', async () => {
    const copy = await made({ way: 'photocopy', medium: 'paper', holder: '=cmd 方壶' })
    await pool.query(
      `update archive_item set secrecy = 'top_secret', keeper_id = $2, title = '不可说的底账' where id = $1`,
      [copy.item.id, people.info_supervisor.id],
    )
    const archivist = await signIn(people.archivist)
    const csv = await get(archivist, '/copies/register.csv')
    expect(csv.text).toContain(copy.numbers[0]!)
    expect(csv.text).toContain(copy.item.number)
    expect(csv.text).not.toContain('不可说的底账')
    expect(csv.text).toContain(`'=cmd 方壶`)
    const supervisor = await signIn(people.info_supervisor)
    expect((await get(supervisor, '/copies/register.csv')).text).toContain('不可说的底账')
    expect((await get(supervisor, '/copies/register.pdf')).status).toBe(200)
    for (const who of ['sales', 'front_desk', 'finance'] as const)
      for (const path of ['/copies/register.csv', '/copies/register.pdf'])
        expect([who, (await get(await signIn(people[who]), path)).status]).toEqual([who, 403])
    const { rows } = await pool.query(`select after from audit_entry where action = 'copy.register_exported'`)
    expect(rows.length).toBeGreaterThanOrEqual(3)
  })
})

async function encryptedPdf(): Promise<Buffer> {
  const { PDFDocument } = await import('@cantoo/pdf-lib')
  const doc = await PDFDocument.create()
  doc.addPage([300, 300])
  doc.setTitle(dayFrom(0) + Math.random())
  doc.encrypt({ userPassword: 'yuque', ownerPassword: 'yuque-2' })
  return Buffer.from(await doc.save())
}
