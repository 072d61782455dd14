import { PDFDocument } from '@cantoo/pdf-lib'
import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { pool } from '../../src/db.ts'
import { stampedPicture } from '../../src/archive/contents/stamping.ts'
import { bytesOf, fetchBytes, upload } from '../attachments/desk.ts'
import { pdfOf, pictureOf } from '../files/samples.ts'
import { acknowledged, agreed, anItem, windowOn } from '../support/archive.ts'
import { signIn, type Browser } from '../support/browser.ts'
import type { Cast } from '../support/cast.ts'
import { make, theCast } from '../support/make.ts'
import { archiveLines, pdfWords, readingsOf } from './desk.ts'

let people: Cast
let desk: Browser
beforeAll(async () => {
  people = await theCast()
  const { archivist, sales, cs_manager } = people
  await acknowledged(archivist, sales, cs_manager)
  await agreed(archivist, sales)
  desk = await signIn(archivist)
})

const at = (number: string) => `/archive/items/${number}`
const add = (number: string, content: Buffer | string, name: string) =>
  upload(desk, `${at(number)}/contents/new`, { content, name })

async function twoPages(): Promise<Buffer> {
  const document = await PDFDocument.create()
  document.addPage([400, 500])
  document.addPage([500, 400])
  return Buffer.from(await document.save())
}

describe('contents', () => {
  it('PRV-09: the page that takes them says that no state secret belongs here', async () => {
    const item = await anItem(await make.customer())
    const { $ } = await desk.visit(`${at(item.number)}/contents/new`)
    expect($('.callout').text()).toContain('国家秘密')
    expect($('.callout .rule-chip').text()).toContain('PRV-09')
  })

  it('ARC-05: a new version on top, the older ones as they were; nothing is written over', async () => {
    const customer = await make.customer()
    const item = await anItem(customer, { medium: 'electronic' })
    expect((await add(item.number, '茶,1\n', '账.csv')).status).toBe(303)
    expect((await add(item.number, '茶,2\n', '账 2.csv')).status).toBe(303)
    const same = await add(item.number, '茶,2\n', '账 3.csv')
    expect([same.status, same.text]).toEqual([422, expect.stringContaining('一模一样')])
    const files = await Promise.all([1, 2].map((n) => fetchBytes(desk, `${at(item.number)}/contents/${n}/file`)))
    expect(files.map((file) => bytesOf(file).toString())).toEqual(['茶,1\n', '茶,2\n'])
    const { $ } = await desk.visit(at(item.number))
    expect($('.file-versions > li')).toHaveLength(2)
    const added = (await archiveLines(customer.id)).filter(({ action }) => action === 'item.content_added')
    expect(added.map(({ after }) => after['n'])).toEqual([1, 2])
    expect(added[0]!.after).toMatchObject({
      name: '账.csv',
      type: 'text/plain',
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    await expect(pool.query('delete from item_version where item_id = $1', [item.id])).rejects.toThrow('stays as it is')
    await expect(pool.query('update item_version set n = 9 where item_id = $1', [item.id])).rejects.toThrow(
      'stays as it is',
    )
  })

  it('ARC-05: is judged by its content; what is not taken leaves nothing behind', async () => {
    const item = await anItem(await make.customer())
    const wrong = await add(item.number, '<svg onload=alert(1)>', '合同.pdf')
    expect(wrong.status).toBe(422)
    const { rows } = await pool.query('select 1 from item_version where item_id = $1', [item.id])
    expect(rows).toHaveLength(0)
  })

  it('ARC-05: a PDF is shown with its viewer, number and time on every page', async () => {
    const item = await anItem(await make.customer(), { secrecy: 'secret' })
    await add(item.number, await twoPages(), '合同.pdf')
    const shown = bytesOf(await fetchBytes(desk, `${at(item.number)}/contents/1/pdf`))
    const pages = await pdfWords(shown)
    expect(pages).toHaveLength(2)
    for (const page of pages)
      for (const word of [people.archivist.name, people.archivist.number, item.number]) expect(page).toContain(word)
    // PRV-09: the mark as it prints.
    expect(pages[0]).toContain('商密·秘密')
    expect(pages[0]).toMatch(/\d{4}-\d{2}-\d{2} \d{2}:\d{2}/)
    const { $ } = await desk.visit(at(item.number))
    expect($('[data-behaviour=pdf]').attr('data-file')).toBe(`${at(item.number)}/contents/1/pdf`)
  })

  it('ARC-05: a picture is shown with its viewer in it; no two viewers get the same', async () => {
    const customer = await make.customer()
    const item = await anItem(customer)
    await add(item.number, await pictureOf('png', 900, 600), '门头.png')
    const one = bytesOf(await fetchBytes(desk, `${at(item.number)}/contents/1/picture`))
    expect(await sharp(one).metadata()).toMatchObject({ format: 'jpeg', width: 900 })
    expect((await sharp(one).metadata()).exif).toBeUndefined()
    const plain = await pictureOf('jpeg', 900, 600)
    const [mine, other] = await Promise.all(['温知非 C7', '林知夏 C9'].map((words) => stampedPicture(plain, words)))
    expect(mine!.equals(other!)).toBe(false)
    // Ink all over it: every quarter differs from what was one colour before.
    for (const left of [0, 450])
      for (const top of [0, 300]) {
        const { channels } = await sharp(mine).extract({ left, top, width: 450, height: 300 }).stats()
        expect(channels[0]!.stdev).toBeGreaterThan(1)
      }
    const small = bytesOf(await fetchBytes(desk, `${at(item.number)}/contents/1/thumbnail`))
    expect((await sharp(small).metadata()).width).toBe(200)
    expect((await readingsOf(item.id)).map(({ way, n }) => [way, n])).toEqual([
      ['preview', 1],
      ['preview', 1],
    ])
  })

  it('ARC-13: the original of what is important is not downloaded, for that is copying', async () => {
    const item = await anItem(await make.customer(), { important: true })
    await add(item.number, pdfOf('底价'), '底价.pdf')
    const refused = await fetchBytes(desk, `${at(item.number)}/contents/1/file`)
    expect(refused.status).toBe(422)
    expect(bytesOf(refused).toString()).toContain('ARC-13')
    const { $ } = await desk.visit(at(item.number))
    expect($(`a[href$="/contents/1/file"]`)).toHaveLength(0)
    expect($('.why-nots').text()).toContain('ARC-13')
    expect($(`.why-nots a[href="/copies/new?item=${item.number}"]`)).toHaveLength(1)
    expect((await readingsOf(item.id)).map(({ way }) => way)).toEqual(['refused', 'page'])
  })

  it('ARC-07: opens in the window, names the window in the register, and shuts with it', async () => {
    const item = await anItem(await make.customer({ ownerId: people.sales.id }), { secrecy: 'secret' })
    await add(item.number, pdfOf('函'), '函.pdf')
    const sales = await signIn(people.sales)
    const address = `${at(item.number)}/contents/1/pdf`
    expect((await fetchBytes(sales, address)).status).toBe(422)
    const { id } = await windowOn(people.sales, [item])
    expect((await fetchBytes(sales, address)).status).toBe(200)
    await pool.query(`update viewing set ended_at = now() where id = $1`, [id])
    expect((await fetchBytes(sales, address)).status).toBe(422)
    const mine = (await readingsOf(item.id)).filter(({ staff_id }) => staff_id === String(people.sales.id))
    expect(mine.map(({ way, viewing_id }) => [way, viewing_id])).toEqual([
      ['refused', null],
      ['preview', String(id)],
      ['refused', null],
    ])
  })

  it('ARC-06: whether there is a content is told only to whom it opens', async () => {
    const item = await anItem(await make.customer({ ownerId: people.sales.id }), { secrecy: 'top_secret' })
    const sales = await signIn(people.sales)
    const ways = ['picture', 'thumbnail', 'pdf', 'file']
    const answers = await Promise.all(ways.map((way) => fetchBytes(sales, `${at(item.number)}/contents/1/${way}`)))
    expect(answers.map(({ status }) => status)).toEqual([422, 422, 422, 422])
    expect((await fetchBytes(desk, `${at(item.number)}/contents/1/pdf`)).status).toBe(404)
  })
})
