import { beforeAll, describe, expect, it } from 'vitest'
import { db, pool, writer } from '../../src/db.ts'
import { now } from '../../src/lib/clock.ts'
import { dateText, dayStart } from '../../src/lib/dates.ts'
import { startReports } from '../../src/visits/clocks.ts'
import { aroundDay } from '../../src/visits/day/around.ts'
import { dayPage } from '../../src/visits/day/pages.ts'
import type { Visit } from '../../src/visits/queries.ts'
import { dayFor } from '../../src/visits/day/queries.ts'
import { signIn, type Browser } from '../support/browser.ts'
import type { Person } from '../support/cast.ts'
import { aComplaint } from '../support/complaints.ts'
import { actorOf, make, refusalOf, theCast } from '../support/make.ts'
import { textOf } from '../support/pdf.ts'
import { aVisit, visitNow } from '../support/visits.ts'
import { NotFound } from '../../src/lib/refused.ts'

const today = dateText(now())
const at = (hours: number, days = 0, day = today) => new Date(dayStart(day, days).getTime() + hours * 3_600_000)
const pageOf = async (who: { id: bigint }, query: { on?: string; who?: string } = {}, moment = now()) => {
  const actor = await actorOf(who)
  const day = await dayFor(actor, query, moment)
  return dayPage(actor, day, await aroundDay(actor, day, moment), moment)
}

describe('VIS-11: the sheet of a day', () => {
  let by: Person
  let browser: Browser
  beforeAll(async () => {
    by = await make.staff([{ role: 'sales' }])
    browser = await signIn(by)
  })

  it('VIS-11, VIS-03: in order, each with what is to be said, marked where it is not agreed on', async () => {
    await aVisit({ by, startsAt: at(16), district: '临平区', party: '山海经纬测绘公司' })
    await aVisit({ by, startsAt: at(9, 0), timed: false, district: '滨江区', party: '九色鹿冷链' })
    await aVisit({ by, startsAt: at(9.5), district: '临平区', party: '桃花渡轴承厂', bring: '封条样品' })
    await aVisit({ by, startsAt: at(14.5), minutes: 90, district: '滨江区', party: '无何有乡餐饮' })
    const page = await browser.visit('/visits/day')
    expect(page.$('h1').text()).toContain('4 户')
    expect(page.$('.lede').text()).toContain('16:00 又回临平区')
    const names = page.$('.stops h2 a').toArray()
    expect(names.map((one) => page.$(one).text())).toEqual([
      '桃花渡轴承厂',
      '无何有乡餐饮',
      '九色鹿冷链',
      '山海经纬测绘公司',
    ])
    expect(page.$('.stops > li').eq(0).text()).toContain('带封条样品')
    expect(page.$('.stops > li').eq(1).text()).toContain('1.5 小时')
    // A day that no sheet reaches is today's.
    for (const on of ['0000-01-01', '9999-12-31', '2026-02-30'])
      expect((await browser.visit(`/visits/day?on=${on}`)).$('h1').text(), on).toBe(page.$('h1').text())
    expect(page.$('.stops > li').eq(2).text()).toContain('时间未定')
    expect(page.$('.stops a[href="/regulations/VIS-03"]')).toHaveLength(4)
    expect(page.$('.week-strip [aria-current]').text()).toContain('4')
  })

  it('one press arrives, stays on the day and can be taken back; then the report is the next act', async () => {
    const visit = await db.visit.findFirstOrThrow({ where: { ownerId: by.id, party: '桃花渡轴承厂' } })
    const arrived = await browser.submit(`/visits/${visit.number}/arrival`, {}, '/visits/day')
    expect(arrived.url).toBe(`/visits/day?on=${today}`)
    const undo = arrived.$('.notice form')
    expect(undo.attr('action')).toBe(`/visits/${visit.number}/arrival/undo?from=day`)
    expect(arrived.$(`#${visit.number} a[href="/visits/${visit.number}/report"]`)).toHaveLength(1)
    expect(arrived.$(`#${visit.number}`).text()).toContain('已拜访')
    const _csrf = undo.find('[name=_csrf]').attr('value')!
    const back = await browser.post(undo.attr('action')!, { _csrf })
    expect(back.get('Location')).toBe(`/visits/day?on=${today}`)
    expect((await visitNow(visit)).state).toBe('approved')
  })

  it('VIS-11: prints the same order; that it was printed is in the trail', async () => {
    const { body, headers } = await browser.agent.get('/visits/day.pdf').set('Host', browser.host).buffer(true)
    expect(headers['content-type']).toBe('application/pdf')
    const text = textOf(body as Buffer).replace(/\s/g, '')
    const places = ['桃花渡轴承厂', '无何有乡餐饮', '九色鹿冷链', '山海经纬测绘公司'].map((name) => text.indexOf(name))
    expect(places).toEqual(places.toSorted((one, other) => one - other))
    expect(places[0]).toBeGreaterThan(-1)
    const [line] = await db.auditEntry.findMany({ where: { action: 'visit_day.printed', actorId: by.id } })
    expect(line).toMatchObject({ subject: `staff:${by.id}`, after: { onDay: today } })
  })
})

describe('what stands at a stop', () => {
  const on = '2028-03-06'
  const noon = at(12, 0, on)

  it('CMP-03, VIS-07: what is overdue with the customer, never a complaint about the one who reads', async () => {
    const by = await make.staff([{ role: 'sales' }])
    const customer = await make.customer({ ownerId: by.id })
    await aVisit({ by, startsAt: at(15, 0, on), customerId: customer.id, party: customer.name })
    const open = await aComplaint({ customerId: customer.id })
    const page = await pageOf(by, { on }, noon)
    expect(page.stops[0]?.late).toMatchObject({ href: `/complaints/${open.number}`, tag: { state: 'overdue' } })
    await pool.query('update complaint set accused = array[$2::bigint] where id = $1', [open.id, by.id])
    expect((await pageOf(by, { on }, noon)).stops[0]?.late).toBeNull()

    const task = await writer.task.create({
      data: {
        number: `D19${by.number.slice(-9)}`,
        title: '寄样品',
        ownerId: by.id,
        createdById: by.id,
        customerId: customer.id,
        dueOn: new Date('2028-03-03T00:00:00Z'),
        createdAt: noon,
      },
    })
    await writer.customerPromise.create({
      data: { taskId: task.id, customerId: customer.id, promisedOn: new Date('2028-03-01T00:00:00Z') },
    })
    expect((await pageOf(by, { on }, noon)).stops[0]?.promises).toEqual([
      { href: `/tasks/${task.number}`, title: '寄样品', on: '03-03' },
    ])
    // PRV-02: who comes along without seeing the customer is not told what was promised to it.
    const along = await make.staff([{ role: 'sales' }])
    await pool.query('update visit set companions = array[$2::bigint] where customer_id = $1', [customer.id, along.id])
    const [stop] = (await pageOf(along, { on }, noon)).stops
    expect([stop?.party, stop?.promises]).toEqual([customer.name, []])
  })

  it('PRV-02: a telephone is called by way of its reason; it stands nowhere on the sheet', async () => {
    const by = await make.staff([{ role: 'sales' }])
    const customer = await make.customer({ ownerId: by.id })
    const contact = await writer.contact.create({
      data: { customerId: customer.id, name: '丁香结', phones: ['13800000317'], main: true },
    })
    const visit = await aVisit({ by, startsAt: at(15, 0, on), customerId: customer.id, party: customer.name })
    await writer.visit.update({
      where: { id: visit.id },
      data: { confirmedAt: at(9, 0, on), confirmedWith: '丁香结', confirmedWay: 'phone' },
    })
    const page = await pageOf(by, { on }, noon)
    const call = page.stops[0]?.acts.find(({ how }) => how === 'modal')
    expect(call).toMatchObject({
      word: '丁香结',
      href: `/customers/${customer.number}/contacts/${contact.id}/unmaskings/phones`,
    })
    expect(JSON.stringify(page)).not.toContain('13800000317')
    expect(page.stops[0]?.confirmed).toBe(true)
  })

  it('VIS-04: costs that are not approved say by how much they are over the limit', async () => {
    const by = await make.staff([{ role: 'sales' }])
    const gift = { kind: 'gift' as const, what: '年节礼品', quantity: 2, price: '260.00' }
    await aVisit({ by, startsAt: at(15, 0, on), spendings: [gift] })
    const [stop] = (await pageOf(by, { on }, noon)).stops
    expect(stop?.whyNots).toEqual([
      {
        act: '年节礼品未批，不能登记费用：',
        reason: '单价 260.00 元超过岗位限额 200.00 元。',
        rule: { id: 'VIS-04' },
      },
    ])
  })

  it('VIS-06: says how many reports are overdue and what that stops, and leads to the oldest', async () => {
    const by = await make.staff([{ role: 'sales' }])
    const visits: Visit[] = []
    for (const days of [-9, -8, -7]) visits.push(await aVisit({ by, startsAt: at(10, days, on) }))
    expect((await pageOf(by, { on }, noon)).late).toBeNull()
    await writer.$transaction((tx) => startReports(tx, visits.slice(0, 2), noon))
    expect((await pageOf(by, { on }, noon)).late).toMatchObject({
      text: '逾期未交的拜访报告 2 份，满 3 份不能再报计划。',
      bad: true,
      oldest: { href: `/visits/${visits[0]!.number}` },
    })
    await writer.$transaction((tx) => startReports(tx, visits, noon))
    expect((await pageOf(by, { on }, noon)).late?.text).toContain('现在不能报计划')
  })
})

describe('whose day', () => {
  const on = '2028-04-10'

  it('PPL-01: the head looks at a colleague’s day and presses nothing there; others find nobody', async () => {
    const { sales, dept_head } = await theCast()
    const visit = await aVisit({ startsAt: at(15, 0, on) })
    const stranger = await make.staff([{ role: 'sales' }])
    const page = await pageOf(dept_head, { on, who: sales.number })
    expect(page.stops.map(({ number, acts }) => [number, acts.filter(({ how }) => how !== 'modal')])).toEqual([
      [visit.number, []],
    ])
    expect(page.title).toContain(sales.name)
    const mine = await pageOf(dept_head, { on })
    expect(mine.people).toContainEqual(expect.objectContaining({ word: sales.name, count: 1 }))
    expect(await refusalOf(pageOf(stranger, { on, who: sales.number }))).toBeInstanceOf(NotFound)
  })

  it('of a person elsewhere one sees the visit to one’s own customer alone, and nothing of their reports', async () => {
    const [by, mine] = [await make.staff([{ role: 'sales' }]), await make.staff([{ role: 'sales' }])]
    const customer = await make.customer({ ownerId: mine.id })
    const other = await make.customer({ ownerId: by.id })
    const late = await aVisit({ by, startsAt: at(10, -9, on), customerId: other.id, party: other.name })
    await writer.$transaction((tx) => startReports(tx, [late], at(8, 0, on)))
    // Handed over since: the visit is by who had it, the customer is mine.
    const visit = await aVisit({ by, startsAt: at(15, 0, on), customerId: customer.id, party: customer.name })
    await aVisit({ by, startsAt: at(16, 0, on), customerId: other.id, party: other.name })
    expect((await pageOf(by, { on }, at(12, 0, on))).late).not.toBeNull()
    const page = await pageOf(mine, { on, who: by.number }, at(12, 0, on))
    expect(page.stops.map(({ number }) => number)).toEqual([visit.number])
    expect(page.late).toBeNull()
  })

  it('who comes along has it in their day, and who goes beside it', async () => {
    const [by, along] = [await make.staff([{ role: 'sales' }]), await make.staff([{ role: 'sales' }])]
    await aVisit({ by, startsAt: at(15, 0, on), companions: [along.id] })
    const [stop] = (await pageOf(along, { on })).stops
    expect(stop).toMatchObject({ along: `由 ${by.name} 拜访`, customerHref: null, acts: [] })
  })

  it('an empty day says what comes next; a cancelled visit is no stop', async () => {
    const by = await make.staff([{ role: 'sales' }])
    expect((await pageOf(by, { on })).empty?.next?.href).toBe('/visits/plans')
    await aVisit({ by, startsAt: at(10, 3, on) })
    await aVisit({ by, startsAt: at(10, 0, on), party: '桃花渡轴承厂', state: 'cancelled' })
    const page = await pageOf(by, { on })
    expect(page.stops).toEqual([])
    expect(page.cancelled).toContain('桃花渡轴承厂')
    expect(page.empty?.next).toEqual({
      href: '/visits/day?on=2028-04-13',
      word: '下一次：04-13 周四，1 户',
    })
  })
})
