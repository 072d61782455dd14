import { beforeAll, describe, expect, it } from 'vitest'
import { change } from '../../src/audit/change.ts'
import { db, pool, writer } from '../../src/db.ts'
import { startDeadlines } from '../../src/deadlines/commands.ts'
import { confirmPapers, finishHandover, startHandover } from '../../src/handovers/commands.ts'
import { handOn } from '../../src/handovers/handing-on.ts'
import { handoverFor } from '../../src/handovers/queries.ts'
import { leftWith, totalOf, type Thing } from '../../src/handovers/things.ts'
import { now as clock } from '../../src/lib/clock.ts'
import { dateText, dayStart } from '../../src/lib/dates.ts'
import { monthAfter, monthOf } from '../../src/lib/months.ts'
import { startReports, unreportedOf } from '../../src/visits/clocks.ts'
import type { Visit } from '../../src/visits/queries.ts'
import { clockSubject } from '../../src/visits/plans/clocks.ts'
import { askSpending } from '../../src/visits/spendings/asking.ts'
import { submitPlan } from '../../src/visits/plans/commands.ts'
import { decide, requestAbout } from '../support/approving.ts'
import { signIn } from '../support/browser.ts'
import type { Person } from '../support/cast.ts'
import { actorOf, make, refusalOf, theCast } from '../support/make.ts'
import { aPlan, aVisit, visitNow } from '../support/visits.ts'

const hour = 3_600_000
const place = { department: '城东营业部' }
const now = clock()
const at = (days: number, hours: number) => new Date(dayStart(dateText(now), days).getTime() + hours * hour)
const next = monthAfter(monthOf(now), 1)
const inNext = (day: string, hours: number) => new Date(dayStart(`${next}-${day}`).getTime() + hours * hour)

async function seller(role: 'sales' | 'dept_head' = 'sales'): Promise<Person> {
  const person = await make.staff([{ role, ...place }])
  await pool.query('update staff set department_id = (select id from department where name = $2) where id = $1', [
    person.id,
    place.department,
  ])
  return person
}

const all = (to: Person | null) => ({ to: to?.number ?? null, which: 'all' as const, q: null, items: [] })
const partText = (id: bigint) => `visit:${id}`

let head: Person
let leavers = 1
beforeAll(async () => {
  await theCast()
  head = await make.staff([{ role: 'dept_head', ...place }])
})

async function begin(leaver: Person) {
  const boss = await actorOf(head)
  const number = await startHandover(boss, { staff: leaver.number, leavesOn: dateText(at(7, 9)) }, now)
  const { id } = await handoverFor(boss, number)
  return { number, id, hand: (thing: Thing, to: Person | null) => handOn(boss, id, thing, all(to), now) }
}

describe('ACC-02: the visits of somebody who leaves', () => {
  it('ACC-02: what is still to be made and what is not reported goes to a colleague, with its clock; what is reported stays', async () => {
    const [leaver, to] = [await seller(), await seller()]
    const own = await make.customer({ ownerId: to.id, ...place })
    const about = { customerId: own.id, party: own.name }
    const coming = await aVisit({ by: leaver, ...about, startsAt: at(2, 9), companions: [to.id] })
    const made = await aVisit({ by: leaver, ...about, startsAt: at(-4, 9), state: 'done' })
    const told = await aVisit({ by: leaver, ...about, startsAt: at(-9, 9), state: 'reported' })
    await writer.$transaction((tx) => startReports(tx, [made], now))
    const due = (await visitNow(made)).reportDueAt
    const { hand, number } = await begin(leaver)
    expect(await leftWith(db, leaver.id, now)).toMatchObject({ visit: 1, visit_report: 1, deadline: 0 })
    expect(await hand('visit', to)).toEqual({ n: 1, to: to.name })
    expect(await hand('visit_report', to)).toEqual({ n: 1, to: to.name })
    expect(await visitNow(coming)).toMatchObject({ ownerId: to.id, companions: [], state: 'approved' })
    expect(await visitNow(made)).toMatchObject({ ownerId: to.id, state: 'done', reportDueAt: due })
    expect((await visitNow(told)).ownerId).toBe(leaver.id)
    const clocks = await db.deadline.findMany({ where: { subject: partText(made.id), metAt: null, cancelledAt: null } })
    expect(clocks.map(({ ownerId, dueAt }) => [ownerId, dueAt])).toEqual([[to.id, due]])
    const [line] = await db.auditEntry.findMany({
      where: { subject: `customer:${own.id}`, action: 'visit.handed_on' },
      orderBy: { id: 'asc' },
    })
    expect(line).toMatchObject({
      before: { owner: leaver.name },
      after: { owner: to.name, visit: coming.number },
      why: `交接 ${number}`,
    })
    expect(totalOf(await leftWith(db, leaver.id, now))).toBe(0)
  })

  it('ACC-02, VIS-01: recurring visits go on as another’s; what of a plan nobody approved ends, and no month is waited for', async () => {
    const [leaver, to] = [await seller(), await seller()]
    const own = await make.customer({ ownerId: to.id, ...place })
    await pool.query(
      `insert into visit_template (owner_id, customer_id, target, purposes, rhythm, weekday, time_of_day, minutes, from_on, created_at)
       values ($1, $2, 'existing', '{relations}', 'weekly', 2, 600, 40, $3::timestamptz::date, $3::timestamptz)`,
      [leaver.id, own.id, now],
    )
    const plan = await aPlan({ by: leaver, month: next })
    const line = await aVisit({ by: leaver, customerId: own.id, party: own.name, plan, startsAt: inNext('08', 9) })
    const subject = clockSubject(leaver.id, next)
    await writer.$transaction((tx) =>
      startDeadlines(tx, 'visit.plan', [{ subject, ownerId: leaver.id, dueAt: at(5, 17) }], now),
    )
    const { hand, id } = await begin(leaver)
    expect(await leftWith(db, leaver.id, now)).toMatchObject({ visit_template: 1, visit_plan: 1, deadline: 0 })
    await hand('visit_template', to)
    expect(await hand('visit_plan', null)).toEqual({ n: 1, to: null })
    expect(await db.visitTemplate.findFirst({ where: { customerId: own.id } })).toMatchObject({ ownerId: to.id })
    expect(await visitNow(line)).toMatchObject({ state: 'cancelled', ownerId: leaver.id })
    const boss = await actorOf(head)
    await confirmPapers(boss, id, { note: '拜访资料已交回', given: true, version: 1 }, now)
    await finishHandover(boss, id, 2, now)
    expect(await db.deadline.count({ where: { subject, metAt: null, cancelledAt: null } })).toBe(0)
  })

  it('ACC-02: a plan that waits is withdrawn, then its lines end; the wizard counts each', async () => {
    const leaver = await seller()
    const plan = await aPlan({ by: leaver, month: next })
    const line = await aVisit({ by: leaver, plan, startsAt: inNext('09', 9), state: 'draft' })
    const given = { version: plan.version, reason: '只排这一次', note: null }
    await submitPlan(await actorOf(leaver), plan, given, now)
    const { hand, number } = await begin(leaver)
    expect(await leftWith(db, leaver.id, now)).toMatchObject({ request: 1, visit_plan: 0 })
    await hand('request', null)
    expect((await visitNow(line)).state).toBe('draft')
    const page = await (await signIn(head)).visit(`/handovers/${number}`)
    const row = page.$('tr, li').filter((_, one) => page.$(one).text().includes('没有批准的拜访计划'))
    expect(row.find(`a[href="/handovers/${number}/hand/visit_plan"]`).length).toBe(1)
    await hand('visit_plan', null)
    expect((await visitNow(line)).state).toBe('cancelled')
  })

  it('PPL-02, ACC-02: costs that wait go with the visit: whoever takes it never decides them, another head does', async () => {
    const leaver = await seller()
    const second = await seller('dept_head')
    const gift = { kind: 'gift', what: '云雾茶', quantity: 1, price: '260.00' } as const
    const visit = await aVisit({ by: leaver, startsAt: at(2, 9), spendings: [gift] })
    const asking = await actorOf(leaver)
    await change(asking, (tx, audit) => askSpending(tx, audit, asking, visit, now))
    const { hand } = await begin(leaver)
    await hand('visit', second)
    const request = await requestAbout('visit.spending', partText(visit.id))
    expect([request.state, request.filedById]).toEqual(['waiting', second.id])
    expect((await leftWith(db, leaver.id, now)).request).toBe(0)
    const say = async (by: Person) => decide(await actorOf(by), 'visit.spending', partText(visit.id), 'approve', now)
    expect(await refusalOf(say(second))).toEqual(['PPL-02 approvals:refused.own'])
    expect(await say(head)).toBe('approved')
    const lines = await db.auditEntry.findMany({
      where: { subject: `customer:${visit.customerId}`, action: 'visit.spending_handed_on' },
    })
    expect(lines).toMatchObject([{ before: { owner: leaver.name }, after: { owner: second.name } }])
  })

  it('PPL-02: where nobody else is head, costs of a visit handed to the head go to who signs instead', async () => {
    const office = await writer.department.create({ data: { name: `蓬莱营业部${leavers++}` } })
    const there = { department: office.name }
    const [leaver, only] = [
      await make.staff([{ role: 'sales', ...there }]),
      await make.staff([{ role: 'dept_head', ...there }]),
    ]
    await pool.query('update staff set department_id = $2 where id = any($1)', [[leaver.id, only.id], office.id])
    const gift = { kind: 'gift', what: '云雾茶', quantity: 1, price: '260.00' } as const
    const visit = await aVisit({ by: leaver, startsAt: at(2, 9), spendings: [gift] })
    const asking = await actorOf(leaver)
    await change(asking, (tx, audit) => askSpending(tx, audit, asking, visit, now))
    const boss = await actorOf(await make.staff([{ role: 'general_manager' }]))
    const number = await startHandover(boss, { staff: leaver.number, leavesOn: dateText(at(7, 9)) }, now)
    const { id } = await handoverFor(boss, number)
    await handOn(boss, id, 'visit', all(only), now)
    const { id: requestId } = await requestAbout('visit.spending', partText(visit.id))
    const step = await db.approvalStep.findFirstOrThrow({ where: { requestId } })
    expect(step).toMatchObject({ role: 'sales_director', insteadOf: 'dept_head', state: 'open' })
  })

  it('VIS-06: overdue reports that were inherited stop no plan until a report’s time has passed since', async () => {
    const [leaver, to] = [await seller(), await seller()]
    const visits: Visit[] = []
    for (const days of [-9, -8, -7]) visits.push(await aVisit({ by: leaver, startsAt: at(days, 9), state: 'done' }))
    await writer.$transaction((tx) => startReports(tx, visits, now))
    expect(await unreportedOf(writer, leaver.id, now)).toBe(3)
    const { hand } = await begin(leaver)
    await hand('visit_report', to)
    expect(await unreportedOf(writer, to.id, now)).toBe(0)
    // Two days, to the end of the second.
    expect(await unreportedOf(writer, to.id, new Date(dayStart(dateText(now), 3).getTime()))).toBe(0)
    expect(await unreportedOf(writer, to.id, new Date(dayStart(dateText(now), 3).getTime() + 1))).toBe(3)
  })

  it('ACC-02: the successor is not led to the leaver’s plan, which is closed to them; the head is', async () => {
    const [leaver, to] = [await seller(), await seller()]
    const plan = await aPlan({ by: leaver, month: next })
    const visit = await aVisit({ by: leaver, plan, startsAt: inNext('10', 9), state: 'approved' })
    const { hand } = await begin(leaver)
    await hand('visit', to)
    const linkOf = async (who: Person) =>
      (await (await signIn(who)).visit(`/visits/${visit.number}`)).$(`a[href="/visits/plans/${plan.number}"]`).length
    expect([await linkOf(to), await linkOf(head)]).toEqual([0, 1])
  })

  it('ACC-02: only who plans visits takes them on', async () => {
    const leaver = await seller()
    await aVisit({ by: leaver, startsAt: at(2, 9) })
    const { hand } = await begin(leaver)
    const { archivist } = await theCast()
    expect(await refusalOf(hand('visit', archivist))).toEqual(['ACC-02 handovers:refused.receiver'])
  })
})
