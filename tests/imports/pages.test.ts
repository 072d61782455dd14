import { Readable } from 'node:stream'
import { beforeAll, describe, expect, it } from 'vitest'
import { readSheet } from '../../src/sheets/reading.ts'
import { signIn, type Browser, type Page } from '../support/browser.ts'
import { make } from '../support/make.ts'
import { rowOf, workbookOf } from '../support/zip.ts'
import { asOwner, countsOf, runImports } from './people.ts'

let browser: Browser
beforeAll(async () => {
  browser = await signIn(await make.staff([{ role: 'front_desk' }]))
})

const slow = { timeout: 60_000 }
const numberIn = (page: Page) => /I\d{10}/.exec(page.url)![0]
const send = (content: string | Buffer) => browser.submit('/imports/new', { file: Buffer.from(content) })
const mappingOf = (number: string) => `/imports/${number}/mapping`

const chosen = ({ $ }: Page, name: string) => $(`select[name=${name}] option[selected]`).attr('value') ?? ''

/** A file comes in through the form, and its columns are taken as suggested. */
async function bring(content: string | Buffer): Promise<string> {
  const number = numberIn(await send(content))
  await browser.submit(mappingOf(number), { act: 'start' })
  await runImports()
  return number
}

describe('CUS-15: from the file to the customers', slow, () => {
  it('upload, columns, preview, start, results', async () => {
    const page = await send(
      '客户名称,电话,随便\n玄圃甲号木业有限公司,13800006601,x\n,13800006602,y\n玄圃甲号木业厂,13800006601,z',
    )
    const number = numberIn(page)
    expect(page.url).toBe(mappingOf(number))
    expect(page.$('.notice').text()).toContain('请核对列')
    expect(chosen(page, 'column0')).toBe('name')
    expect(chosen(page, 'column2')).toBe('')
    const rows = page
      .$('#preview tbody tr')
      .toArray()
      .map((row) => page.$(row).text())
    expect(rows).toHaveLength(3)
    expect(rows[0]).toMatch(/玄圃甲号木业有限公司会导入.*138\*{4}6601/)
    expect(rows[1]).toContain('不合格，不会导入')
    expect(rows[2]).toContain('与本文件第 2 行是同一位或相像')
    expect(await countsOf(number)).toMatchObject({ state: 'mapping', customers: 0 })

    const started = await browser.submit(mappingOf(number), { act: 'start', source: 'referral', purpose: 'contract' })
    expect(started.url).toBe(`/imports/${number}`)
    await runImports()
    const done = await browser.visit(`/imports/${number}`)
    expect(done.$('[role=status]').text()).toBe('3 行 = 已导入 1 + 有提醒 0 + 重复 1 + 不合格 1 + 已撤销 0 + 未处理 0')
    const [customer] = await asOwner(
      `select c.source, c.purpose from customer c join customer_import i on i.id = c.import_id where i.number = $1`,
      [number],
    )
    expect(customer).toEqual({ source: 'referral', purpose: 'contract' })
  })

  it('a preview with other columns keeps them in its address, and nothing is stored', async () => {
    const number = numberIn(await send('甲列,乙列\n玄圃乙号酒业有限公司,13800006611'))
    const page = await browser.submit(mappingOf(number), { act: 'preview', column0: 'name', column1: 'phone' })
    expect(page.status).toBe(200)
    expect(page.url).toContain('column0=name')
    expect(page.url).not.toMatch(/_csrf|_form/)
    expect(chosen(page, 'column1')).toBe('phone')
    expect(page.$('#preview tbody tr').text()).toContain('138****6611')
    const [row] = await asOwner('select mapping, state from customer_import where number = $1', [number])
    expect(row).toMatchObject({ state: 'mapping', mapping: { columns: [null, null] } })
  })

  it('no name column, or one thing twice: 422 with everything still chosen', async () => {
    const number = numberIn(await send('甲列,乙列,丙列\n玄圃丙号酒业有限公司,x,y'))
    const nameless = await browser.submit(mappingOf(number), { act: 'start', column1: 'address', purpose: 'care' })
    expect(nameless.status).toBe(422)
    expect(nameless.$('.errors').text()).toContain('没有一列是客户名称')
    expect(chosen(nameless, 'column1')).toBe('address')
    expect(chosen(nameless, 'purpose')).toBe('care')
    const twice = await browser.submit(mappingOf(number), {
      act: 'start',
      column0: 'name',
      column1: 'address',
      column2: 'address',
    })
    expect(twice.status).toBe(422)
    expect(twice.$('select[name=column2][aria-invalid=true]')).toHaveLength(1)
    expect(await countsOf(number)).toMatchObject({ state: 'mapping' })
  })

  it('the next file with the same titles is taken as this one was, and says so', async () => {
    const first = numberIn(await send('单位（全名）,联系方式一,老账号\n玄圃丁号酒业有限公司,13800006621,浙A12345'))
    await browser.submit(mappingOf(first), { act: 'start', column0: 'name', column1: 'phone', column2: 'plate' })
    await runImports()
    const page = await send('单位（全名）, 联系方式一,老账号\n玄圃戊号酒业有限公司,13800006622,浙A12346')
    expect(page.$('.callout').text()).toContain(first)
    expect(chosen(page, 'column0')).toBe('name')
    expect(chosen(page, 'column2')).toBe('plate')
  })

  it('a workbook says which sheet was read', async () => {
    const page = await send(
      workbookOf([
        { name: '说明', rows: rowOf('请先看') },
        { name: '名单', rows: rowOf('客户名称', '电话') + rowOf('玄圃己号酒业有限公司', '13800006631') },
      ]),
    )
    expect(page.$('.callout').text()).toContain('只读了工作表“名单”。没有读：说明')
    await browser.submit(mappingOf(numberIn(page)), { act: 'start' })
    await runImports()
    expect((await browser.visit(`/imports/${numberIn(page)}`)).$('.facts').text()).toContain('名单')
  })

  it.each([
    ['nothing', '', '文件是空的'],
    ['a cut-off workbook', workbookOf([{ name: '客', rows: rowOf('客户名称') }]).subarray(0, 300), '不完整或已损坏'],
    ['a PDF', '%PDF-1.7', '这是 PDF'],
    ['a header alone', '客户名称,电话\n', '只有表头'],
  ])('%s is refused in words, and nothing is stored', async (_, content, said) => {
    const before = await asOwner('select count(*)::int as n from customer_import')
    const page = await send(content)
    expect(page.status).toBe(422)
    expect(page.$('.errors').text()).toContain(said)
    expect(await asOwner('select count(*)::int as n from customer_import')).toEqual(before)
  })

  it('results come back as text and as a workbook, in the columns of the file', async () => {
    const number = await bring('客户名称,电话\n玄圃庚号酒业有限公司,13800006641\n=1+1 Ltd,13800006642')
    const csv = await browser.visit(`/imports/${number}/rows.csv?outcome=rejected`)
    expect(csv.response.text).toMatch(/^\uFEFF客户名称,电话,行号,结果,说明\r\n'=1\+1 Ltd,13800006642,3,不合格，未导入,/)
    const xlsx = await browser.agent
      .get(`/imports/${number}/rows.xlsx`)
      .set('Host', browser.host)
      .buffer(true)
      .parse((response, done) => {
        const parts: Buffer[] = []
        response.on('data', (part: Buffer) => parts.push(part))
        response.on('end', () => done(null, Buffer.concat(parts)))
      })
    expect(xlsx.headers['content-disposition']).toContain(`${number}.xlsx`)
    const sheet = await readSheet(Readable.from([xlsx.body as Buffer]), { filename: 'x.xlsx' })
    const cells: string[][] = []
    for await (const row of sheet.rows) cells.push(row.cells)
    expect(cells[0]!.slice(0, 4)).toEqual(['玄圃庚号酒业有限公司', '13800006641', '2', '已导入'])
    expect(cells[1]![0]).toBe('=1+1 Ltd')
    const reads = await asOwner(
      `select 1 from audit_entry a join customer_import i on a.subject = 'import:' || i.id
       where i.number = $1 and a.action = 'import.rows_downloaded'`,
      [number],
    )
    expect(reads).toHaveLength(2)
  })
})

describe('CUS-15: undoing', slow, () => {
  it('the page names what will happen; then customers are gone from list and search', async () => {
    const number = await bring('客户名称,电话\n阆风甲号酒业有限公司,13800006651\n阆风乙号陶瓷有限公司,13800006652')
    const [one] = await asOwner<{ number: string }>(
      `select c.number from customer c join customer_import i on i.id = c.import_id where i.number = $1 order by 1`,
      [number],
    )
    expect((await browser.visit(`/customers/${one!.number}`)).status).toBe(200)
    const page = await browser.visit(`/imports/${number}/undo`)
    expect(page.$('main').text()).toContain('2 位客户')
    expect(page.$('button').text()).toContain('撤销，收回 2 位客户')
    await browser.submit(`/imports/${number}/undo`)
    await runImports()
    expect((await browser.visit(`/customers/${one!.number}`)).status).toBe(404)
    const result = await browser.visit(`/imports/${number}?outcome=withdrawn`)
    expect(result.$('[role=status]').text()).toContain('已撤销 2')
    expect(result.$('tbody a')).toHaveLength(0)
    const again = await browser.visit(`/imports/${number}/undo`)
    expect(again.$('form button[type=submit]:contains("撤销，")')).toHaveLength(0)
  })
})

describe('PPL-01: whose import it is', slow, () => {
  it('others of the same right see nothing of it, or may look but not act', async () => {
    const number = numberIn(await send('客户名称,电话\n阆风丙号酒业有限公司,13800006661'))
    const desk = await signIn(await make.staff([{ role: 'front_desk' }]))
    const director = await signIn(await make.staff([{ role: 'sales_director' }]))
    expect((await desk.visit(`/imports/${number}`)).status).toBe(404)
    expect((await director.visit(`/imports/${number}`)).status).toBe(200)
    expect((await director.visit(mappingOf(number))).status).toBe(403)
    const { _csrf } = await director.fieldsOf('/language', '/profile')
    for (const act of ['mapping', 'cancel', 'resume'])
      expect((await director.post(`/imports/${number}/${act}`, { _csrf: _csrf! })).status).toBe(403)
  })
})
