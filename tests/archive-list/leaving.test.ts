import { createHash } from 'node:crypto'
import { create } from 'qrcode'
import { beforeAll, describe, expect, it } from 'vitest'
import { labelQuery } from '../../src/archive/labels/forms.ts'
import { labelsOf } from '../../src/archive/labels/printing.ts'
import { labelledFor } from '../../src/archive/labels/queries.ts'
import { db } from '../../src/db.ts'
import { codeRuns } from '../../src/documents/code.ts'
import { renderDocument } from '../../src/documents/printer.ts'
import { now } from '../../src/lib/clock.ts'
import { acknowledged, anItem } from '../support/archive.ts'
import { signIn, type Browser } from '../support/browser.ts'
import type { Cast } from '../support/cast.ts'
import { actorOf, make, refusalOf, theCast } from '../support/make.ts'
import { pagesOf, textOf } from '../support/pdf.ts'
import { aCanary, aPlace, manyItems } from './shelf.ts'

let cast: Cast
let canary: Awaited<ReturnType<typeof aCanary>>
let browsers: Record<'auditor' | 'archivist' | 'general_manager', Browser>
beforeAll(async () => {
  cast = await theCast()
  canary = await aCanary()
  await acknowledged(cast.auditor, cast.archivist, cast.general_manager, cast.finance)
  browsers = {
    auditor: await signIn(cast.auditor),
    archivist: await signIn(cast.archivist),
    general_manager: await signIn(cast.general_manager),
  }
})

async function fetched(browser: Browser, path: string) {
  const response = await browser.agent
    .get(path)
    .buffer(true)
    .parse((answer, done) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('end', () => done(null, Buffer.concat(chunks)))
    })
  const name = /filename="?([^"]+)"?/.exec(response.get('content-disposition') ?? '')?.[1] ?? ''
  return { status: response.status, name, body: response.body as Buffer }
}

const all = 'cols=number.title.customer.type.state.place.pages.copies.dated.medium.keeper.volume.retention.remark'
const exported = (browser: Browser, search: string) =>
  fetched(browser, `/archive/export/file?keeper=${canary.keeper.number}&format=csv&${search}`)
const linesOf = (body: Buffer) => body.toString().replace('\uFEFF', '').trimEnd().split('\r\n')

describe('ARC-02: the index as a file', () => {
  it(
    'ARC-02: leaves as it is seen: number, mark and keeper of what one may not know',
    { timeout: 60_000 },
    async () => {
      const { body, name } = await exported(browsers.auditor, all)
      const [, line, foot] = linesOf(body)
      expect(line!.replace(/,+/g, ',')).toBe(`${canary.item.number},商密·机密,${canary.keeper.name},商密·机密`)
      for (const word of canary.told) expect(body.toString()).not.toContain(word)
      expect(foot).toContain(name.replace('.csv', ''))
      const knowing = await exported(browsers.general_manager, all)
      for (const word of [canary.title, canary.customer.name, '7-6-5', '2019-03-07', '玉兔批注'])
        expect(knowing.body.toString()).toContain(word)
    },
  )

  it('ARC-02: no condition lets out more rows than the page has', { timeout: 60_000 }, async () => {
    for (const search of [
      'type=report',
      `customer=${canary.customer.number}`,
      'sort=title',
      'place=7',
      'state=in_place',
    ])
      expect(linesOf((await exported(browsers.auditor, search)).body)).toHaveLength(2)
    expect(linesOf((await exported(browsers.general_manager, 'type=report')).body)).toHaveLength(3)
  })

  it(
    'CUS-15: has a number and is in the trail before its first byte and after its last',
    { timeout: 60_000 },
    async () => {
      const { keeper } = await manyItems(30)
      const { name, body } = await fetched(
        browsers.general_manager,
        `/archive/export/file?keeper=${keeper.number}&format=csv`,
      )
      expect(name).toMatch(/^E\d{10}\.csv$/)
      const lines = await db.auditEntry.findMany({
        where: { subject: `export:${name.split('.')[0]}` },
        orderBy: { id: 'asc' },
      })
      expect(lines).toMatchObject([
        { action: 'items.exported', after: { count: 30, query: `keeper=${keeper.number}` } },
        {
          action: 'items.export_finished',
          after: { rows: 30, sha256: createHash('sha256').update(body).digest('hex') },
        },
      ])
      const sheet = await fetched(browsers.general_manager, `/archive/export/file?keeper=${keeper.number}`)
      expect([sheet.name.endsWith('.xlsx'), sheet.body.subarray(0, 2).toString()]).toEqual([true, 'PK'])
    },
  )

  it('is for those who keep the registers, and says what leaves', async () => {
    const page = await browsers.general_manager.visit(`/archive/export?keeper=${canary.keeper.number}&type=report`)
    expect(page.$('main').text()).toContain('共 1 件')
    const other = await signIn(cast.finance)
    expect((await other.visit('/archive/export')).status).toBe(403)
    expect((await other.visit('/archive')).$('a[href^="/archive/export"]')).toHaveLength(0)
  })
})

describe('ARC-02: labels', () => {
  const query = (search: string) => labelQuery.parse(Object.fromEntries(new URLSearchParams(search)))
  const printed = async (who: { id: bigint }, search: string) => {
    const actor = await actorOf(who)
    const found = await labelledFor(actor, query(search))
    return Buffer.from((await renderDocument(labelsOf(actor, found, query(search), now()))).pdf)
  }

  it('the code holds the number and nothing else', () => {
    const number = 'DA2026000001-07'
    const { width, runs } = codeRuns(number)
    const drawn = Array.from({ length: width * width }, () => 0)
    for (const { x, y, length } of runs) for (let at = 0; at < length; at++) drawn[y * width + x + at] = 1
    const { modules, segments } = create(number, { errorCorrectionLevel: 'Q' })
    expect(drawn).toEqual(Array.from(modules.data, Number))
    expect(segments.map(({ data }) => String(data)).join('')).toBe(number)
  })

  it(
    'ARC-02: from 机密 up they name no customer and no title, and to others no place',
    { timeout: 60_000 },
    async () => {
      const secret = textOf(await printed(cast.cs_manager, `item=${canary.item.number}`))
      expect(secret).toContain(canary.item.number)
      expect(secret).toContain('商密·机密')
      expect(secret).toContain('7-6-5')
      for (const word of [canary.title, canary.customer.name, canary.customer.number])
        expect(secret).not.toContain(word)
      const veiled = textOf(await printed(cast.archivist, `item=${canary.item.number}`))
      for (const word of canary.told) expect(veiled).not.toContain(word)
      expect(veiled).toContain(canary.keeper.name)
    },
  )

  it(
    'are 70 × 37 mm: the number at 14 points, in three columns of eight from the label one begins at',
    { timeout: 60_000 },
    async () => {
      const customer = await make.customer()
      const place = await aPlace(`听涛阁${customer.number}`, [2, 4, 3])
      const items = []
      for (let at = 0; at < 3; at++) items.push(await anItem(customer, { placeId: place.id, title: '青瓷水注' }))
      const search = `item=${items.map(({ number }) => number).join(',')}`
      const [page, ...more] = pagesOf(await printed(cast.archivist, `${search}&start=23`))
      const numbers = (pieces: typeof page) => pieces!.filter(({ text }) => text.startsWith('DA'))
      const millimetres = (points: number) => Math.round((points / 72) * 25.4)
      expect(numbers(page).map(({ x, size }) => [millimetres(x), size])).toEqual([
        [74, 14],
        [144, 14],
      ])
      expect(more.map((one) => numbers(one).map(({ x }) => millimetres(x)))).toEqual([[4]])
      const text = textOf(await printed(cast.archivist, search))
      for (const word of ['2-4-3', customer.name.slice(0, 6), '青瓷水注', '内部']) expect(text).toContain(word)
      expect(pagesOf(await printed(cast.archivist, `${search}&paper=roll`))).toHaveLength(3)
    },
  )

  it(
    'come from the item, a volume or the ticked rows; that they were printed is on record',
    { timeout: 60_000 },
    async () => {
      const { customer, file, items } = await manyItems(8)
      const one = items.find(({ secrecy }) => secrecy === 'internal')!
      const { status, body, name } = await fetched(browsers.archivist, `/archive/labels.pdf?item=${one.number}`)
      expect([status, name, body.subarray(0, 4).toString()]).toEqual([200, `label-${one.number}.pdf`, '%PDF'])
      expect(
        await db.auditEntry.findFirst({ where: { subject: `customer:${customer.id}`, action: 'labels.printed' } }),
      ).toMatchObject({ actorId: cast.archivist.id, after: { items: [one.number] } })
      const open = items.filter(({ secrecy }) => secrecy !== 'confidential').length
      const actor = await actorOf(cast.archivist)
      expect(await labelledFor(actor, query(`file=${file.number}&volume=1`))).toHaveLength(open)
      expect(await labelledFor(actor, query(`${items[0]!.number}=on&${items[1]!.number}=on`))).toHaveLength(2)
      const page = await browsers.archivist.visit(`/archive/labels?all=on&customer=${customer.number}&type=other`)
      expect(page.$('tbody tr')).toHaveLength(open)
      expect(page.$('main form button').text()).toContain(`生成 ${open} 枚标签`)
    },
  )

  it('nothing chosen says so, too many are refused, and others’ items do not exist', { timeout: 60_000 }, async () => {
    const empty = await browsers.archivist.visit('/archive/labels')
    expect(empty.$('.callout').text()).toContain('这里没有要贴标签的材料')
    const refused = await fetched(browsers.archivist, '/archive/labels.pdf')
    expect([refused.status, refused.body.toString().includes('这里没有要贴标签的材料')]).toEqual([422, true])
    const { keeper } = await manyItems(241)
    const page = await browsers.archivist.visit(`/archive/labels?all=on&keeper=${keeper.number}`)
    expect(page.$('.callout').text()).toContain('一次最多 240 枚')
    const local = await make.staff([{ role: 'archivist', department: '城西营业部' }])
    expect(await refusalOf(labelledFor(await actorOf(local), query(`item=${canary.item.number}`)))).toBeInstanceOf(
      Error,
    )
    for (const search of ['start=0', 'start=25', 'item=K1', 'paper=wall', 'all=on&type=nonsense'])
      expect([search, (await browsers.archivist.visit(`/archive/labels?${search}`)).status]).toEqual([search, 400])
    expect((await browsers.auditor.visit('/archive/labels')).status).toBe(403)
  })
})

describe('ARC-02: the scan box', () => {
  it('a scanned label opens the item, however the scanner wrote it', async () => {
    const { item } = canary
    const wide = item.number.replace(/[0-9A-Z-]/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0))
    for (const typed of [item.number, ` ${item.number.toLowerCase()}\r\n`, wide]) {
      const page = await browsers.archivist.submit('/archive/scan', { item: typed })
      expect([typed, page.status, page.url]).toEqual([typed, 200, `/archive/items/${item.number}`])
    }
    const file = await browsers.archivist.submit('/archive/scan', { item: canary.item.file.number })
    expect(file.url).toBe(`/archive/files/${canary.item.file.number}`)
  })

  it('what is unknown or out of reach says so in the same words and keeps the field ready', async () => {
    const local = await make.staff([{ role: 'archivist', department: '城西营业部' }])
    await acknowledged(local)
    const browser = await signIn(local)
    for (const typed of [canary.item.number, 'DA1999000001-01']) {
      const page = await browser.submit('/archive/scan', { item: typed })
      expect(page.status).toBe(422)
      expect(page.$('.scan-said').text()).toContain(`目录里没有 ${typed}`)
      expect(page.$('[name=item][autofocus]').attr('aria-invalid')).toBe('true')
    }
    expect((await browser.submit('/archive/scan', { item: '6901234567892' })).$('.scan-said').text()).toContain(
      '不是档案编号',
    )
    expect((await browser.submit('/archive/scan', { item: '' })).$('.scan-said').text()).toContain('没有读到编号')
  })

  it('stands on the pages of the archive', async () => {
    const page = await browsers.archivist.visit('/archive')
    expect(page.$('form.scan-box[action="/archive/scan"][data-behaviour=scan] [name=item]')).toHaveLength(1)
    expect((await browsers.archivist.visit('/archive/scan')).$('form [name=item]')).toHaveLength(1)
  })
})
