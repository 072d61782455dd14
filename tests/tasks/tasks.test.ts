import { beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../src/access/actor.ts'
import { db, pool } from '../../src/db.ts'
import { NotFound, Stale } from '../../src/lib/refused.ts'
import { createTask } from '../../src/tasks/commands.ts'
import { tasksFor } from '../../src/tasks/list.ts'
import { taskFor, taskHistory } from '../../src/tasks/queries.ts'
import { correctTask, finishTask, handOnTask, withdrawTask } from '../../src/tasks/settling.ts'
import type { Cast } from '../support/cast.ts'
import { actorOf, make, refusalOf, theCast } from '../support/make.ts'

// A Monday morning, by the wall clock of the company.
const now = new Date('2026-11-23T02:00:00Z')
const later = (hours: number) => new Date(now.getTime() + hours * 3_600_000)

let people: Cast
let director: Actor
let desk: Actor
beforeAll(async () => {
  people = await theCast()
  director = await actorOf(people.sales_director)
  desk = await actorOf(people.front_desk)
})

const wish = (more = {}) => ({
  title: '给客户回电',
  note: null,
  owner: people.front_desk.number,
  dueOn: '2026-11-25',
  customer: null,
  ...more,
})
async function given(more = {}, by = director) {
  const number = await createTask(by, wish(more), now)
  return taskFor(by, number)
}
const clockOf = (id: bigint) =>
  db.deadline.findFirstOrThrow({ where: { subject: `task:${id}` }, orderBy: { id: 'desc' }, include: { events: true } })
const noticesOf = (id: bigint, to: bigint) =>
  db.notice.findMany({ where: { subject: `task:${id}`, staffId: to }, orderBy: { id: 'asc' } })

describe('VIS-07: a task from giving to its end', () => {
  it('given: numbered, with its clock, told to its owner, in the trail', async () => {
    const task = await given()
    expect(task.number).toMatch(/^D2026\d{6}$/)
    const clock = await clockOf(task.id)
    expect(clock).toMatchObject({ kind: 'task.due', ownerId: people.front_desk.id, metAt: null, rule: 'CAL-02' })
    expect(clock.dueAt).toEqual(new Date('2026-11-25T09:30:00Z'))
    const [notice] = await noticesOf(task.id, people.front_desk.id)
    expect(notice).toMatchObject({
      kind: 'task.given',
      href: `/tasks/${task.number}`,
      params: { by: '江问渠', number: task.number, due: '2026-11-25' },
    })
    const [line] = await taskHistory(task)
    expect(line).toMatchObject({ action: 'task.given', actorName: '江问渠', after: { owner: '何以宁' } })
  })

  it('finished: with a result, its clock met, told to the giver', async () => {
    const task = await given()
    await finishTask(desk, task.id, { result: '已回电，周五到货', version: 1 }, later(3))
    expect(await taskFor(desk, task.number)).toMatchObject({ state: 'done', result: '已回电，周五到货', version: 2 })
    expect(await clockOf(task.id)).toMatchObject({ metAt: later(3), breachedAt: null })
    expect(await noticesOf(task.id, director.id)).toMatchObject([{ kind: 'task.ended', params: { by: '何以宁' } }])
  })

  it('CAL-02: finished late is late for ever', async () => {
    const task = await given()
    await finishTask(desk, task.id, { result: '晚了一天', version: 1 }, later(72))
    expect(await clockOf(task.id)).toMatchObject({ breachedAt: new Date('2026-11-25T09:30:00Z') })
  })

  it('withdrawn: with a reason, its clock cancelled, told to the owner', async () => {
    const task = await given()
    await withdrawTask(director, task.id, { reason: '客户自己来了', version: 1 }, later(1))
    expect(await taskFor(director, task.number)).toMatchObject({ state: 'withdrawn', result: '客户自己来了' })
    expect(await clockOf(task.id)).toMatchObject({ cancelledAt: later(1), metAt: null })
    const kinds = (await noticesOf(task.id, people.front_desk.id)).map(({ kind }) => kind)
    expect(kinds).toEqual(['task.given', 'task.ended'])
  })

  it('handed on: a new owner with the same clock, told; the old one sees it no more', async () => {
    const task = await given()
    const to = { owner: people.sales.number, reason: '休假', version: 1 }
    await handOnTask(desk, task.id, to, later(1))
    expect(await taskFor(director, task.number)).toMatchObject({ ownerId: people.sales.id, dueOn: '2026-11-25' })
    expect(await clockOf(task.id)).toMatchObject({ ownerId: people.sales.id, metAt: null, cancelledAt: null })
    expect(await noticesOf(task.id, people.sales.id)).toMatchObject([{ kind: 'task.given', params: { by: '何以宁' } }])
    await expect(taskFor(desk, task.number)).rejects.toBeInstanceOf(NotFound)
    const [line] = await taskHistory(task)
    expect(line).toMatchObject({ action: 'task.handed_on', before: { owner: '何以宁' }, why: '休假' })
  })

  it('corrected: another day counts anew, and the old one stays in the record', async () => {
    const task = await given()
    const fields = { title: '给客户回电确认', note: '上午', dueOn: '2026-11-28', version: 1 }
    await correctTask(director, task.id, fields, later(1))
    const clock = await clockOf(task.id)
    // A Saturday: the close of the Friday before it.
    expect(clock.dueAt).toEqual(new Date('2026-11-27T09:30:00Z'))
    expect(clock.events).toMatchObject([{ kind: 'recomputed', detail: { before: '2026-11-25T09:30:00.000Z' } }])
    const [line] = await taskHistory(task)
    expect(line).toMatchObject({ before: { dueOn: '2026-11-25' }, after: { dueOn: '2026-11-28', note: '上午' } })
    const stale = await correctTask(director, task.id, { ...fields, title: '另一件' }, later(2)).catch(
      (error: unknown) => error,
    )
    expect(stale).toBeInstanceOf(Stale)
    expect((stale as Stale).conflict).toMatchObject({
      version: 2,
      before: { dueOn: '2026-11-25' },
      theirs: { note: '上午' },
    })
    expect(await refusalOf(correctTask(director, task.id, { ...fields, version: 2 }, later(2)))).toEqual([
      'VIS-07 tasks:refused.nothingChanged',
    ])
  })

  it('who gives himself a task is told nothing', async () => {
    const task = await given({ owner: people.sales_director.number })
    await finishTask(director, task.id, { result: '好了', version: 1 }, later(1))
    expect(await noticesOf(task.id, director.id)).toEqual([])
  })
})

describe('what is refused', () => {
  it('a day that is over, an owner who is not there or can have no tasks, a customer outside the scope', async () => {
    const hidden = await make.customer({ department: '城西营业部' })
    const gone = await make.staff([{ role: 'sales' }])
    await pool.query(`update staff set state = 'disabled' where id = $1`, [gone.id])
    const refused = (more: object, by = desk) => refusalOf(createTask(by, wish(more), now))
    expect(await refused({ dueOn: '2026-11-22' })).toEqual(['CAL-02 tasks:refused.past'])
    expect(await refused({ owner: gone.number })).toEqual(['PPL-01 tasks:refused.ownerUnknown'])
    expect(await refused({ owner: people.logistics.number })).toEqual(['PPL-01 tasks:refused.ownerUnknown'])
    expect(await refused({ owner: 'C99999' })).toEqual(['PPL-01 tasks:refused.ownerUnknown'])
    expect(await refused({ customer: hidden.number })).toEqual(['PPL-01 tasks:refused.customerUnknown'])
    expect(await refused({ customer: hidden.number }, director)).toBeNull()
  })

  it('VIS-07: of two who finish at once one does, and the other is told how it ended', async () => {
    const task = await given()
    const head = await actorOf(people.dept_head)
    const both = await Promise.all(
      [desk, head].map((who) => refusalOf(finishTask(who, task.id, { result: who.name, version: 1 }, now))),
    )
    expect(both.filter((one) => one === null)).toHaveLength(1)
    expect(both.find((one) => one !== null)).toEqual(['VIS-07 tasks:refused.ended'])
    const ended = await db.auditEntry.count({ where: { subject: `task:${task.id}`, action: 'task.finished' } })
    expect(ended).toBe(1)
  })

  it('what has ended stays as it is; what was changed meanwhile is read first', async () => {
    const task = await given()
    const fields = { title: '另一件', note: null, dueOn: '2026-11-25', version: 1 }
    await correctTask(director, task.id, fields, now)
    const finish = (version: number) => refusalOf(finishTask(desk, task.id, { result: '好了', version }, now))
    expect(await finish(1)).toEqual(['VIS-07 tasks:refused.changedMeanwhile'])
    expect(await finish(2)).toBeNull()
    const ended = ['VIS-07 tasks:refused.ended']
    const to = { owner: people.sales.number, reason: '休假', version: 3 }
    expect(await refusalOf(handOnTask(director, task.id, to, now))).toEqual(ended)
    expect(await refusalOf(withdrawTask(director, task.id, { reason: '不用了', version: 3 }, now))).toEqual(ended)
    expect(await refusalOf(correctTask(director, task.id, { ...fields, version: 3 }, now))).toEqual(ended)
  })

  it('handing on to the same colleague', async () => {
    const task = await given()
    const to = { owner: people.front_desk.number, reason: '休假', version: 1 }
    expect(await refusalOf(handOnTask(desk, task.id, to, now))).toEqual(['PPL-01 tasks:refused.sameOwner'])
  })
})

describe('PRV-02: a task about a customer', () => {
  it('stands in the customer’s trail, and shows no name to an owner who does not see that customer', async () => {
    const hidden = await make.customer({ department: '城西营业部' })
    const task = await given({ customer: hidden.number })
    expect(task.customer).toEqual({ number: hidden.number, name: hidden.name })
    const seen = await taskFor(desk, task.number)
    expect(seen).toMatchObject({ customer: null, about: true })
    const list = await tasksFor(
      desk,
      { tab: 'mine', owner: '', customer: hidden.number, overdue: '', promises: '' },
      now,
    )
    expect(list.rows).toEqual([])
    expect(await db.auditEntry.count({ where: { subject: `customer:${hidden.id}`, action: 'task.given' } })).toBe(1)
    const [notice] = await noticesOf(task.id, people.front_desk.id)
    expect(JSON.stringify(notice!.params)).not.toContain(hidden.name)
  })
})

describe('the list', () => {
  it('goes by urgency, page by page, and knows what is overdue', async () => {
    const owner = await make.staff([{ role: 'sales' }])
    const actor = await actorOf(owner)
    const days = Array.from({ length: 30 }, (_, at) => `2026-12-${String(30 - at).padStart(2, '0')}`)
    for (const dueOn of days) await createTask(actor, wish({ owner: owner.number, dueOn }), now)
    const query = { tab: 'mine', owner: '', customer: '', overdue: '', promises: '' } as const
    const first = await tasksFor(actor, query, now)
    expect(first).toMatchObject({ count: 30, earlier: false, later: true })
    expect(first.rows.map(({ dueOn }) => dueOn)).toEqual(days.toReversed().slice(0, 25))
    const next = await tasksFor(actor, { ...query, after: first.rows.at(-1)!.number }, now)
    expect(next.rows.map(({ dueOn }) => dueOn)).toEqual(days.toReversed().slice(25))
    expect(next).toMatchObject({ earlier: true, later: false })
    const back = await tasksFor(actor, { ...query, before: next.rows[0]!.number }, now)
    expect(back.rows.map(({ number }) => number)).toEqual(first.rows.map(({ number }) => number))
    const third = new Date('2026-12-03T10:00:00Z')
    expect((await tasksFor(actor, { ...query, overdue: 'on' }, third)).count).toBe(3)
    expect(first.tabs.map(({ name, count }) => `${name} ${count}`)).toEqual(['mine 30', 'given 0', 'ended 0'])
  })
})
