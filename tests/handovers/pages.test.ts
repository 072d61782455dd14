import { beforeAll, describe, expect, it } from 'vitest'
import { pool } from '../../src/db.ts'
import { signIn } from '../support/browser.ts'
import type { Cast, Person } from '../support/cast.ts'
import { make, theCast } from '../support/make.ts'
import { textOf } from '../support/pdf.ts'

const place = { department: '城东营业部' }
let people: Cast
let head: Person

beforeAll(async () => {
  people = await theCast()
  head = await make.staff([{ role: 'dept_head', ...place }])
})

async function leaver(): Promise<Person> {
  const person = await make.staff([{ role: 'sales', ...place }])
  await pool.query(`update staff set department_id = (select id from department where name = $2) where id = $1`, [
    person.id,
    place.department,
  ])
  return person
}

async function pdfOf(browser: Awaited<ReturnType<typeof signIn>>, number: string): Promise<string> {
  const { body, headers } = await browser.agent
    .get(`/handovers/${number}/list.pdf`)
    .set('Host', browser.host)
    .buffer(true)
    .parse((res, done) => {
      const chunks: Buffer[] = []
      res.on('data', (chunk: Buffer) => chunks.push(chunk))
      res.on('end', () => done(null, Buffer.concat(chunks)))
    })
  expect(headers['content-type']).toBe('application/pdf')
  return textOf(body as Buffer).replace(/\s*\|\s*/g, ' ')
}

describe('ACC-02: the wizard', () => {
  it('ACC-02: asked for, begun, handed on in parts, received, papers, finished, closed; the list on paper', async () => {
    const [who, to] = [await leaver(), await make.staff([{ role: 'sales', ...place }])]
    const seen = await make.customer({ ownerId: who.id, ...place })
    const other = await make.customer({ ownerId: who.id, ...place })
    // Lies nowhere: the head of a department hands it on, and does not see what it is called.
    const unseen = await make.customer({ ownerId: who.id })
    const admin = await signIn(people.system_admin)

    const closing = await admin.visit(`/staff/${who.number}/disable`)
    expect(closing.$('main').text()).toContain('名下还有 3 件要移交')
    expect(closing.$('main').text()).not.toContain(seen.name)
    expect(closing.$(`form[action="/staff/${who.number}/disable"]`)).toHaveLength(0)
    const { _csrf } = await admin.fieldsOf('/language', '/profile')
    const forced = await admin.post(`/staff/${who.number}/disable`, { _csrf: _csrf! })
    expect([forced.status, forced.text]).toEqual([422, expect.stringContaining('没有停用：客户还有 3 件没有移交')])
    const asked = await admin.submit(`/staff/${who.number}/handover-request`, {}, `/staff/${who.number}/disable`)
    expect(asked.$('main').text()).toContain('请负责人办理离职交接')

    const boss = await signIn(head)
    expect((await boss.visit('/notices')).$('main').text()).toContain(`请你办理离职交接：${who.name}`)
    const nobody = await boss.submit('/handovers/new', { staff: '', leavesOn: '2026-13-01' })
    expect(nobody.status).toBe(422)
    const begun = await boss.submit('/handovers/new', {}, `/handovers/new?staff=${who.number}`)
    const number = /J\d{10}/.exec(begun.url)![0]
    expect(begun.$('main').text()).toContain('还不能完成')

    const customers = `/handovers/${number}/hand/customer`
    const list = await boss.visit(customers)
    expect(list.$('tbody').text()).toContain(seen.name)
    expect(list.$('tbody').text()).toContain(unseen.number)
    expect(list.$('tbody').text()).not.toContain(unseen.name)
    const empty = await boss.submit(customers, { to: to.number })
    expect(empty.$('.errors').text()).toContain('一件也没有勾选')
    expect(empty.$('select[name=to]').val()).toBe(to.number)
    const self = await boss.submit(customers, { to: who.number, which: 'all' })
    expect(self.$('.errors').text()).toContain('不能接这类事项')
    const found = `${customers}?q=${encodeURIComponent(seen.name)}`
    expect((await boss.visit(found)).$('tbody tr')).toHaveLength(1)
    const action = (await boss.visit(found)).$('form[method=post]').last().attr('action')!
    const filled = await boss.fieldsOf(action, found)
    await boss.post(action, { ...filled, to: to.number, which: 'all' })
    const half = await boss.visit(`/handovers/${number}`)
    expect(half.$('main').text()).toContain('客户还有 2 件没有移交')
    const picked = await boss.submit(customers, { to: to.number, which: 'picked', [`item_${other.id}`]: 'on' })
    expect(picked.$('main').text()).toContain('已移交 1 件给')
    await boss.submit(customers, { to: to.number, which: 'all' })

    const receiver = await signIn(to)
    const receipt = `/handovers/${number}/receipt`
    expect((await receiver.visit('/notices')).$('main').text()).toContain('请核对并确认接收')
    expect((await receiver.visit(`/handovers/${number}`)).status).toBe(403)
    expect((await boss.visit(receipt)).status).toBe(404)
    const received = await receiver.submit(receipt)
    expect(received.$('main').text()).toContain('已接收')
    expect(received.$(`form[action="${receipt}"]`)).toHaveLength(0)

    const unticked = await boss.submit(`/handovers/${number}/papers`, { note: '客户资料 3 份交回' })
    expect(unticked.$('.errors').text()).toContain('请先清点资料')
    expect(unticked.$('textarea').val()).toContain('客户资料 3 份交回')
    await boss.submit(`/handovers/${number}/papers`, { note: '客户资料 3 份交回', given: 'on' })
    const done = await boss.submit(`/handovers/${number}/finish`, {}, `/handovers/${number}`)
    expect(done.$('main').text()).toContain('交接已完成，账户可以停用')

    const paper = await pdfOf(boss, number)
    for (const text of ['交接清单', number, who.name, to.name, seen.name, unseen.number, '客户资料 3 份交回', '监交人'])
      expect(paper).toContain(text)
    expect(paper).not.toContain(unseen.name)
    const counted = await pdfOf(admin, number)
    expect(counted).toContain('这里只列件数')
    expect(counted).not.toContain(seen.number)
    expect((await admin.visit(`/handovers/${number}/lines`)).status).toBe(404)
    expect((await boss.visit(`/handovers/${number}/lines`)).$('tbody tr')).toHaveLength(3)

    expect((await admin.visit(`/staff/${who.number}`)).$('main').text()).toContain(`交接 ${number} 已完成，可以停用`)
    const closed = await admin.submit(`/staff/${who.number}/disable`)
    expect(closed.$('main').text()).toContain('已停用')
    expect((await admin.visit('/handovers')).$('main').text()).toContain(who.name)
  })

  it('ACC-02: cancelled, the person is given things again, and what went stays where it went', async () => {
    const who = await leaver()
    const boss = await signIn(head)
    const begun = await boss.submit('/handovers/new', {}, `/handovers/new?staff=${who.number}`)
    expect((await boss.submit('/handovers/new', { staff: who.number })).$('.errors').text()).toContain('正在办理')
    const cancelled = await boss.submit(`${begun.url}/cancellation`, { reason: '本人留任' })
    expect(cancelled.$('main').text()).toContain('交接已取消')
    expect(cancelled.$('aside').text()).toContain('本人留任')
    const again = await boss.visit('/handovers/new')
    expect(again.$(`option[value="${who.number}"]`)).toHaveLength(1)
  })

  it('ACC-02: suspended by the form, with its reason, and let in again', async () => {
    const who = await leaver()
    const admin = await signIn(people.security_admin)
    expect((await admin.submit(`/staff/${who.number}/suspend`)).status).toBe(422)
    const suspended = await admin.submit(`/staff/${who.number}/suspend`, { reason: '停职核查' })
    expect(suspended.$('main').text()).toContain('已暂停')
    expect(suspended.$('aside').text()).toContain('停职核查')
    expect((await admin.visit('/staff?state=suspended')).$('main').text()).toContain(who.name)
    const back = await admin.submit(`/staff/${who.number}/resume`, {}, `/staff/${who.number}`)
    expect(back.$('main').text()).toContain('恢复了登录')
  })
})
