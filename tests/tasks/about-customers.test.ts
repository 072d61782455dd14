import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { db } from '../../src/db.ts'
import { sweep } from '../../src/deadlines/jobs.ts'
import { moveClock } from '../../src/lib/clock.ts'
import { signIn, type Page } from '../support/browser.ts'
import type { Cast } from '../support/cast.ts'
import { ownDatabase } from '../support/connected.ts'
import { make, theCast } from '../support/make.ts'
import { at } from '../calendar/office.ts'

await ownDatabase('deadlines')

const stand = (text: string) => moveClock(() => at(text))
let people: Cast
beforeAll(async () => {
  stand('2026-11-23 10:00')
  people = await theCast()
})
afterAll(() => moveClock(() => new Date()))

const words = (page: Page, selector: string) => page.$(selector).text().replace(/\s+/g, ' ').trim()

describe('CAL-02: the clock of a task about a customer', () => {
  it('reminds with the task, and leads to it; who sees the customer alone is led there', async () => {
    const customer = await make.customer({ ownerId: people.sales.id })
    const director = await signIn(people.sales_director)
    const { url } = await director.submit('/tasks/new', {
      title: '送灯谜样本',
      owner: people.dept_head.number,
      dueOn: '2026-11-24',
      customer: customer.number,
    })
    const { id, number } = await db.task.findFirstOrThrow({ where: { customerId: customer.id } })
    expect(url).toBe(`/tasks/${number}`)
    stand('2026-11-25 09:00')
    await sweep(at('2026-11-25 09:00'))

    const told = await db.notice.findMany({ where: { subject: `task:${id}`, kind: 'deadline.overdue' } })
    expect(told.map(({ staffId, href }) => [staffId, href])).toEqual([[people.dept_head.id, `/tasks/${number}`]])
    expect(words(await (await signIn(people.dept_head)).visit('/notices'), 'main')).toContain(`${number} 送灯谜样本`)

    const { id: clock } = await db.deadline.findFirstOrThrow({ where: { subject: `task:${id}` } })
    const link = (page: Page) => page.$('.facts a').first().attr('href')
    const giver = await signIn(people.sales_director)
    const seen = await giver.visit(`/deadlines/${clock}`)
    expect([words(seen, 'h1'), link(seen)]).toEqual([`办结任务：${number} ${customer.name}`, `/tasks/${number}`])
    // The customer is theirs, what a colleague has to do about it is not.
    const owner = await signIn(people.sales)
    const page = await owner.visit(`/deadlines/${clock}`)
    expect([words(page, 'h1'), link(page)]).toEqual([`办结任务：${customer.name}`, `/customers/${customer.number}`])
    expect((await owner.visit(`/tasks/${number}`)).status).toBe(404)
    for (const at of [`/customers/${customer.number}`, `/customers/${customer.number}/history`]) {
      expect(words(await giver.visit(at), '.history')).toContain('交办任务 送灯谜样本')
      const trail = words(await owner.visit(at), '.history')
      expect(trail).toContain('交办任务')
      expect(trail).not.toContain('灯谜')
    }
  })
})
