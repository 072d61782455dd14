import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../src/access/actor.ts'
import { db } from '../../src/db.ts'
import { moveClock } from '../../src/lib/clock.ts'
import { givePromise } from '../../src/promises/giving.ts'
import { promisesAtHome } from '../../src/promises/home.ts'
import { promisesFor } from '../../src/promises/list.ts'
import { promisesOf, promisesOfVisit } from '../../src/promises/queries.ts'
import { promiseQuery } from '../../src/promises/forms.ts'
import { myTasks } from '../../src/tasks/list.ts'
import { taskFor } from '../../src/tasks/queries.ts'
import { finishTask, handOnTask, withdrawTask } from '../../src/tasks/settling.ts'
import { signIn, type Browser, type Page } from '../support/browser.ts'
import type { Cast } from '../support/cast.ts'
import { actorOf, make, refusalOf, theCast } from '../support/make.ts'
import { aVisit } from '../support/visits.ts'

// A Monday morning, by the wall clock of the company.
const start = new Date('2026-11-23T02:00:00Z')
let now = start
const later = (hours: number) => new Date(start.getTime() + hours * 3_600_000)
let people: Cast
let sales: Actor
let desk: Actor
let browser: Browser
beforeAll(async () => {
  moveClock(() => now)
  people = await theCast()
  sales = await actorOf(people.sales)
  desk = await actorOf(people.front_desk)
  browser = await signIn(people.sales)
})
afterAll(() => moveClock(() => new Date()))

const text = (page: Page, selector: string) => page.$(selector).text().replace(/\s+/g, ' ').trim()
const wish = (more = {}) => ({
  what: '送两套样品到仓库',
  owner: people.sales.number,
  dueOn: '2026-11-25',
  promisedTo: '白石榴',
  promisedOn: '2026-11-23',
  ...more,
})
const told = { toldAt: later(1), toldWay: 'phone', toldWhom: '白石榴', toldWords: '停产了，改送图册' } as const

/** A promise made on a visit of the sales person, by command. */
async function promised(more = {}, visit = aVisit({ state: 'done', startsAt: start })) {
  const made = await visit
  const number = await givePromise(sales, made, wish(more), start)
  return { visit: made, task: await taskFor(sales, number) }
}
const rowOf = (taskId: bigint) => db.customerPromise.findUniqueOrThrow({ where: { taskId } })

describe('VIS-07: a promise becomes a task and is followed to its end', () => {
  it('has an owner, a day and a clock; its owner is told, the trail of the visit tells of it', async () => {
    const { visit, task } = await promised({ owner: people.front_desk.number })
    expect(task).toMatchObject({
      title: '送两套样品到仓库',
      origin: `visit:${visit.id}`,
      ownerId: people.front_desk.id,
    })
    expect(await rowOf(task.id)).toMatchObject({
      customerId: visit.customerId,
      visitId: visit.id,
      promisedTo: '白石榴',
    })
    const clock = await db.deadline.findFirstOrThrow({ where: { subject: `task:${task.id}` } })
    expect(clock).toMatchObject({ kind: 'task.due', ownerId: people.front_desk.id })
    expect(await db.notice.count({ where: { subject: `task:${task.id}`, staffId: people.front_desk.id } })).toBe(1)
    const lines = await db.auditEntry.findMany({
      where: { subject: `customer:${visit.customerId}`, before: { path: ['part'], equals: `visit:${visit.id}` } },
      orderBy: { id: 'desc' },
      take: 1,
    })
    expect(lines[0]).toMatchObject({
      action: 'promise.given',
      after: { promise: '送两套样品到仓库', dueOn: '2026-11-25' },
    })
  })

  it('is refused for a visit not begun, for another’s visit, and for a day that is over', async () => {
    const ahead = await aVisit({ state: 'approved', startsAt: later(24) })
    expect(await refusalOf(givePromise(sales, ahead, wish(), start))).toEqual(['VIS-07 promises:refused.notVisited'])
    const made = await aVisit({ state: 'reported', startsAt: start })
    await expect(givePromise(desk, made, wish(), start)).rejects.toThrow('visits.plan')
    const past = givePromise(sales, made, wish({ dueOn: '2026-11-24' }), later(72))
    expect(await refusalOf(past)).toEqual(['CAL-02 tasks:refused.past'])
    const before = givePromise(sales, made, wish({ promisedOn: '2026-11-22' }), start)
    expect(await refusalOf(before)).toEqual(['VIS-07 promises:refused.beforeVisit'])
    expect(await db.customerPromise.count({ where: { visitId: made.id } })).toBe(0)
  })

  it('is not withdrawn without the customer told, by owner or giver, also after it was handed on', async () => {
    const { task } = await promised()
    const bare = { reason: '停产', version: 1 }
    const also = Array.from({ length: 3 }, () => 'VIS-07 promises:refused.alsoNeeded')
    const refused = ['VIS-07 promises:refused.notTold', ...also]
    expect(await refusalOf(withdrawTask(sales, task.id, bare, later(1)))).toEqual(refused)
    await handOnTask(sales, task.id, { owner: people.front_desk.number, reason: '休假', version: 1 }, later(1))
    expect(await refusalOf(withdrawTask(desk, task.id, { ...bare, version: 2 }, later(1)))).toEqual(refused)
    expect(await refusalOf(withdrawTask(sales, task.id, { ...bare, version: 2 }, later(1)))).toEqual(refused)
    await withdrawTask(desk, task.id, { ...bare, ...told, version: 2 }, later(2))
    expect(await rowOf(task.id)).toMatchObject({ ...told, toldById: people.front_desk.id })
    expect((await taskFor(sales, task.number)).state).toBe('withdrawn')
  })

  it('counts for whoever has it now, in the month it was due: kept, late, overdue, open, withdrawn', async () => {
    const { id } = await make.staff([{ role: 'sales' }])
    const owner = await actorOf({ id })
    const visit = await aVisit({ by: owner, state: 'reported', startsAt: start })
    const give = async (dueOn: string) =>
      taskFor(owner, await givePromise(owner, visit, wish({ owner: owner.number, dueOn }), start))
    const [kept, late, , , withdrawn] = [
      await give('2026-11-24'),
      await give('2026-11-24'),
      await give('2026-11-24'),
      await give('2026-11-30'),
      await give('2026-11-27'),
      await give('2026-12-01'),
    ]
    await finishTask(owner, kept.id, { result: '送到', version: 1 }, later(24))
    await finishTask(owner, late.id, { result: '晚到', version: 1 }, later(50))
    await withdrawTask(owner, withdrawn.id, { reason: '停产', version: 1, ...told }, later(50))
    const counts = await promisesOf([id, sales.id + 9_999_999n], '2026-11', later(72))
    expect(counts).toEqual([{ ownerId: id, kept: 1, kept_late: 1, overdue: 1, open: 1, withdrawn: 1 }])
    const query = (more: object) => promisesFor(owner, promiseQuery.parse(more), later(72))
    const listed = async (state: string) =>
      (await query({ state })).rows.map(({ standing, dueOn }) => `${standing} ${dueOn}`)
    expect(await listed('')).toEqual(['overdue 2026-11-24', 'open 2026-11-30', 'open 2026-12-01'])
    expect(await listed('overdue')).toEqual(['overdue 2026-11-24'])
    expect(await listed('kept')).toEqual(['kept 2026-11-24'])
    expect(await listed('kept_late')).toEqual(['kept_late 2026-11-24'])
    expect(await listed('withdrawn')).toEqual(['withdrawn 2026-11-27'])
    expect((await query({ state: 'all' })).count).toBe(6)
    const home = await promisesAtHome(owner, later(72))
    expect(home).toMatchObject({ count: 3, overdue: 1, first: { dueOn: '2026-11-24', standing: 'overdue' } })
  })

  it('PRV-02: who sees neither the task nor the customer does not find it', async () => {
    const stranger = await actorOf(await make.staff([{ role: 'sales' }]))
    const { visit, task } = await promised()
    const found = async (actor: Actor) =>
      (await promisesFor(actor, promiseQuery.parse({ tab: 'scope', state: 'all' }), start)).rows.map(
        ({ number }) => number,
      )
    expect(await found(stranger)).not.toContain(task.number)
    const [row] = await promisesOfVisit(stranger, visit.id, start)
    expect(row).toMatchObject({ taskSeen: false, customer: null, about: true, visit: null })
  })
})

describe('VIS-07: page by page', () => {
  it('from the visit’s page to the customer’s, overdue, and withdrawn with the customer told', async () => {
    const visit = await aVisit({ state: 'done', startsAt: start })
    const wrong = await browser.submit(`/visits/${visit.number}/promises`, { what: '', dueOn: '2026-11-24' })
    expect(wrong.status).toBe(422)
    expect(wrong.$('[name=dueOn]').val()).toBe('2026-11-24')
    await browser.submit(`/visits/${visit.number}/promises`, { what: '送图册', dueOn: '2026-11-24' })
    const { task } = await db.customerPromise.findFirstOrThrow({
      where: { visitId: visit.id },
      include: { task: true },
    })
    expect(task).toMatchObject({ title: '送图册', ownerId: people.sales.id })
    const { number } = await db.customer.findUniqueOrThrow({ where: { id: visit.customerId! } })

    now = later(72)
    // Nobody stays signed in for so long.
    browser = await signIn(people.sales)
    const customer = await browser.visit(`/customers/${number}`)
    expect(text(customer, '.page-head .lede')).toContain('1 项承诺逾期')
    expect(text(customer, '#promises')).toMatch(/送图册.*逾期/u)
    // Once: as a promise, not as a task besides; its lists lead to both.
    expect(text(customer, '#tasks')).not.toContain('送图册')
    expect((await myTasks(await actorOf(people.sales)))?.first.title).not.toBe('送图册')
    const of = async (promises: string) =>
      text(await browser.visit(`/tasks?customer=${number}&promises=${promises}`), '#list').includes('送图册')
    expect([await of(''), await of('only'), await of('without')]).toEqual([true, true, false])
    const list = await browser.visit(`/promises?tab=scope&customer=${number}&state=overdue`)
    expect(text(list, '#list')).toContain('送图册')

    const page = await browser.visit(`/tasks/${task.number}`)
    expect(text(page, '.facts')).toContain(visit.number)
    const bare = await browser.submit(`/tasks/${task.number}/withdrawal`, { reason: '停产', toldWords: '' })
    expect(bare.status).toBe(422)
    expect(text(bare, '.errors')).toMatch(/先告诉客户.*VIS-07/u)
    expect(bare.$('[name=reason]').text().trim()).toBe('停产')
    const telling = { toldAt: '2026-11-26T09:30', toldWay: 'phone', toldWhom: '白石榴', toldWords: '改送样品' }
    const done = await browser.submit(`/tasks/${task.number}/withdrawal`, { reason: '停产', ...telling })
    expect(text(done, '.facts')).toContain('2026-11-26 09:30，电话，白石榴（陆停云）')
    expect(text(done, '.history')).toMatch(/撤回任务 送图册.*怎么告诉的 电话/u)
    expect(text(await browser.visit(`/customers/${number}`), '#promises')).toContain('没有未兑现的承诺')
  })

  it('a plain task is withdrawn as before, and asks nothing of a customer', async () => {
    const made = await browser.submit('/tasks/new', { title: '理货', owner: people.sales.number, dueOn: '2026-11-30' })
    const form = await browser.visit(`${made.url}/withdrawal`)
    expect(form.$('[name=toldAt]')).toHaveLength(0)
    const done = await browser.submit(`${made.url}/withdrawal`, { reason: '不用了' })
    expect(done.url).toBe(made.url)
  })
})
