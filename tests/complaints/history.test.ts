import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { change } from '../../src/audit/change.ts'
import { sentenceOf } from '../../src/customers/history/lines.ts'
import { db, pool } from '../../src/db.ts'
import { moveClock, now } from '../../src/lib/clock.ts'
import { actorOf, make, theCast } from '../support/make.ts'
import { aComplaint } from '../support/complaints.ts'
import { signIn, type Browser } from '../support/browser.ts'
import type { Cast } from '../support/cast.ts'

let people: Cast
let manager: Browser
beforeAll(async () => {
  people = await theCast()
  manager = await signIn(people.cs_manager)
})
afterEach(() => moveClock(() => new Date()))

const line = (action: string, more: object) => ({
  id: 1n,
  at: now(),
  actorName: '沈既白',
  action,
  before: {},
  after: {},
  why: null,
  ...more,
})

describe('AUD-03: a line of a complaint in plain words', () => {
  it.each([
    [
      'complaint.taken',
      { after: { number: 'T2026000001', channel: 'phone', kind: 'repair_quality', level: 'general' } },
      ['受理投诉', '来源 来电', '类别 维修质量', '级别 一般'],
    ],
    [
      'complaint.level_computed',
      { before: { level: 'general' }, after: { level: 'major', facts: ['hazard', 'exchange'] } },
      ['级别 一般 → 重大', '依据的事实 险情、要求退换'],
    ],
    ['complaint.printed', { after: { paper: 'form', sha256: 'a91f' } }, ['打印单据', '单据 投诉处理表']],
    [
      'complaint.unmasked',
      { after: { field: 'phone', until: '2026-11-24T02:40:00.000Z' }, why: 'Call back' },
      ['查看一次来电号码，理由“Call back”'],
    ],
  ])('%s', (action, more, said) => {
    const sentence = sentenceOf(line(action, more), 'zh')
    for (const part of said) expect(sentence).toContain(part)
    expect(sentence).not.toMatch(/T2026000001|a91f|undefined|\{/)
    expect(sentenceOf(line(action, more), 'en')).not.toMatch(/[一-鿿]|\{/)
  })
})

describe('AUD-03: the history of a complaint', () => {
  it('AUD-03: stands in the margin, whole on its own page, by kinds and in pages', async () => {
    const complaint = await aComplaint()
    const actor = await actorOf(people.cs_manager)
    for (let n = 0; n < 60; n++)
      await change(actor, (_tx, audit) =>
        audit('complaint.level_computed', `complaint:${complaint.id}`, {
          before: { level: 'general' },
          after: { level: 'important', facts: ['legal'] },
        }),
      )
    const home = `/complaints/${complaint.number}`
    const page = await manager.visit(home)
    expect(page.$('#history li')).toHaveLength(8)
    expect(page.$(`#history a[href="${home}/history"]`).text()).toBe('全部 61')
    const first = await manager.visit(`${home}/history`)
    expect(first.$('.history li')).toHaveLength(50)
    const next = await manager.visit(first.$('a[href*="after="]').attr('href')!)
    expect(next.$('.history li')).toHaveLength(11)
    expect(next.$('.history').text()).toContain('受理投诉')
    const levels = await manager.visit(`${home}/history?kind=level`)
    expect(levels.$('.history').text()).not.toContain('受理投诉')
    expect((await manager.visit(`${home}/history?kind=copies`)).$('.nothing').text()).toContain('没有这样的经过')
  })

  it('AUD-03: who opened it is for those who watch over it', async () => {
    const complaint = await aComplaint()
    const home = `/complaints/${complaint.number}`
    await manager.visit(home)
    const auditor = await signIn(people.auditor)
    const reads = await auditor.visit(`${home}/history?kind=reads`)
    expect(reads.$('.history').text()).toContain(people.cs_manager.name)
    expect((await auditor.visit(`${home}/history`)).$('.history li')).toHaveLength(1)
    const own = await manager.visit(`${home}/history?kind=reads`)
    expect(own.$('.history').text()).toContain('受理投诉')
    expect(own.$('option[value="reads"]')).toHaveLength(0)
  })

  it('CMP-17: of a liability only that there is one, for whoever may not see it', async () => {
    const { departmentId } = await eastern()
    const complaint = await aComplaint({ departmentId })
    await pool.query(
      `insert into audit_entry (at, kind, actor_name, action, subject, after)
       values ('2026-11-24T02:40:00Z', 'change', '沈既白', 'liability.recorded', $1, '{"penalty": "320.50", "loss": "7860.00"}')`,
      [`complaint:${complaint.id}`],
    )
    const seen = (await (await signIn(people.front_desk)).visit(`/complaints/${complaint.number}/history`)).$(
      '.history',
    )
    expect(seen.text()).toContain('沈既白')
    expect(seen.text()).not.toContain('320.50')
    expect((await manager.visit(`/complaints/${complaint.number}/history`)).$('.history').text()).toContain('320.50')
  })

  it('CMP-03: there is none for whom it is about', async () => {
    const person = await make.staff([{ role: 'cs_manager' }])
    const complaint = await aComplaint({ accused: [person.id] })
    expect((await (await signIn(person)).visit(`/complaints/${complaint.number}/history`)).status).toBe(404)
  })
})

describe('AUD-03: a complaint in its customer’s history', () => {
  it('AUD-03, CMP-03: says that it came, to whoever sees the complaint, and leads there', async () => {
    const person = await make.staff([{ role: 'cs_manager' }])
    const customer = await make.customer()
    const complaint = await aComplaint({ customerId: customer.id, accused: [person.id] })
    const said = `投诉 ${complaint.number}：受理投诉`
    const history = `/customers/${customer.number}/history`
    for (const at of [`/customers/${customer.number}`, history, `${history}?kind=complaints`]) {
      const { $ } = await manager.visit(at)
      expect($(`.history a[href="/complaints/${complaint.number}"]`).text(), at).toBe(said)
    }
    const accused = await signIn(person)
    for (const at of [`/customers/${customer.number}`, history, `${history}?kind=complaints`]) {
      const { response } = await accused.visit(at)
      expect(response.status).toBe(200)
      expect(response.text, at).not.toContain(complaint.number)
    }
    const lines = await db.auditEntry.findMany({ where: { subject: `customer:${customer.id}` } })
    expect(lines.map(({ action }) => action).filter((action) => action.startsWith('complaint.'))).toEqual([])
  })

  it('AUD-03: the lines of both stand in one order, over pages', async () => {
    const customer = await make.customer()
    const actor = await actorOf(people.cs_manager)
    const note = (n: number) =>
      change(actor, (_tx, audit) =>
        audit('customer.corrected', `customer:${customer.id}`, { before: { remark: '' }, after: { remark: `第${n}` } }),
      )
    for (let n = 0; n < 30; n++) await note(n)
    const complaint = await aComplaint({ customerId: customer.id })
    for (let n = 30; n < 75; n++) await note(n)
    const first = await manager.visit(`/customers/${customer.number}/history`)
    const second = await manager.visit(first.$('a[href*="after="]').attr('href')!)
    const back = await manager.visit(second.$('a[href*="before="]').attr('href')!)
    const texts = [first, second].flatMap(({ $ }) =>
      $('.history li')
        .toArray()
        .map((item) => $(item).text()),
    )
    expect(texts).toHaveLength(76)
    expect(texts.findIndex((text) => text.includes(complaint.number))).toBe(45)
    expect(back.$('.history').text()).toBe(first.$('.history').text())
  })
})

describe('PRV-02: the complainant’s phone', () => {
  const phone = '13800000317'
  const taken = (more = {}) => aComplaint({ phone, phoneDigits: phone, ...more })
  const asking = (number: string) => `/complaints/${number}/phone`

  it('PRV-02: is shown for a minute to whoever gave a reason, which is written down before', async () => {
    const complaint = await taken()
    const page = await manager.visit(`/complaints/${complaint.number}`)
    expect(page.response.text).not.toContain(phone)
    expect(page.$(`a[href="${asking(complaint.number)}"]`)).toHaveLength(1)
    const refused = await manager.submit(asking(complaint.number), {})
    expect(refused.status).toBe(422)
    expect(refused.$('.errors [data-rule="PRV-02"]')).toHaveLength(1)
    expect(refused.response.text).not.toContain(phone)
    const shown = await manager.submit(asking(complaint.number), { purpose: 'call' })
    expect(shown.$('.secret').text()).toBe(phone)
    const [line] = await db.auditEntry.findMany({
      where: { subject: `complaint:${complaint.id}`, action: 'complaint.unmasked' },
    })
    expect(line).toMatchObject({ kind: 'read', actorId: people.cs_manager.id, why: '回电联系' })
    expect(JSON.stringify(line!.after)).not.toContain(phone)
    const later = now().getTime() + 61_000
    moveClock(() => new Date(later))
    expect((await manager.visit(shown.url)).response.text).not.toContain(phone)
  })

  it('PRV-02: the hour’s limit counts customers and complaints together', async () => {
    const person = await make.staff([{ role: 'cs_manager' }])
    const { rows } = await pool.query<{ n: number }>(
      `insert into audit_entry (at, kind, actor_id, actor_name, action, subject, after)
       select $2, 'read', $1, '试', case when n % 2 = 0 then 'customer.unmasked' else 'complaint.unmasked' end, 'customer:1', '{}'
       from generate_series(1, 100) n returning 1`,
      [person.id, now()],
    )
    expect(rows).toHaveLength(100)
    const complaint = await taken()
    const page = await (await signIn(person)).submit(asking(complaint.number), { purpose: 'call' })
    expect(page.status).toBe(422)
    expect(page.$('.errors').text()).toContain('一小时内已查看')
  })

  it('PRV-02, CMP-03: one’s own line alone opens it; not for the accused, not for who only reads, not where none was left', async () => {
    const person = await make.staff([{ role: 'cs_manager' }])
    const complaint = await taken({ accused: [person.id] })
    const shown = await manager.submit(asking(complaint.number), { purpose: 'call' })
    const other = await signIn(await make.staff([{ role: 'cs_manager' }]))
    expect((await other.visit(shown.url)).status).toBe(404)
    const accused = await signIn(person)
    for (const way of [asking(complaint.number), shown.url]) expect((await accused.visit(way)).status).toBe(404)
    const auditor = await signIn(people.auditor)
    expect((await auditor.visit(asking(complaint.number))).status).toBe(403)
    expect((await auditor.visit(`/complaints/${complaint.number}`)).$('a.unmask')).toHaveLength(0)
    const without = await aComplaint()
    expect((await manager.visit(asking(without.number))).status).toBe(404)
  })
})

async function eastern() {
  const { rows } = await pool.query<{ id: string }>(`select id from department where name = '城东营业部'`)
  return { departmentId: BigInt(rows[0]!.id) }
}
