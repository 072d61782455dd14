import { beforeAll, describe, expect, it } from 'vitest'
import { db, pool } from '../../src/db.ts'
import { createItem } from '../../src/archive/items/commands.ts'
import { itemForm } from '../../src/archive/items/forms.ts'
import { now } from '../../src/lib/clock.ts'
import { acknowledged, aFile, agreed, anItem } from '../support/archive.ts'
import { decideAs, requestAbout } from '../support/approvals.ts'
import { signIn, type Browser } from '../support/browser.ts'
import { ownDatabase } from '../support/connected.ts'
import type { Cast } from '../support/cast.ts'
import { actorOf, make, refusalOf, theCast } from '../support/make.ts'
import { archiveLines, aRoom, readingsOf, rulesOn } from './desk.ts'

// Who signs is whoever holds a role: here nobody else does.
await ownDatabase('archive_items')

let people: Cast
let desk: Browser
let manager: Browser
beforeAll(async () => {
  people = await theCast()
  const { archivist, cs_manager, info_supervisor } = people
  await acknowledged(archivist, cs_manager, info_supervisor)
  await agreed(archivist, cs_manager)
  desk = await signIn(archivist)
  manager = await signIn(cs_manager)
})

async function fileWith() {
  const customer = await make.customer()
  const file = await aFile(customer)
  return { customer, file, home: `/archive/files/${file.number}`, form: `/archive/files/${file.number}/items/new` }
}
const at = (number: string) => `/archive/items/${number}`
const itemOf = (number: string) => db.archiveItem.findUniqueOrThrow({ where: { number } })

describe('taking in', () => {
  it('ARC-01: every field, a number that follows from the file, and a place', async () => {
    const { customer, file, form } = await fileWith()
    const room = await aRoom()
    const page = await desk.submit(form, {
      title: '九色鹿供货合同',
      type: 'contract',
      datedOn: '2026-03-09',
      pages: '12',
      copies: '2',
      ink: 'blue_black',
      important: 'on',
      remark: '附补充协议',
      room: room.id,
      cabinet: '1',
      shelf: '2',
      position: '3',
      secrecy: 'secret',
      secrecyUntil: '2099-12-31',
      retention: 'years30',
      retainUntil: '2090-01-01',
    })
    expect(page.$('#notice').text()).toContain(`${file.number}-01`)
    const facts = page.$('main').text()
    for (const shown of [
      '九色鹿供货合同',
      '12 页 × 2 份',
      `${room.name} 1-2-3`,
      '蓝黑墨水',
      '2099-12-31',
      '30 年 · 2090-01-01',
    ])
      expect(facts).toContain(shown)
    expect(await itemOf(`${file.number}-01`)).toMatchObject({
      important: true,
      secrecy: 'secret',
      durable: true,
      pages: 12,
    })
    expect((await archiveLines(customer.id)).at(-1)).toMatchObject({
      action: 'item.created',
      after: { item: `${file.number}-01`, title: '九色鹿供货合同' },
    })
  })

  it('ARC-01: many one after the other: what stays the same stands in the next form', async () => {
    const { file, form } = await fileWith()
    const room = await aRoom()
    const place = { room: room.id, cabinet: '1', shelf: '1', position: '1' }
    const next = await desk.submit(form, { title: '第一份', pages: '3', type: 'letter', another: 'on', ...place })
    expect(next.url).toContain(`${form}?`)
    expect(next.$('[name=type]').val()).toBe('letter')
    expect(next.$('[name=room]').val()).toBe(room.id)
    expect(next.$('[name=title]').val()).toBe('')
    await desk.submit(form, { title: '第二份', pages: '1' }, next.url)
    expect((await itemOf(`${file.number}-02`)).title).toBe('第二份')
  })

  it('ARC-22: ballpoint is marked, and its keeper gets a copying task that names the number alone', async () => {
    const { customer, file, form } = await fileWith()
    const page = await desk.submit(form, { title: '手写申请书', pages: '1', type: 'application', ink: 'ballpoint' })
    expect(page.$('#notice').text()).toContain('标为不耐久')
    expect(page.$('main').text()).toContain('不耐久')
    const task = await db.task.findFirstOrThrow({ where: { customerId: customer.id } })
    expect(task).toMatchObject({ ownerId: people.archivist.id, title: `复印不耐久的材料 ${file.number}-01` })
    expect(`${task.title}${task.note}`).not.toContain('手写申请书')
    const noInk = await desk.submit(form, { title: '没写字迹', pages: '1', ink: '' })
    expect([noInk.status, rulesOn(noInk)]).toEqual([422, ['ARC-22']])
    expect(noInk.$('[name=title]').val()).toBe('没写字迹')
  })

  it('ARC-22, CAL-03: archive.copying_days: the copying task is due on the tenth working day', async () => {
    const { customer, file } = await fileWith()
    const given = { title: '铅笔草图', type: 'form', pages: '1', copies: '1', medium: 'paper', ink: 'pencil' }
    const input = itemForm.parse({ ...given, volume: '1', secrecy: 'internal', retention: 'years10' })
    await createItem(await actorOf(people.archivist), file.id, input, new Date('2026-11-23T02:00:00Z'))
    const task = await db.task.findFirstOrThrow({ where: { customerId: customer.id } })
    expect(task.dueOn.toISOString().slice(0, 10)).toBe('2026-12-07')
  })

  it('ARC-22: found out later, it gives one task then', async () => {
    const { customer, form } = await fileWith()
    const page = await desk.submit(form, { title: '传真件', pages: '1' })
    await desk.submit(`${page.url}/correction`, { fades: 'on' })
    await desk.submit(`${page.url}/correction`, { remark: '已看' })
    expect(await db.task.count({ where: { customerId: customer.id } })).toBe(1)
    expect((await itemOf(page.url.split('/').at(-1)!)).durable).toBe(false)
  })

  it('ARC-21: begins with the level of its file', async () => {
    const { file, form } = await fileWith()
    await db.$queryRaw`update customer_file set secrecy = 'secret' where id = ${file.id}`
    expect((await desk.visit(form)).$('[name=secrecy][checked]').val()).toBe('secret')
  })

  it('ARC-02: classified paper needs a keeper of its own and a separate room, all of it said at once', async () => {
    const { form } = await fileWith()
    const room = await aRoom()
    const place = { room: room.id, cabinet: '1', shelf: '1', position: '1' }
    const given = { title: '昆仑底价', pages: '1', secrecy: 'top_secret', ...place }
    const refused = await desk.submit(form, given)
    expect([refused.status, rulesOn(refused)]).toEqual([422, ['ARC-02', 'ARC-02']])
    const apart = await aRoom(true, people.cs_manager.id)
    const kept = { ...given, keeper: people.archivist.number, ...place, room: apart.id }
    expect((await desk.submit(form, kept)).status).toBe(200)
    const half = await desk.submit(form, { title: '半个柜位', pages: '1', room: apart.id })
    expect(half.$('.errors').text()).toContain('柜位要写全')
    const nowhere = await desk.submit(form, { title: '没有的柜位', pages: '1', ...place, cabinet: '77' })
    expect(nowhere.$('.errors').text()).toContain('没有这个柜位')
  })

  it('40 taken in at once have 40 numbers', async () => {
    const { file, form } = await fileWith()
    const fields = await desk.fieldsOf(form)
    await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        desk.post(form, {
          ...fields,
          _form: `together-${file.number}-${n}`.slice(-60),
          title: `第 ${n} 份`,
          pages: '1',
        }),
      ),
    )
    expect(await db.archiveItem.count({ where: { fileId: file.id } })).toBe(40)
  })
})

describe('changing', () => {
  it('ARC-01: corrected, with old and new in the customer’s timeline; whoever was second is told', async () => {
    const customer = await make.customer()
    const item = await anItem(customer, { title: '旧题名' })
    const page = await desk.submit(`${at(item.number)}/correction`, { title: '新题名', pages: '9', ink: 'printed' })
    expect(page.$('h1').text()).toContain('新题名')
    const history = await desk.visit(`/customers/${customer.number}/history?kind=archive`)
    expect(history.$('.history').text()).toContain('旧题名 → 新题名')
    const late = await desk.submit(`${at(item.number)}/correction`, { title: '又一个', ink: 'printed', version: '1' })
    expect([late.status, rulesOn(late)]).toEqual([422, ['ARC-01']])
    expect(late.$('[name=title]').val()).toBe('又一个')
  })

  it('ARC-01: moved to another place and another volume', async () => {
    const { file, home, form } = await fileWith()
    await desk.submit(`${home}/volumes/new`, { title: '第二卷' })
    const { url } = await desk.submit(form, { title: '要移动的', pages: '1' })
    const room = await aRoom()
    const moved = await desk.submit(`${url}/place`, {
      volume: '2',
      room: room.id,
      cabinet: '1',
      shelf: '2',
      position: '1',
    })
    expect(moved.$('main').text()).toContain(`${room.name} 1-2-1`)
    expect(moved.$('main').text()).toContain('第 2 卷 第二卷')
    const still = await desk.submit(`${url}/place`)
    expect([still.status, rulesOn(still)]).toEqual([422, ['ARC-01']])
    expect((await itemOf(`${file.number}-01`)).version).toBe(2)
  })

  it('ARC-02, CUS-06: raised at once with keeper, place and reason; lowered by approval alone', async () => {
    const { customer, form } = await fileWith()
    const { url } = await desk.submit(form, { title: '报价底单', pages: '1' })
    const number = url.split('/').at(-1)!
    const raise = { secrecy: 'confidential', keeper: people.cs_manager.number, reason: '含底价' }
    expect(rulesOn(await desk.submit(`${url}/level`, raise))).toEqual(['ARC-02'])
    const apart = await aRoom(true, people.cs_manager.id)
    await desk.submit(`${url}/place`, { room: apart.id, cabinet: '1', shelf: '1', position: '1' })
    expect(rulesOn(await desk.submit(`${url}/level`, { ...raise, keeper: '' }))).toEqual(['ARC-02'])
    const raised = await desk.submit(`${url}/level`, raise)
    expect(raised.$('h1').text()).toContain(number)
    expect(raised.$('main').text()).not.toContain('报价底单')
    expect((await desk.visit(`${url}/level`)).status).toBe(403)
    const asked = await manager.submit(`${url}/level`, { secrecy: 'internal', reason: '合同已公开' })
    expect(asked.$('.notice').text()).toContain('批准之前密级不变')
    const { id, secrecy } = await itemOf(number)
    expect(secrecy).toBe('confidential')
    // Who asked does not approve: it goes to the general manager instead.
    expect(
      await refusalOf(
        decideAs(people.cs_manager, await requestAbout('archive.level', `item:${id}`), { verdict: 'approve' }),
      ),
    ).not.toBeNull()
    expect(
      await decideAs(people.general_manager, await requestAbout('archive.level', `item:${id}`), { verdict: 'approve' }),
    ).toBe('approved')
    expect((await itemOf(number)).secrecy).toBe('internal')
    expect((await manager.visit(url)).$('h1').text()).toContain('报价底单')
    const levels = (await archiveLines(customer.id)).filter(({ action }) => action === 'item.level_changed')
    expect(levels.map(({ why }) => why)).toEqual(['含底价', '合同已公开'])
    expect(levels[0]).toMatchObject({ before: { secrecy: 'internal' }, after: { secrecy: 'confidential' } })
  })

  it('CUS-06: 绝密 comes down by two signatures; raised meanwhile, the request is void', async () => {
    const item = await anItem(await make.customer(), { secrecy: 'top_secret', medium: 'electronic' })
    await desk.submit(`${at(item.number)}/level`, { secrecy: 'secret', reason: '已过保密期' })
    const request = () => requestAbout('archive.level', `item:${item.id}`)
    await decideAs(people.cs_manager, await request(), { verdict: 'approve' })
    expect((await itemOf(item.number)).secrecy).toBe('top_secret')
    await decideAs(people.general_manager, await request(), { verdict: 'approve' })
    expect((await itemOf(item.number)).secrecy).toBe('secret')
    await desk.submit(`${at(item.number)}/level`, { secrecy: 'internal', reason: '已公开' })
    const raised = { secrecy: 'confidential', keeper: people.archivist.number, reason: '含底价' }
    await desk.submit(`${at(item.number)}/level`, raised)
    expect(await decideAs(people.cs_manager, await request(), { verdict: 'approve' })).toBe('void')
    expect((await itemOf(item.number)).secrecy).toBe('confidential')
  })

  it('ARC-06: nobody names himself keeper of what somebody else keeps: not of an item, not of its file', async () => {
    const other = await make.staff([{ role: 'archivist' }])
    const customer = await make.customer()
    const file = await aFile(customer, other.id)
    const item = await anItem(customer, { secrecy: 'secret', medium: 'electronic' })
    const self = { keeper: people.archivist.number, reason: '方便保管' }
    const before = await itemOf(item.number)
    for (const secrecy of ['confidential', 'internal'])
      expect(rulesOn(await desk.submit(`${at(item.number)}/level`, { ...self, secrecy }))).toEqual(['ARC-06'])
    expect(rulesOn(await desk.submit(`/archive/files/${file.number}/keeper`, self))).toEqual(['ARC-06'])
    expect(await itemOf(item.number)).toEqual(before)
    expect((await db.customerFile.findUniqueOrThrow({ where: { id: file.id } })).keeperId).toBe(other.id)
    expect(await db.approvalRequest.count({ where: { subject: `item:${item.id}` } })).toBe(0)
  })

  it('ARC-01: secrecy and keeping end on days of their own', async () => {
    const item = await anItem(await make.customer(), { secrecy: 'secret' })
    const page = await desk.submit(`${at(item.number)}/terms`, {
      secrecyUntil: '2030-06-30',
      retention: 'years30',
      retainUntil: '2060-12-31',
    })
    expect(page.$('main').text()).toContain('2030-06-30')
    expect(page.$('main').text()).toContain('30 年 · 2060-12-31')
    const past = await desk.submit(`${at(item.number)}/terms`, { secrecyUntil: '2020-01-01' })
    expect([past.status, rulesOn(past)]).toEqual([422, ['ARC-01']])
  })

  it('ARC-04, ARC-20: what is not in its place is reported with the same act, and found again with a reason', async () => {
    const item = await anItem(await make.customer())
    const page = await desk.submit(`${at(item.number)}/missing`, { reason: '盘点时不在格里' })
    expect(page.$('.lede').text()).toContain('下落不明')
    const incident = await db.incident.findFirstOrThrow({ where: { itemId: item.id } })
    expect(incident).toMatchObject({ kind: 'loss' })
    expect(page.$('#notice').text()).toContain(incident.number)
    const again = await desk.visit(`${at(item.number)}`)
    expect(again.$('.why-nots').text()).toContain('下落不明')
    const found = await desk.submit(`${at(item.number)}/found`, { reason: '夹在邻卷' })
    expect(found.$('.lede').text()).toContain('在位')
    expect((await desk.submit(`${at(item.number)}/found`, { reason: '再找一次' })).status).toBe(422)
  })
})

describe('the page of an item', () => {
  it('ARC-07: looking at it is on record before it shows, opened or not', async () => {
    const customer = await make.customer()
    const open = await anItem(customer)
    const shut = await anItem(customer, { secrecy: 'secret', keeperId: people.cs_manager.id })
    await desk.visit(at(open.number))
    await desk.visit(at(shut.number))
    expect((await readingsOf(open.id)).map(({ way }) => way)).toEqual(['page'])
    expect((await readingsOf(shut.id)).map(({ way }) => way)).toEqual(['refused'])
  })

  it('ARC-06: says why it does not open, by which clause, and what opens it', async () => {
    const item = await anItem(await make.customer(), { secrecy: 'secret', keeperId: people.cs_manager.id })
    const { $ } = await desk.visit(at(item.number))
    expect($('.refusal').attr('data-rule')).toBe('ARC-06')
    expect($('.refusal .next a').first().attr('href')).toBe(`/viewings/new?item=${item.number}`)
    expect($('.refusal blockquote').text()).toContain('未经许可')
    expect($('#content')).toHaveLength(0)
  })

  it('ARC-07: offers no emergency viewing of what is 绝密', async () => {
    const customer = await make.customer()
    const ways = async (secrecy: 'secret' | 'top_secret') => {
      const item = await anItem(customer, { secrecy, keeperId: people.cs_manager.id })
      const { $ } = await desk.visit(at(item.number))
      return $('.refusal .next a')
        .toArray()
        .map((way) => $(way).attr('href')!.split('?')[0])
    }
    await expect(ways('secret')).resolves.toEqual(['/viewings/new', '/viewings/emergency'])
    await expect(ways('top_secret')).resolves.toEqual(['/viewings/new'])
  })

  it('ARC-11: who has an overdue loan is told why nothing more is lent', async () => {
    const borrower = await make.staff([{ role: 'archivist' }])
    await acknowledged(borrower)
    const ago = (days: number) => new Date(now().getTime() - days * 86_400_000 + 3_600_000)
    const customer = await make.customer()
    const [held, wanted] = [await anItem(customer), await anItem(customer)]
    await pool.query(
      `with a as (insert into loan_application (number, customer_id, applicant_id, state, purpose, reason, days, filed_at)
        values ('JS' || gen_random_uuid(), $1, $2, 'approved', 'complaint', '核对', 3, $3) returning id)
       insert into loan (number, application_id, item_id, customer_id, borrower_id, lent_at, due_at, lent_by_id, reason, pages)
       select 'J' || gen_random_uuid(), id, $5, $1, $2, $3, $4, $6, '核对', 6 from a`,
      [customer.id, borrower.id, ago(6), ago(3), held.id, people.cs_manager.id],
    )
    const browser = await signIn(borrower)
    const { $ } = await browser.visit(at(wanted.number))
    expect($('.why-nots').text()).toContain('你有 1 份外借已逾期 3 天')
    expect($('.why-nots .rule-chip').text()).toContain('ARC-11')
    const lent = await browser.visit(at(held.number))
    expect(lent.$('.lede').text()).toContain('借出')
    expect(lent.$('.why-nots').text()).toContain(`${borrower.name} 借着`)
    expect(lent.$(`a[href="/loans/new?item=${held.number}"]`)).toHaveLength(0)
  })

  it('an address that is none is no page, with letters of either case', async () => {
    const item = await anItem(await make.customer())
    expect((await desk.visit(at(item.number.toLowerCase()))).status).toBe(200)
    expect((await desk.visit('/archive/items/DA2026999999-99')).status).toBe(404)
    expect((await desk.visit(`${at(item.number)}?n=7`)).status).toBe(404)
  })
})
