import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { system } from '../../src/access/actor.ts'
import { change } from '../../src/audit/change.ts'
import { createCustomer } from '../../src/customers/commands.ts'
import { db, pool } from '../../src/db.ts'
import { pauseDeadline, resumeDeadline, startDeadlines } from '../../src/deadlines/commands.ts'
import { sweep } from '../../src/deadlines/jobs.ts'
import { moveClock } from '../../src/lib/clock.ts'
import { startReports } from '../../src/visits/clocks.ts'
import { clockSubject } from '../../src/visits/plans/clocks.ts'
import { signIn, type Browser } from '../support/browser.ts'
import type { Cast } from '../support/cast.ts'
import { ownDatabase } from '../support/connected.ts'
import { actorOf, factsWith, make, theCast } from '../support/make.ts'
import { aPlan, aVisit } from '../support/visits.ts'
import { at } from './calendar.ts'

await ownDatabase('deadlines')

let cast: Cast
let director: Browser
beforeAll(async () => {
  cast = await theCast()
})

/** Time stands; whoever was signed in at another hour is not any more. */
async function standAt(text: string): Promise<void> {
  moveClock(() => at(text))
  director = await signIn(cast.sales_director)
}
afterEach(() => moveClock(() => new Date()))
afterAll(() => moveClock(() => new Date()))

/** Recorded by the desk at ten on a Monday, complete, to be confirmed by Tuesday's close. */
async function recorded(when = '2026-11-23 10:00') {
  const desk = await actorOf(cast.front_desk)
  const departmentId = (await db.department.findFirstOrThrow({ where: { name: '城东营业部' } })).id
  const facts = { departmentId, creditNote: '现款', tradeNote: '首次来访', phone: null, kind: 'person' as const }
  const number = await createCustomer(desk, factsWith({ ...facts, phone: freshPhone() }), at(when))
  const { id, version } = await db.customer.findUniqueOrThrow({ where: { number } })
  const deadline = await db.deadline.findFirstOrThrow({ where: { customerId: id, kind: 'customer.confirmation' } })
  return { id, number, version, deadline }
}
let serial = 0
const freshPhone = () => `1380${String(Date.now() % 1e5).padStart(5, '0')}${String(serial++ % 100).padStart(2, '0')}`

describe('CUS-05: the confirmation clock, on a moved clock', () => {
  it('runs from recording, shows on the customer’s page, and is met by confirming', async () => {
    const { number, version, deadline } = await recorded()
    await standAt('2026-11-23 14:30')
    const page = await director.visit(`/customers/${number}`)
    const clock = page.$('.margin .clock-list li').filter((_, li) => page.$(li).text().includes('CUS-05'))
    expect(clock.find('.deadline').attr('data-state')).toBe('ontime')
    expect(clock.find('.deadline').text()).toBe('剩 1 个工作日 3 小时11-24 17:30')
    expect(clock.find('a').attr('href')).toBe(`/deadlines/${deadline.id}`)

    await standAt('2026-11-24 17:30')
    await director.submit(`/customers/${number}/confirmation`, { version: String(version) }, `/customers/${number}`)
    expect(await db.deadline.findUniqueOrThrow({ where: { id: deadline.id } })).toMatchObject({
      metAt: at('2026-11-24 17:30'),
      breachedAt: null,
    })
  })

  it('late by a minute is late for ever, in the list of what has ended and on its own page', async () => {
    const { number, version, deadline } = await recorded()
    await standAt('2026-11-25 09:30')
    await director.submit(`/customers/${number}/confirmation`, { version: String(version) }, `/customers/${number}`)
    const page = await director.visit(`/deadlines/${deadline.id}`)
    expect(page.$('.page-head .deadline').attr('data-state')).toBe('late')
    expect(page.$('.page-head .deadline').text()).toBe('迟 1 小时')
    expect(page.$('.facts').text()).toContain('错过了 2026-11-24 17:30，永久保留')
    const list = await director.visit('/deadlines?state=ended')
    expect(list.$('tbody tr').first().text()).toContain('迟 1 小时')
  })

  it('the list of those to confirm shows it, with the rule; the most urgent stands on the first page', async () => {
    const { number } = await recorded('2026-11-19 10:00')
    await standAt('2026-11-23 10:00')
    const list = await director.visit('/customers?standing=provisional')
    const row = list.$(`tbody tr`).filter((_, tr) => list.$(tr).text().includes(number))
    expect(row.find('.deadline').attr('data-state')).toBe('overdue')
    expect(row.find('.deadline b').text()).toBe('逾期 1 小时 30 分')
    expect(row.find('.rule-chip').text()).toContain('CUS-05')
    expect((await director.visit('/customers')).$('th').text()).not.toContain('确认时限')

    const home = await director.visit('/')
    const queue = home.$('.queue').filter((_, li) => home.$(li).text().includes('CUS-05'))
    expect(queue.find('.deadline').attr('data-state')).toBe('overdue')
    expect(queue.index()).toBe(0)
  })

  it('counts a Saturday that is worked', async () => {
    const { deadline } = await recorded('2026-02-13 10:00')
    // Friday; 14 February is a working Saturday.
    expect(deadline.dueAt).toEqual(at('2026-02-14 17:30'))
  })
})

describe('CAL-02: the list', () => {
  it('CAL-01: what runs into a year that is not entered says so: in the list, by the customer, on its own page', async () => {
    const { number, deadline } = await recorded('2026-12-31 10:00')
    await standAt('2026-12-31 10:00')
    const ended = (id: bigint) => pool.query('update deadline set cancelled_at = started_at where id = $1', [id])
    const said = async (address: string) => (await director.visit(address)).$('main').text().includes('只是推算')
    const addresses = ['/deadlines?kind=customer.confirmation', `/customers/${number}`, `/deadlines/${deadline.id}`]
    expect(await Promise.all(addresses.map(said))).toEqual([true, true, true])
    await ended(deadline.id)
    const known = await recorded('2026-12-29 10:00')
    const others = [addresses[0]!, `/customers/${known.number}`, `/deadlines/${known.deadline.id}`]
    expect(await Promise.all(others.map(said))).toEqual([false, false, false])
    await ended(known.deadline.id)
  })

  it('is filtered by state and kind, the most urgent first; the address holds it all', async () => {
    const { deadline } = await recorded('2026-11-16 10:00')
    await standAt('2026-11-23 10:00')
    const overdue = await director.visit('/deadlines?state=overdue&kind=customer.confirmation')
    const states = overdue
      .$('tbody .deadline')
      .toArray()
      .map((tag) => overdue.$(tag).attr('data-state'))
    expect(new Set(states)).toEqual(new Set(['overdue']))
    expect(overdue.$(`a[href="/deadlines/${deadline.id}"]`).length).toBe(1)
    expect(overdue.$('.views [aria-current]').text()).toContain('逾期')
    const moments = overdue
      .$('tbody time')
      .toArray()
      .map((time) => overdue.$(time).attr('datetime')!)
    expect(moments).toEqual(moments.toSorted())
    for (const state of ['soon', 'ontime', 'paused', 'ended'])
      expect((await director.visit(`/deadlines?state=${state}`)).$(`a[href="/deadlines/${deadline.id}"]`).length).toBe(
        0,
      )
    expect((await director.visit('/deadlines?state=nonsense')).status).toBe(400)
  })

  it('goes on to the next page without losing or repeating one', async () => {
    for (let n = 0; n < 28; n++) await recorded('2026-10-12 10:00')
    await standAt('2026-10-12 11:00')
    const seen: string[] = []
    let at: string | undefined = '/deadlines?state=ontime&kind=customer.confirmation'
    for (let pages = 0; at && pages < 20; pages++) {
      const page = await director.visit(at)
      seen.push(
        ...page
          .$('tbody th a')
          .toArray()
          .map((a) => page.$(a).attr('href')!),
      )
      at = page.$('a[rel=next]').attr('href')
    }
    expect(seen.length).toBeGreaterThanOrEqual(28)
    expect(new Set(seen).size).toBe(seen.length)
  })

  it('VIS-01, VIS-06: the clock of a plan leads to the plan, once it is begun; that of a report to its visit', async () => {
    await standAt('2026-11-23 10:00')
    const { id: ownerId } = cast.sales
    const visit = await aVisit({ by: cast.sales, state: 'approved', startsAt: at('2026-11-20 10:00') })
    const subject = clockSubject(ownerId, '2027-02')
    await change(system, async (tx, audit) => {
      const dueAt = at('2027-01-29 17:30')
      await startDeadlines(tx, 'visit.plan', [{ subject, ownerId, dueAt }], at('2026-11-23 10:00'))
      await startReports(tx, [visit], at('2026-11-23 10:00'))
      await audit('deadline.swept', 'deadlines:test')
    })
    const addressOf = async (about: string) =>
      `/deadlines/${(await db.deadline.findFirstOrThrow({ where: { subject: about } })).id}`
    const seller = await signIn(cast.sales)
    const leads = async (about: string) =>
      (await seller.visit(await addressOf(about))).$('main dd a').first().attr('href')
    expect(await leads(subject)).toBe('/visits/plans?month=2027-02')
    const plan = await aPlan({ by: cast.sales, month: '2027-02' })
    expect(await leads(subject)).toBe(`/visits/plans/${plan.number}`)
    expect(await leads(`visit:${visit.id}`)).toBe(`/visits/${visit.number}`)
  })

  it('PPL-01: a seller sees the clocks of his customers and his own, and no others', async () => {
    const { deadline } = await recorded()
    const own = await make.customer({ ownerId: cast.sales.id })
    await change(system, async (tx, audit) => {
      const when = at('2026-11-23 10:00')
      await startDeadlines(tx, 'customer.confirmation', [{ subject: `customer:${own.id}`, customerId: own.id }], when)
      const mine = { subject: 'task:999999001', ownerId: cast.sales.id, dueAt: at('2026-11-24 17:30') }
      const theirs = { subject: 'task:999999002', ownerId: cast.archivist.id, dueAt: at('2026-11-24 17:30') }
      await startDeadlines(tx, 'task.due', [mine, theirs], when)
      await audit('deadline.swept', 'deadlines:test')
    })
    const idOf = async (subject: string) => (await db.deadline.findFirstOrThrow({ where: { subject } })).id
    await standAt('2026-11-23 11:00')
    const seller = await signIn(cast.sales)
    const links = (await seller.visit('/deadlines'))
      .$('tbody th a')
      .toArray()
      .map((a) => a.attribs['href'])
    expect(links).toContain(`/deadlines/${await idOf(`customer:${own.id}`)}`)
    expect(links).toContain(`/deadlines/${await idOf('task:999999001')}`)
    expect(links).not.toContain(`/deadlines/${deadline.id}`)
    expect(links).not.toContain(`/deadlines/${await idOf('task:999999002')}`)
    expect((await seller.visit(`/deadlines/${deadline.id}`)).status).toBe(404)
    expect((await seller.visit(`/deadlines/${await idOf('task:999999002')}`)).status).toBe(404)
    const auditor = await signIn(cast.auditor)
    expect((await auditor.visit(`/deadlines/${await idOf('task:999999002')}`)).status).toBe(200)
  })
})

describe('CAL-02: one deadline', () => {
  it('says how its due moment came about: days skipped, pauses, and the version of the rule', async () => {
    const { id, deadline } = await recorded('2026-11-27 10:00')
    const actor = await actorOf(cast.sales_director)
    await change(system, async (tx, audit) => {
      const about = ['customer.confirmation', `customer:${id}`] as const
      await pauseDeadline(tx, actor, ...about, '等客户补营业执照', at('2026-11-27 15:30'))
      await resumeDeadline(tx, ...about, at('2026-11-30 09:30'))
      await audit('deadline.swept', 'deadlines:test')
    })
    await standAt('2026-11-30 10:00')
    const page = await director.visit(`/deadlines/${deadline.id}`)
    const reckoned = page.$('.facts-list').text()
    for (const part of [
      '2026-11-27 10:00',
      '1 个工作日，到第 1 个工作日下班为止',
      '11-28 休息',
      '11-29 休息',
      '1 次，共 3 小时',
      '2026-12-01 17:30',
    ])
      expect(reckoned).toContain(part)
    expect(page.$('.facts').text()).toContain('出厂设定')
    expect(page.$('main').text()).toContain('等客户补营业执照')
    expect(page.$('.history').text()).toContain('恢复计时，到期由 2026-11-30 17:30 改为 2026-12-01 17:30')
  })

  it('shows to whom it was escalated, and what is still to come', async () => {
    const { deadline } = await recorded('2026-11-23 10:00')
    await sweep(at('2026-11-25 09:00'))
    await standAt('2026-11-25 10:00')
    const page = await director.visit(`/deadlines/${deadline.id}`)
    const steps = page.$('#ladder').closest('section').find('tbody tr')
    expect(steps.length).toBe(2)
    expect(steps.eq(0).text()).toContain(cast.sales_director.name)
    expect(steps.eq(0).text()).toContain('站内已通知，未读')
    expect(steps.eq(1).text()).toContain('还没到')
    expect(steps.eq(1).text()).toContain('2026-11-27 17:30')
  })

  it('says that nobody was reached, and who was told instead', async () => {
    const gone = await make.staff()
    const { id } = await make.customer({ ownerId: gone.id, department: '城西营业部' })
    await change(system, async (tx, audit) => {
      const subject = { subject: `customer:${id}`, customerId: id }
      await startDeadlines(tx, 'customer.verification', [subject], at('2025-01-06 10:00'))
      await tx.staff.update({ where: { id: gone.id }, data: { state: 'disabled' } })
      await audit('deadline.swept', 'deadlines:test')
    })
    await sweep(at('2026-01-08 09:00'))
    await standAt('2026-01-08 10:00')
    const found = await db.deadline.findFirstOrThrow({ where: { customerId: id, kind: 'customer.verification' } })
    const page = await director.visit(`/deadlines/${found.id}`)
    expect(page.$('main').text()).toContain('第 1 级：责任人，已转总经理 没有送达')
    expect(page.$('main').text()).toContain('当地没有人担任这个角色')
  })

  it('in English', async () => {
    const person = await make.staff([{ role: 'sales_director' }])
    await change(system, async (tx, audit) => {
      await tx.staff.update({ where: { id: person.id }, data: { language: 'en' } })
      await audit('deadline.swept', 'deadlines:test')
    })
    const { deadline } = await recorded()
    await standAt('2026-11-23 14:30')
    const browser = await signIn(person)
    const page = await browser.visit(`/deadlines/${deadline.id}`)
    expect(page.$('h1').text()).toMatch(/^Confirm the file: /)
    expect(page.$('.page-head .deadline b').text()).toBe('1 working day 3 h left')
    expect((await browser.visit('/deadlines?state=overdue')).$('h1').text()).toBe('Deadlines')
  })
})
