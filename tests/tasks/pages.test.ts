import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { moveClock } from '../../src/lib/clock.ts'
import { db } from '../../src/db.ts'
import { signIn, type Browser, type Page } from '../support/browser.ts'
import type { Cast } from '../support/cast.ts'
import { make, theCast } from '../support/make.ts'

// A Monday morning.
let now = new Date('2026-11-23T02:00:00Z')
let people: Cast
let director: Browser
let desk: Browser
beforeAll(async () => {
  moveClock(() => now)
  people = await theCast()
  director = await signIn(people.sales_director)
  desk = await signIn(people.front_desk)
})
afterAll(() => moveClock(() => new Date()))

const text = (page: Page, selector: string) => page.$(selector).text().replace(/\s+/g, ' ').trim()
async function give(more: Record<string, string> = {}): Promise<string> {
  const fields = { title: '给客户回电', owner: people.front_desk.number, dueOn: '2026-11-24', ...more }
  const page = await director.submit('/tasks/new', fields)
  expect(page.url).toMatch(/^\/tasks\/D2026\d{6}$/)
  return page.url
}

describe('a task, page by page', () => {
  it('is given, seen with its clock, finished, and stays as it ended', async () => {
    const url = await give({ note: '上午打' })
    const page = await desk.visit(url)
    expect(text(page, 'h1')).toBe('给客户回电')
    expect(text(page, '.lede')).toContain('剩 1 个工作日')
    expect(text(page, '.facts')).toContain('上午打')
    expect(text(page, '.history')).toContain('交办任务 给客户回电')
    expect(
      page
        .$('.page-head .acts a')
        .toArray()
        .map((act) => page.$(act).text().trim()),
    ).toEqual(['办结', '转交', '撤回'])
    const empty = await desk.submit(`${url}/result`, { result: ' ' })
    expect(empty.status).toBe(422)
    const done = await desk.submit(`${url}/result`, { result: '已回电，周五到货' })
    expect(done.url).toBe(url)
    expect(text(done, '#notice')).toContain('已办结')
    expect(text(done, '.facts')).toContain('已回电，周五到货')
    expect(text(done, '.history')).toContain('办结任务 给客户回电：结果 已回电，周五到货')
    expect(done.$('.page-head .acts')).toHaveLength(0)
    const again = await director.submit(`${url}/withdrawal`, { reason: '不用了' })
    expect(again.status).toBe(422)
    expect(text(again, '.errors')).toMatch(/这项任务已办结（2026-11-23 10:00）.*VIS-07/u)
  })

  it('is handed on with a reason; what was typed stays after a mistake', async () => {
    const url = await give()
    const wrong = await desk.submit(`${url}/owner`, { owner: '', reason: '休假到周五' })
    expect(wrong.status).toBe(422)
    expect(wrong.$('[name=reason]').text().trim()).toBe('休假到周五')
    const gone = await desk.submit(`${url}/owner`, { owner: people.sales.number, reason: '休假到周五' })
    expect(gone.url).toBe('/tasks')
    expect(text(gone, '#notice')).toContain('已转交给 陆停云')
    expect((await desk.visit(url)).status).toBe(404)
    expect(text(await director.visit(url), '.history')).toContain('由谁做 何以宁 → 陆停云')
  })

  it('409: the giver’s correction shows yours and theirs when somebody saved first', async () => {
    const url = await give()
    const opened = await director.fieldsOf(`${url}/correction`)
    await director.submit(`${url}/correction`, { dueOn: '2026-11-26' })
    const late = await director.post(`${url}/correction`, { ...opened, title: '另一件' })
    expect(late.status).toBe(409)
    expect(late.text).toContain('截止日期')
    expect(late.text).toContain('2026-11-26')
    expect((await desk.agent.get(`${url}/correction`)).status).toBe(403)
  })

  it('CAL-02: a day that is over is refused beside its field, and nothing typed is lost', async () => {
    const page = await director.submit('/tasks/new', { title: '回电', owner: people.sales.number, dueOn: '2026-11-20' })
    expect(page.status).toBe(422)
    expect(text(page, '.errors')).toContain('日期已过，今天是 2026-11-23')
    expect(page.$('[name=title]').val()).toBe('回电')
    expect(page.$('[name=dueOn]').val()).toBe('2026-11-20')
  })
})

describe('PRV-02: a task about a customer', () => {
  it('is given on the customer’s page and stands there; an owner outside the scope reads no name', async () => {
    const hidden = await make.customer({ department: '城西营业部' })
    const home = `/customers/${hidden.number}`
    const link = (await director.visit(home)).$('#tasks .more a').attr('href')!
    const back = await director.submit(link, {
      title: '核对合同',
      owner: people.front_desk.number,
      dueOn: '2026-11-24',
    })
    expect(back.url).toBe(home)
    expect(text(back, '#tasks')).toMatch(/核对合同.*剩 1 个工作日.*何以宁/u)
    expect(text(back, '.history')).toContain('交办任务 核对合同')
    const url = back.$('#tasks tbody th a').attr('href')!
    const page = await desk.visit(url)
    expect(text(page, '.facts')).toContain('一位客户（不在你的范围内）')
    expect(page.response.text).not.toContain(hidden.name)
    expect(page.response.text).not.toContain(hidden.number)
    const list = await desk.visit('/tasks')
    expect(list.response.text).not.toContain(hidden.name)
    expect((await desk.agent.get(`/tasks/new?customer=${hidden.number}`)).status).toBe(404)
  })
})

describe('the list of tasks', () => {
  it('tabs, filters and the first page, on a moved clock', async () => {
    const owner = await make.staff([{ role: 'sales' }])
    const url = await give({ owner: owner.number, title: '最急的一件', dueOn: '2026-11-23' })
    await give({ owner: owner.number, title: '不急的一件', dueOn: '2026-12-23' })
    const before = now
    now = new Date('2026-11-24T02:00:00Z')
    const mine = await signIn(owner)
    const list = await mine.visit('/tasks')
    expect(list.$('tbody tr')).toHaveLength(2)
    expect(text(list, 'tbody tr:first-child')).toMatch(/最急的一件.*逾期/u)
    expect((await mine.visit('/tasks?overdue=on')).$('tbody tr')).toHaveLength(1)
    const home = await mine.visit('/')
    expect(text(home, '.queue')).toMatch(/2 ?我的任务.*最急的一件.*逾期/u)
    const given = await (await signIn(people.sales_director)).visit(`/tasks?tab=given&owner=${owner.number}`)
    expect(given.$('tbody tr')).toHaveLength(2)
    expect(text(await mine.visit('/tasks?tab=ended'), '.nothing')).toContain('没有任务')
    await mine.submit(`${url}/result`, { result: '晚了' })
    expect(text(await mine.visit('/tasks?tab=ended'), 'tbody')).toContain('已办结')
    expect(text(await mine.visit(url), '.lede')).toContain('迟')
    expect(await db.task.count({ where: { ownerId: owner.id, state: 'open' } })).toBe(1)
    now = before
  })

  it('reads in English, too', async () => {
    director = await signIn(people.sales_director)
    const url = await give({ title: 'Ring the customer' })
    await director.submit('/language', { language: 'en' }, '/profile')
    const page = await director.visit(url)
    expect(text(page, '.lede')).toContain('Open')
    expect(text(page, '.history')).toContain('task assigned')
    expect(text(await director.visit('/tasks?tab=scope'), 'h1')).toBe('Tasks')
    await director.submit('/language', { language: 'zh' }, '/profile')
  })
})
