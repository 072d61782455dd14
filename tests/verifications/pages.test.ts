import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createCustomer } from '../../src/customers/commands.ts'
import { moveClock } from '../../src/lib/clock.ts'
import { sweep } from '../../src/deadlines/jobs.ts'
import { signIn, type Browser, type Page } from '../support/browser.ts'
import type { Cast, Person } from '../support/cast.ts'
import { actorOf, bySource, factsWith, make, theCast } from '../support/make.ts'

let now = new Date('2025-03-04T02:00:00Z')
let people: Cast
let owner: Person
beforeAll(async () => {
  moveClock(() => now)
  people = await theCast()
  owner = await make.staff([{ role: 'sales' }])
})
afterAll(() => moveClock(() => new Date()))

const text = (page: Page, selector: string) => page.$(selector).text().replace(/\s+/g, ' ').trim()
const created = async (at: string) => {
  now = new Date(`${at}T02:00:00Z`)
  return `/customers/${await createCustomer(await actorOf(owner), factsWith(), now)}`
}
async function at(day: string): Promise<Browser> {
  now = new Date(`${day}T02:00:00Z`)
  return signIn(owner)
}

describe('CUS-07: on the customer’s page', () => {
  it('each section says when it was last known to be right, and what is too old', async () => {
    const url = await created('2025-03-04')
    expect(text(await (await at('2026-03-04')).visit(url), '#identity header')).not.toContain('已超过')
    const mine = await at('2026-03-05')
    expect(text(await mine.visit(url), '#identity header')).toContain(`2025-03-04 ${owner.name} 录入 已超过 12 个月`)
    const form = await mine.visit(`${url}/verification`)
    expect(form.$('[name=identity]').attr('checked')).toBeDefined()
    expect(form.$('[name=way]:checked')).toHaveLength(0)
    const wrong = await mine.submit(`${url}/verification`, { wayNote: '与掌柜通话' })
    expect(wrong.status).toBe(422)
    expect(wrong.$('[name=wayNote]').val()).toBe('与掌柜通话')
    const page = await mine.submit(`${url}/verification`, { way: 'call', wayNote: '与掌柜通话' })
    expect(page.url).toBe(url)
    expect(text(page, '#identity header')).toContain(`2026-03-05 ${owner.name} 电话核实`)
    expect(page.$('.verified[title="与掌柜通话"]')).toHaveLength(3)
    expect(page.response.text).not.toContain('已超过 12 个月')
    expect(text(page, '.history')).toContain(
      '核实资料无误：核实 名称与证照、联系方式与地址、来源与往来；怎么知道的 电话',
    )
  })

  it('nothing ticked is refused by its rule', async () => {
    const url = await created('2025-03-04')
    const mine = await at('2025-03-05')
    const page = await mine.submit(`${url}/verification`, { way: 'call' })
    expect(page.status).toBe(422)
    expect(text(page, '.errors li[data-rule="CUS-07"]')).toContain('没有勾选核实了哪些资料')
  })

  it('a correction asks how the right datum is known', async () => {
    const url = await created('2025-03-04')
    const mine = await at('2025-04-01')
    const asked = await mine.submit(`${url}/background`, { remark: '要发票' })
    expect(asked.status).toBe(422)
    expect(text(asked, '.errors')).toContain('怎么知道的')
    const page = await mine.submit(`${url}/background`, { remark: '要发票', ...bySource, wayNote: '掌柜来电' })
    expect(text(page, '#background header')).toContain(`2025-04-01 ${owner.name} 电话核实`)
    expect(text(page, '.history li:first-child')).toContain('怎么知道的 电话')
  })

  it('PPL-01: hidden customers are hidden here, too, and who may not verify finds no way', async () => {
    const hidden = await make.customer({ department: '城西营业部' })
    now = new Date('2025-04-01T02:00:00Z')
    const desk = await signIn(people.front_desk)
    expect((await desk.agent.get(`/customers/${hidden.number}/verification`)).status).toBe(404)
    const finance = await signIn(people.finance)
    expect((await finance.agent.get(`/customers/${hidden.number}/verification`)).status).toBe(403)
    expect(text(await finance.visit(`/customers/${hidden.number}`), '.page-head .acts')).not.toContain('核实无误')
  })
})

describe('CUS-07: what is to be verified', () => {
  it('is a list of its own, a queue on the first page, and printed in the file', async () => {
    owner = await make.staff([{ role: 'sales' }])
    const [old, young] = [await created('2025-03-04'), await created('2026-01-02')]
    const mine = await at('2026-03-06')
    await sweep(now)
    const list = await mine.visit('/customers?verify=due')
    const listed = list.$('#list tbody th a').toArray()
    expect(listed.map((link) => list.$(link).attr('href')!.split('?')[0])).toEqual([old])
    expect(text(list, '.views [aria-current]')).toBe('资料待核实 1')
    const home = await mine.visit('/')
    expect(text(home, '.queues')).toMatch(/1 ?资料超过 12 个月没有核实.*2025-03-04 以后没有核实过.*逾期/u)
    expect(home.$('.queue a.btn[href="/customers?owner=mine&verify=overdue"]')).toHaveLength(1)
    expect((await mine.visit('/customers?owner=mine&verify=overdue')).$('#list tbody tr')).toHaveLength(1)
    const printed = await mine.visit(`${old}/print`)
    expect(printed.$('body').text()).toMatch(/核实\s*2025-03-04 试\S+ 录入，已超过 12 个月/u)
    await mine.submit(`${old}/verification`, { way: 'visit' })
    expect((await mine.visit('/customers?verify=due')).$('#list tbody tr')).toHaveLength(0)
    expect(text(await mine.visit('/'), 'main')).not.toContain('没有核实')
    expect((await mine.visit(young)).status).toBe(200)
  })
})
