import { load } from 'cheerio'
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { assignCustomers } from '../../src/assignments/commands.ts'
import { confirmCustomers } from '../../src/confirmations/commands.ts'
import { db, pool } from '../../src/db.ts'
import { dateText, dayStart } from '../../src/lib/dates.ts'
import { recordRuleEvents } from '../../src/regulations/events.ts'
import { signIn, visitor, type Browser } from '../support/browser.ts'
import type { Cast } from '../support/cast.ts'
import { actorOf, make, theCast } from '../support/make.ts'

let cast: Cast
let auditor: Browser
let sales: Browser
beforeAll(async () => {
  cast = await theCast()
  ;[auditor, sales] = await Promise.all([signIn(cast.auditor), signIn(cast.sales)])
})
beforeEach(async () => {
  await pool.query('delete from rule_event')
})

const events = () => db.ruleEvent.findMany({ orderBy: { id: 'asc' } })
const today = new Date()

describe('RULE-01: what a rule stopped is counted', () => {
  it('a form that rules refuse: one event for each rule, with who, where and about whom', async () => {
    const customer = await make.customer({ ownerId: cast.sales.id })
    const director = await signIn(cast.sales_director)
    const { _csrf } = await director.fieldsOf('/language', '/profile')
    const answer = await director.post(`/customers/${customer.number}/confirmation`, { _csrf: _csrf!, version: '1' })
    expect(answer.status).toBe(422)
    // It lacks a contact, a place and two notes: four reasons, one rule.
    expect(load(answer.text)('[data-rule="CUS-04"]').length).toBeGreaterThan(1)
    const found = await events()
    expect(found.map(({ rule }) => rule)).toEqual(['CUS-04'])
    for (const { effect, place, subject, actorId, n } of found)
      expect({ effect, place, subject, actorId, n }).toEqual({
        effect: 'stopped',
        place: '/customers/:number/confirmation',
        subject: `customer:${customer.id}`,
        actorId: cast.sales_director.id,
        n: 1,
      })
  })

  it('many at once: one event for each rule, with how many it kept from being assigned or confirmed', async () => {
    const director = await actorOf(cast.sales_director)
    const customers = await Promise.all([make.customer(), make.customer()])
    const picked = [...customers.map(({ number }) => number), 'K1900000001'].map((number) => ({ number, version: 1 }))
    const place = { departmentId: { keep: true }, regionId: { keep: true }, reason: null } as const
    const wish = { ...place, owner: { keep: false, value: cast.sales.number } } as const
    await assignCustomers(director, { ...wish, picked }, today)
    await assignCustomers(director, { ...wish, picked: picked.map((one) => ({ ...one, version: 2 })) }, today)
    await confirmCustomers(
      director,
      picked.map((one) => ({ ...one, version: 2 })),
      today,
    )
    const counted = (await events()).map(({ rule, place, actorId, n }) => [rule, place, actorId === director.id, n])
    expect(counted).toEqual([
      ['PPL-01', '/customers/assignment', true, 1],
      ['CUS-06', '/customers/assignment', true, 2],
      ['PPL-01', '/customers/assignment', true, 1],
      ['CUS-04', '/customers/confirmation', true, 2],
      ['PPL-01', '/customers/confirmation', true, 1],
    ])
  })

  it('PPL-01: an act that is not this person’s, once; the page of it leads to the rule', async () => {
    const page = await sales.agent.get('/audit').set('Host', sales.host)
    expect(page.status).toBe(403)
    expect(load(page.text)('main .rule-chip[href="/regulations/PPL-01"]')).toHaveLength(1)
    const found = await events()
    expect(found.map(({ rule, place, actorId }) => [rule, place, actorId])).toEqual([
      ['PPL-01', '/audit', cast.sales.id],
    ])
  })

  it('ACC-01: a wrong password, by nobody known', async () => {
    const page = await visitor().submit('/sign-in', { account: 'C99999', password: '错的密码' })
    expect(page.status).toBe(422)
    expect((await events()).map(({ rule, actorId }) => [rule, actorId])).toEqual([['ACC-01', null]])
  })

  it('a page that is opened, a form that is saved, one with a field left out: nothing', async () => {
    await sales.visit('/')
    await sales.visit('/customers/K2026999999')
    await auditor.visit('/regulations')
    await drafted()
    expect(await events()).toEqual([])
  })

  it('never fails the request: a place that cannot be stored is only missing', async () => {
    const query = pool.query.bind(pool) as (...given: unknown[]) => unknown
    const broken = vi
      .spyOn(pool, 'query')
      .mockImplementation(((...given: unknown[]) =>
        String(given[0]).includes('rule_event') ? Promise.reject(new Error('no room')) : query(...given)) as never)
    try {
      expect((await sales.agent.get('/audit')).status).toBe(403)
    } finally {
      broken.mockRestore()
    }
    expect(await events()).toEqual([])
  })
})

async function drafted() {
  const browser = await signIn(cast.system_admin)
  const page = await browser.submit('/regulations/CUS-06/draft', { reason: '' })
  expect(page.status).toBe(422)
}

describe('RULE-01: the pages that show it', () => {
  const place = '/customers/new'
  const some = (n: number, at = today, actorId = cast.sales.id) =>
    recordRuleEvents([{ rule: 'POOL-01', effect: 'stopped', place, actorId, n }], at)

  it('counts 30 days, today and the first of them included, and nothing older', async () => {
    const first = dayStart(dateText(today), -29)
    await some(3)
    await some(4, first)
    await some(50, new Date(first.getTime() - 1))
    await recordRuleEvents([{ rule: 'POOL-01', effect: 'reminded', place: 'everywhere' }], today)
    const page = await auditor.visit('/regulations/POOL-01')
    expect(page.$('.chart').attr('aria-label')).toContain('共 8 次')
    expect(page.$('.chart rect')).toHaveLength(30)
    expect(page.$('.chart .column-now title').text()).toContain('4 次')
    expect(page.$('tr:contains("录入客户")').text()).toContain('拦下 7 次')
    const index = await auditor.visit('/regulations?view=stopped')
    expect(index.$('tbody tr').first().text()).toContain('POOL-01')
    expect(index.$('tbody tr').first().find('.num').first().text()).toContain('7')
  })

  it('who was stopped: the auditor sees everybody, others themselves and how many more', async () => {
    await some(1)
    await some(2, today, cast.front_desk.id)
    const all = await auditor.visit('/regulations/POOL-01/events')
    expect(all.$('tbody').text()).toContain(cast.sales.name)
    expect(all.$('tbody').text()).toContain(cast.front_desk.name)
    const own = await sales.visit('/regulations/POOL-01/events?effect=stopped')
    expect(own.$('tbody tr')).toHaveLength(1)
    expect(own.$('tbody').text()).not.toContain(cast.front_desk.name)
    expect(own.$('.lede').text()).toContain('自己的 1 次。其余 2 次')
  })

  it('PRV-02: a customer is named only while it lies in the reader’s scope', async () => {
    const [mine, others] = [await make.customer({ ownerId: cast.sales.id }), await make.customer()]
    for (const { id } of [mine, others])
      await recordRuleEvents(
        [{ rule: 'POOL-01', effect: 'stopped', place, actorId: cast.sales.id, subject: `customer:${id}` }],
        today,
      )
    const page = await sales.visit('/regulations/POOL-01/events')
    expect(page.$(`a[href="/customers/${mine.number}"]`).text()).toContain(mine.name)
    expect(page.$('tbody').text()).not.toContain(others.name)
    expect(page.$('tbody').text()).not.toContain(others.number)
    expect(page.$('tbody').text()).toContain('你看不到的客户')
  })

  it('goes on to the next page', async () => {
    for (let at = 0; at < 3; at++)
      await recordRuleEvents(
        Array.from({ length: 20 }, () => ({ rule: 'POOL-01', effect: 'stopped' as const, place })),
        today,
      )
    const page = await auditor.visit('/regulations/POOL-01/events')
    expect(page.$('tbody tr')).toHaveLength(50)
    expect((await auditor.visit(page.$('a[rel=next]').attr('href')!)).$('tbody tr')).toHaveLength(10)
  })
})

describe('RULE-01: a chip leads to its rule', () => {
  it('for who is signed in, with its title and article', async () => {
    const chip = (await sales.visit('/customers/new')).$('a.rule-chip[href="/regulations/CUS-01"]').first()
    expect(chip.attr('title')).toBe('客户编号')
    expect(chip.text()).toContain('四.1 项')
    expect((await sales.visit(chip.attr('href')!)).$('h1').text()).toBe('CUS-01 客户编号')
  })

  it('in a form that was refused it opens beside, so that what was typed stays', async () => {
    const manager = await signIn(cast.system_admin)
    const page = await manager.submit('/regulations/CUS-06/draft', { customers_undo_seconds: 'x', reason: '试一试看' })
    const chip = page.$('.errors a.rule-chip')
    expect(chip.attr('href')).toBe('/regulations/CAL-03')
    expect(chip.attr('up-layer')).toBe('new drawer')
  })

  it('to a visitor it is no link', async () => {
    const page = await visitor().visit('/sign-in')
    expect(page.$('.rule-chip').length).toBeGreaterThan(0)
    expect(page.$('a.rule-chip')).toHaveLength(0)
  })
})
