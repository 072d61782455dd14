import { load } from 'cheerio'
import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { pool } from '../../src/db.ts'
import { theStore } from '../../src/files/store.ts'
import { signIn, type Browser } from '../support/browser.ts'
import { make, theCast } from '../support/make.ts'
import { pdfOf, pictureOf } from '../files/samples.ts'
import { bytesOf, errorsOf, fetchBytes, lastOf, linesOf, upload } from './desk.ts'

let desk: Browser
let deskName: string
beforeAll(async () => {
  const { cs_manager: person } = await theCast()
  deskName = person.name
  desk = await signIn(person)
})

const pageOf = (response: { text: string }) => ({ $: load(response.text) })

async function attached(name = '租约.pdf', content: Buffer | string = pdfOf(`${name}${Math.random()}`), values = {}) {
  const customer = await make.customer()
  const home = `/customers/${customer.number}`
  const answer = await upload(desk, `${home}/attachments/new`, { content, name }, values)
  if (answer.status !== 303) throw new Error(`not taken: ${errorsOf(pageOf(answer)).join(' ')}`)
  const { id } = await lastOf(customer.id)
  return { customer, home, place: `${home}/attachments/${id}`, id, content }
}

describe('a customer’s files', () => {
  it('none, and who may not add is not asked to', async () => {
    const { number } = await make.customer()
    const { $ } = await desk.visit(`/customers/${number}`)
    expect($('#attachments').text()).toContain('还没有附件')
    expect($('#attachments .more a').attr('href')).toBe(`/customers/${number}/attachments/new`)
    const auditor = await signIn((await theCast()).auditor)
    const seen = await auditor.visit(`/customers/${number}`)
    expect(seen.$('#attachments').text()).toContain('还没有附件')
    expect(seen.$('#attachments .more a')).toHaveLength(0)
  })

  it('AUD-01, CUS-16: one is taken, listed, told in the timeline, and comes back byte by byte', async () => {
    const { customer, home, place, content } = await attached('广寒宫 租约.pdf')
    const { $ } = await desk.visit(home)
    const row = $('#attachments tbody tr').text()
    for (const shown of ['广寒宫 租约', 'PDF', '第 1 版', deskName]) expect(row).toContain(shown)
    expect($('.history').text()).toContain('上传附件')
    expect($(`.history a[href="${place}"]`).text()).toContain('广寒宫 租约')
    const file = await fetchBytes(desk, `${place}/versions/1/file`)
    expect(bytesOf(file).equals(content as Buffer)).toBe(true)
    expect((await linesOf(customer.id)).map(({ action }) => action)).toEqual(['attachment.added', 'attachment.opened'])
    const [added, opened] = await linesOf(customer.id)
    expect(added!.after).toMatchObject({
      attachment: '广寒宫 租约',
      n: 1,
      name: '广寒宫 租约.pdf',
      type: 'application/pdf',
    })
    expect(opened).toMatchObject({ kind: 'read', actor_name: deskName, after: { form: 'download', n: 1 } })
  })

  it('AUD-01: openings are read by those who watch, not on the timeline', async () => {
    const { home, place } = await attached()
    await fetchBytes(desk, `${place}/versions/1/file`)
    expect((await desk.visit(`${home}/history`)).$('.history').text()).not.toContain('打开附件')
    const auditor = await signIn((await theCast()).auditor)
    const { $ } = await auditor.visit(`${home}/history?kind=reads`)
    expect($('.history').text()).toContain('打开附件')
    expect((await desk.visit(`${home}/history?kind=attachments`)).$('.history').text()).toContain('上传附件')
  })

  it('several versions: the newest stands first, the older ones open', async () => {
    const { customer, home, place, content } = await attached('账.csv', '茶,1\n')
    const answer = await upload(desk, `${place}/versions/new`, { content: '茶,2\n', name: '账 2.csv' })
    expect(answer.status).toBe(303)
    const { $ } = await desk.visit(place)
    expect($('#notice').text()).toContain('已更新到第 2 版')
    expect(
      $('.file-versions > li')
        .toArray()
        .map((line) => $(line).find('a').first().text()),
    ).toEqual(['第 2 版', '第 1 版'])
    const [first, second] = await Promise.all([1, 2].map((n) => fetchBytes(desk, `${place}/versions/${n}/file`)))
    expect([bytesOf(first!).toString(), bytesOf(second!).toString()]).toEqual([content, '茶,2\n'])
    expect((await desk.visit(`${place}?n=1`)).$('.callout').text()).toContain('这是第 1 版，当前是第 2 版')
    expect((await desk.visit(home)).$('.history').text()).toContain('附件换新版本')
    expect((await linesOf(customer.id)).map(({ action }) => action)).toContain('attachment.renewed')
  })

  it('the same content again, or the current version again, is refused and named', async () => {
    const { home, place, content } = await attached('章程.pdf')
    const again = await upload(desk, `${home}/attachments/new`, { content, name: '另一个名字.pdf' })
    expect(again.status).toBe(422)
    expect(errorsOf(pageOf(again))).toEqual([expect.stringMatching(/^CUS-16 .*标题是《章程》/)])
    const same = await upload(desk, `${place}/versions/new`, { content, name: '章程.pdf' })
    expect(errorsOf(pageOf(same))).toEqual([expect.stringContaining('一模一样')])
  })

  it('title and note are corrected, with old and new in the timeline; whoever was second is told', async () => {
    const { customer, place } = await attached('1234.pdf')
    const page = await desk.submit(`${place}/correction`, { title: '营业执照副本', note: '原件在档案室' })
    expect(page.$('h1').text()).toBe('营业执照副本')
    const [, line] = await linesOf(customer.id)
    expect(line).toMatchObject({
      action: 'attachment.corrected',
      after: { title: '营业执照副本', note: '原件在档案室' },
    })
    const { $ } = await desk.visit(`/customers/${customer.number}/history`)
    expect($('.history').text()).toContain('1234 → 营业执照副本')
    const late = await desk.submit(`${place}/correction`, { title: '别的', version: '1' })
    expect(late.status).toBe(422)
    expect(errorsOf(late)).toEqual([expect.stringContaining('刚被别人改过')])
    expect(late.$('[name=title]').val()).toBe('别的')
  })

  it('AUD-01: removing takes a reason; the file is kept, opens, and changes no more', async () => {
    const { customer, home, place, content } = await attached('误传.pdf')
    expect((await desk.submit(`${place}/removal`, { reason: '' })).status).toBe(422)
    await desk.submit(`${place}/removal`, { reason: '传错了客户' })
    const { $ } = await desk.visit(home)
    expect($('#attachments tbody tr')).toHaveLength(0)
    expect($('#attachments').text()).toContain('已移除 1 份')
    expect($('.history').text()).toMatch(/移除附件.*误传.*传错了客户/s)
    const list = await desk.visit(`${home}/attachments`)
    expect(list.$('tbody tr').text()).toContain('已移除')
    const page = await desk.visit(place)
    expect(page.$('.callout').text()).toContain(`${deskName} 移除：传错了客户`)
    expect(page.$('.page-head .acts a')).toHaveLength(1)
    expect(bytesOf(await fetchBytes(desk, `${place}/versions/1/file`)).equals(content as Buffer)).toBe(true)
    const more = await upload(desk, `${place}/versions/new`, { content: pdfOf('later'), name: 'a.pdf' })
    expect(errorsOf(pageOf(more))).toEqual([expect.stringContaining('已经移除')])
    expect((await linesOf(customer.id)).find(({ action }) => action === 'attachment.removed')?.why).toBe('传错了客户')
  })

  it('a file that is not taken says so by its field; what was typed stays, and nothing is kept', async () => {
    const { id, number } = await make.customer()
    const url = `/customers/${number}/attachments/new`
    const answer = await upload(
      desk,
      url,
      { content: '<svg onload=alert(1)>', name: '图.svg' },
      { title: '门牌', note: '旧的' },
    )
    const { $ } = pageOf(answer)
    expect(answer.status).toBe(422)
    expect(errorsOf({ $ })).toEqual([expect.stringMatching(/^CUS-16 .*SVG.*可以上传：PDF/)])
    expect([$('[name=title]').val(), $('[name=note]').val()?.toString().trim()]).toEqual(['门牌', '旧的'])
    expect(await linesOf(id)).toEqual([])
    expect((await desk.submit(url, { title: 'x' })).$('.errors').text()).toContain('还没有选文件')
  })

  it('PRV-09: every page for uploading says what must not be uploaded', async () => {
    const { place, home } = await attached()
    for (const url of [`${home}/attachments/new`, `${place}/versions/new`])
      expect((await desk.visit(url)).$('.callout').text()).toContain('不得上传国家秘密')
  })

  it('without a scanner the form says that nobody looks for viruses', async () => {
    const { number } = await make.customer()
    expect((await desk.visit(`/customers/${number}/attachments/new`)).$('form').text()).toContain('没有设置病毒扫描')
  })

  it('forty of them: the page shows the newest six, the list all', async () => {
    const { customer, home } = await attached('第一份.txt', `桃源 ${Math.random()}`)
    await pool.query(
      `with a as (insert into attachment (customer_id, title, created_at)
         select $1::bigint, '第 ' || n || ' 号单据', now() from generate_series(2, 40) n returning id)
       insert into attachment_version (attachment_id, n, file_id, name, at, by_id)
       select a.id, 1, (select min(file_id) from attachment_version where attachment_id = (select min(id) from attachment where customer_id = $1::bigint)),
         '单据.txt', now() + a.id * interval '1 millisecond', (select min(id) from staff) from a`,
      [customer.id],
    )
    const { $ } = await desk.visit(home)
    expect($('#attachments tbody tr')).toHaveLength(6)
    expect($(`#attachments a[href="${home}/attachments"]`).text()).toBe('全部 40 份')
    expect((await desk.visit(`${home}/attachments`)).$('tbody tr')).toHaveLength(40)
  })
})

describe('what is shown', () => {
  it('PRV-02: a picture made anew, upright and without the place where it was taken; the original keeps it', async () => {
    const original = await pictureOf('jpeg', 2400, 1200)
    expect((await sharp(original).metadata()).exif).toBeDefined()
    const { place, customer } = await attached('门面.jpg', original)
    const { $ } = await desk.visit(place)
    expect($('.leaf img').attr('src')).toBe(`${place}/versions/1/picture`)
    expect($('.leaf-mark').text()).toContain(deskName)
    const shown = await fetchBytes(desk, `${place}/versions/1/picture`)
    const { width, height, exif, xmp, format } = await sharp(bytesOf(shown)).metadata()
    expect({ width, height, exif, xmp, format }).toEqual({
      width: 1600,
      height: 800,
      exif: undefined,
      xmp: undefined,
      format: 'jpeg',
    })
    expect(bytesOf(await fetchBytes(desk, `${place}/versions/1/file`)).equals(original)).toBe(true)
    expect((await linesOf(customer.id)).map(({ after }) => after['form'])).toEqual([undefined, 'preview', 'download'])
  })

  it('a PDF goes to the viewer of the page, and is recorded as shown', async () => {
    const { place, customer, content } = await attached('合同.pdf')
    const { $ } = await desk.visit(place)
    const viewer = $('[data-behaviour=pdf]')
    expect(viewer.attr('data-file')).toBe(`${place}/versions/1/pdf`)
    expect(viewer.attr('data-viewer')).toContain(deskName)
    expect(viewer.text()).toContain('请下载后查看')
    expect(bytesOf(await fetchBytes(desk, viewer.attr('data-file')!)).equals(content as Buffer)).toBe(true)
    expect((await linesOf(customer.id)).at(-1)).toMatchObject({
      action: 'attachment.opened',
      after: { form: 'preview' },
    })
    for (const part of [
      'pdf.mjs',
      'pdf.worker.mjs',
      'cmaps/UniGB-UCS2-H.bcmap',
      'standard_fonts/LiberationSans-Regular.ttf',
    ])
      expect((await desk.agent.get(`${viewer.attr('data-at')}/${part}`)).status).toBe(200)
  })

  it('what is neither is not shown, and its ways are not there', async () => {
    const { place } = await attached('说明.txt', `月桂 ${Math.random()}`)
    expect((await desk.visit(place)).$('#preview').text()).toContain('不能在页面上看')
    for (const way of ['picture', 'pdf']) expect((await desk.visit(`${place}/versions/1/${way}`)).status).toBe(404)
  })

  it.each([
    ['合同（蓬莱阁）.txt', '合同（蓬莱阁）.txt'],
    ["“引号”'s.txt", "“引号”'s.txt"],
    ['a%0d%0aSet-Cookie: x.txt', 'aSet-Cookie： x.txt'],
    ['..%2f..%2fetc%2fpasswd.txt', '%2f..%2fetc%2fpasswd.txt'],
    ['\u202Etxt.exe.txt', 'txt.exe.txt'],
    [`${'名'.repeat(300)}.txt`, /^名+….txt$/],
  ])('the name %j comes back as %j, and the answer runs nothing', async (name, kept) => {
    const { place, id } = await attached(name, `九色鹿 ${Math.random()}`)
    const { headers } = await fetchBytes(desk, `${place}/versions/1/file`)
    const said = String(headers['content-disposition'])
    expect(said).toMatch(/^attachment;/)
    const [, encoded] = /filename\*=UTF-8''([^;]+)/.exec(said) ?? []
    const returned = encoded ? decodeURIComponent(encoded) : /filename="?([^"]+)"?/.exec(said)![1]!
    if (typeof kept === 'string') expect(returned).toBe(kept)
    else expect(returned).toMatch(kept)
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    })
    expect(headers['content-security-policy']).toMatch(/default-src 'none'.*sandbox/)
    const { rows } = await pool.query<{ sha256: string }>(
      'select sha256 from stored_file f join attachment_version v on v.file_id = f.id where attachment_id = $1',
      [id],
    )
    expect(await (await theStore()).has(rows[0]!.sha256)).toBe(true)
  })

  it.each(['1e9', '0', '2', '-1', '..%2f1', '%00', '99999999999999999999'])('version %s is not there', async (n) => {
    const { place } = await attached()
    expect((await desk.visit(`${place}/versions/${n}/file`)).status).toBe(404)
  })

  it('a content that the store has lost is a clear answer, and is not recorded as opened', async () => {
    const { place, customer } = await attached()
    const { rows } = await pool.query<{ sha256: string }>(
      `select sha256 from stored_file f join attachment_version v on v.file_id = f.id
       where attachment_id = (select max(id) from attachment where customer_id = $1)`,
      [customer.id],
    )
    const { sha256 } = rows[0]!
    await (await theStore()).remove(`${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`)
    const page = await desk.visit(`${place}/versions/1/file`)
    expect(page.status).toBe(503)
    expect(page.$('.errors').text()).toContain('从备份里恢复')
    expect((await linesOf(customer.id)).map(({ action }) => action)).toEqual(['attachment.added'])
  })
})
