import { beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../src/access/actor.ts'
import { db, pool, writer } from '../../src/db.ts'
import { dateText, dayStart } from '../../src/lib/dates.ts'
import { dayOf } from '../../src/lib/days.ts'
import { Forbidden } from '../../src/lib/refused.ts'
import { arrive, leaveVisit, undoArrival } from '../../src/visits/changing/arriving.ts'
import { cancelVisit, reschedule } from '../../src/visits/changing/commands.ts'
import { replaceVisit } from '../../src/visits/changing/replacing.ts'
import { arrivedAt, moveProblems, timingOf } from '../../src/visits/changing/rules.ts'
import { startReports } from '../../src/visits/clocks.ts'
import type { Visit } from '../../src/visits/queries.ts'
import { actorOf, make, refusalOf, theCast } from '../support/make.ts'
import { aPlan, aVisit, visitNow } from '../support/visits.ts'

const at = (hours: number, days = 0) => new Date(dayStart('2027-03-01', days).getTime() + hours * 3_600_000)
const now = at(8)
const forenoon = (days = 0) => ({ startsAt: at(10, days) })

let sales: Actor
let colleague: Actor
beforeAll(async () => {
  const people = await theCast()
  sales = await actorOf(people.sales)
  colleague = await actorOf(await make.staff([{ role: 'sales' }]))
})

const linesOf = (visit: Visit, action: string) =>
  db.auditEntry.findMany({ where: { subject: `customer:${visit.customerId}`, action }, orderBy: { id: 'asc' } })
const moved = (visit: Visit, more = {}) => ({
  version: visit.version,
  day: '2027-03-03',
  time: '15:30',
  minutes: 60,
  reason: '客户出差',
  ...more,
})
const clockOf = (visit: Visit) =>
  db.deadline.findFirst({ where: { subject: `visit:${visit.id}`, metAt: null, cancelledAt: null } })

describe('VIS-05: rescheduling', () => {
  it('VIS-05: another time with a reason; what it was first is kept, and the appointment is to be made anew', async () => {
    const visit = await aVisit(forenoon())
    await writer.visit.update({
      where: { id: visit.id },
      data: { confirmedAt: now, confirmedWith: '鹿鸣野', confirmedWay: 'phone', warnedAt: now },
    })
    await reschedule(sales, visit, moved(visit), now)
    const after = await visitNow(visit)
    expect(after).toMatchObject({
      startsAt: at(15.5, 2),
      onDay: dayOf('2027-03-03'),
      minutes: 60,
      timed: true,
      firstStartsAt: visit.startsAt,
      rescheduled: 1,
      confirmedAt: null,
      confirmedWith: null,
      warnedAt: null,
      state: 'approved',
    })
    await reschedule(sales, after, moved(after, { day: '2027-04-01', time: null }), now)
    const again = await visitNow(visit)
    expect([dateText(again.startsAt), again.timed, again.rescheduled]).toEqual(['2027-04-01', false, 2])
    expect(again.firstStartsAt).toEqual(visit.startsAt)
    const [line] = await linesOf(visit, 'visit.rescheduled')
    expect(line).toMatchObject({
      why: '客户出差',
      before: { part: `visit:${visit.id}`, startsAt: '2027-03-01 10:00' },
      after: { part: `visit:${visit.id}`, startsAt: '2027-03-03 15:30' },
    })
  })

  it('VIS-05: refuses a time that is past, the same, or beyond a year', () => {
    const was = { startsAt: at(10), timed: true, minutes: 40 }
    const problems = (day: string, time: string | null, minutes = 40) =>
      moveProblems(was, { ...timingOf(day, time), minutes }, now).map(({ reason }) => reason)
    expect(problems('2027-03-01', '07:59')).toEqual(['visitDay:refused.past'])
    expect(problems('2027-02-28', null)).toEqual(['visitDay:refused.past'])
    expect(problems('2027-03-01', '10:00')).toEqual(['visitDay:refused.same'])
    expect(problems('2028-04-01', '10:00')).toEqual(['visitDay:refused.farAhead'])
    expect(problems('2027-03-01', null)).toEqual([])
    expect(problems('2027-03-01', '10:00', 60)).toEqual([])
  })

  it('VIS-05: only by who goes, from the visit as it was opened, and not once it was made', async () => {
    const visit = await aVisit(forenoon())
    expect(await refusalOf(reschedule(colleague, visit, moved(visit), now))).toBeInstanceOf(Forbidden)
    expect(await refusalOf(reschedule(sales, visit, moved(visit, { version: 99 }), now))).toEqual([
      'VIS-05 visits:refused.changedMeanwhile',
    ])
    for (const state of ['done', 'reported', 'cancelled'] as const) {
      const other = await aVisit({ ...forenoon(), state })
      expect(await refusalOf(reschedule(sales, other, moved(other), now)), state).toEqual([
        'VIS-05 visits:refused.state',
      ])
    }
    expect((await visitNow(visit)).version).toBe(visit.version)
  })

  it('VIS-05: a line that is still planned is not replaced past the head’s word; nor is anything but what is arranged', async () => {
    const other = await make.customer({ ownerId: sales.id })
    const plan = await aPlan({ month: '2033-03' })
    const states = ['draft', 'waiting', 'refused', 'done', 'reported', 'cancelled'] as const
    for (const state of states) {
      const line = await aVisit({ ...forenoon(2), plan, state })
      const given = { ...moved(line), customer: other.number, costs: false }
      expect(await refusalOf(replaceVisit(sales, line, given, now)), state).toEqual(['VIS-05 visits:refused.state'])
    }
    expect(await db.visit.count({ where: { customerId: other.id } })).toBe(0)
  })

  it('VIS-02: nobody is visited instead whose record is void', async () => {
    const visit = await aVisit(forenoon())
    const gone = await make.customer({ ownerId: sales.id })
    await pool.query(`update customer set life = 'void' where id = $1`, [gone.id])
    const given = { ...moved(visit), customer: gone.number, costs: false }
    expect(await refusalOf(replaceVisit(sales, visit, given, now))).toEqual(['VIS-02 visits:refused.customerVoid'])
    expect((await visitNow(visit)).state).toBe('approved')
  })

  it('VIS-06: the clock that ran already begins anew from the new time', async () => {
    const visit = await aVisit({ startsAt: at(10, -1) })
    await writer.$transaction((tx) => startReports(tx, [visit], now))
    expect((await visitNow(visit)).reportDueAt).toEqual(at(24, 1))
    await reschedule(sales, visit, moved(visit), now)
    expect((await visitNow(visit)).reportDueAt).toEqual(at(24, 4))
    expect((await clockOf(visit))?.dueAt).toEqual(at(24, 4))
  })

  it('VIS-06: once the report is overdue the visit is neither moved nor replaced out of the count', async () => {
    const visit = await aVisit({ startsAt: at(10, -1) })
    const other = await make.customer({ ownerId: sales.id })
    await writer.$transaction((tx) => startReports(tx, [visit], now))
    const late = at(1, 2)
    const replacement = { ...moved(visit), customer: other.number, costs: false }
    expect(await refusalOf(reschedule(sales, visit, moved(visit), late))).toEqual(['VIS-06 visitDay:refused.overdue'])
    expect(await refusalOf(replaceVisit(sales, visit, replacement, late))).toEqual(['VIS-06 visitDay:refused.overdue'])
    expect(await visitNow(visit)).toMatchObject({ state: 'approved', rescheduled: 0, reportDueAt: at(24, 1) })
  })

  it('VIS-06: after an undone arrival the report is due by the new time, not by the old one', async () => {
    const visit = await aVisit({ startsAt: at(23) })
    await arrive(sales, visit, 'now', at(22))
    const pressed = await db.auditEntry.findFirstOrThrow({
      where: { action: 'visit.arrived' },
      orderBy: { id: 'desc' },
    })
    await pool.query(`update visit set starts_at = $2 where id = $1`, [
      visit.id,
      new Date(pressed.at.getTime() + 60_000),
    ])
    await undoArrival(sales, visit, new Date(pressed.at.getTime() + 5000))
    const after = await visitNow(visit)
    await reschedule(
      sales,
      after,
      moved(after, { day: dateText(new Date(pressed.at.getTime() + 9 * 86_400_000)) }),
      pressed.at,
    )
    const again = await visitNow(visit)
    expect(again.reportDueAt).toEqual(dayStart(dateText(again.startsAt), 3))
  })
})

describe('VIS-05: another customer instead', () => {
  const instead = (visit: Visit, customer: string, more = {}) => ({
    ...moved(visit),
    customer,
    costs: true,
    reason: '约不上，改去邻近一家',
    ...more,
  })

  it('VIS-05: the line stays in the plan and names who is visited instead; costs over the limit are asked again', async () => {
    const plan = await aPlan({ month: '2031-03' })
    const spendings = [
      { kind: 'gift' as const, what: '年节礼品', quantity: 2, price: '260.00' },
      { kind: 'travel' as const, what: '车费', quantity: 1, price: '80.00' },
    ]
    const visit = await aVisit({ ...forenoon(), plan, spendings, state: 'approved' })
    const other = await make.customer({ ownerId: sales.id })
    const made = await replaceVisit(sales, visit, instead(visit, other.number), now)
    expect(made).toMatchObject({ party: other.name, asked: true })
    const [old, line] = [await visitNow(visit), await db.visit.findUniqueOrThrow({ where: { number: made.number } })]
    expect(old).toMatchObject({ state: 'cancelled', cancelledReason: '约不上，改去邻近一家', planId: plan.id })
    expect(line).toMatchObject({
      state: 'approved',
      planId: plan.id,
      replacesId: visit.id,
      customerId: other.id,
      unplanned: false,
      startsAt: at(15.5, 2),
      purposes: visit.purposes,
    })
    const costs = await db.visitSpending.findMany({ where: { visitId: line.id }, orderBy: { id: 'asc' } })
    expect(costs.map(({ what, state }) => [what, state])).toEqual([
      ['年节礼品', 'asked'],
      ['车费', 'within'],
    ])
    const request = await db.approvalRequest.findFirst({
      where: { kind: 'visit.spending', subject: `visit:${line.id}` },
    })
    expect(request?.state).toBe('waiting')
    expect(await linesOf(visit, 'visit.replaced')).toHaveLength(1)
  })

  it('VIS-05: of an unplanned visit too; without its costs nothing is asked', async () => {
    const visit = await aVisit({
      ...forenoon(),
      spendings: [{ kind: 'gift', what: '年节礼品', quantity: 1, price: '260.00' }],
    })
    const other = await make.customer({ ownerId: sales.id })
    const made = await replaceVisit(sales, visit, instead(visit, other.number, { costs: false }), now)
    const line = await db.visit.findUniqueOrThrow({ where: { number: made.number }, include: { spendings: true } })
    expect(made.asked).toBe(false)
    expect(line).toMatchObject({ unplanned: true, unplannedReason: '约不上，改去邻近一家', planId: null })
    expect(line.spendings).toEqual([])
  })

  it('VIS-05: not by the same customer, nor by one out of scope', async () => {
    const visit = await aVisit(forenoon())
    const same = await db.customer.findUniqueOrThrow({ where: { id: visit.customerId! } })
    expect(await refusalOf(replaceVisit(sales, visit, instead(visit, same.number), now))).toEqual([
      'VIS-05 visitDay:refused.sameCustomer',
    ])
    const unseen = await make.customer({ ownerId: colleague.id })
    expect(await refusalOf(replaceVisit(sales, visit, instead(visit, unseen.number), now))).toEqual([
      'VIS-02 visits:refused.customerUnknown',
    ])
    expect((await visitNow(visit)).state).toBe('approved')
  })
})

describe('VIS-05: cancelling', () => {
  it('VIS-05: with the reason; no report is waited for any more', async () => {
    const visit = await aVisit({ startsAt: at(10, -1) })
    await writer.$transaction((tx) => startReports(tx, [visit], now))
    await cancelVisit(sales, visit, { version: visit.version, reason: '客户搬走了' }, now)
    expect(await visitNow(visit)).toMatchObject({ state: 'cancelled', cancelledReason: '客户搬走了' })
    expect(await clockOf(visit)).toBeNull()
    expect((await linesOf(visit, 'visit.cancelled'))[0]).toMatchObject({ why: '客户搬走了' })
  })
})

describe('arriving and leaving', () => {
  it('VIS-06: with the arrival the report is waited for, from the end of the visit on', async () => {
    const visit = await aVisit(forenoon())
    await arrive(sales, visit, 'now', at(10.2))
    expect(await visitNow(visit)).toMatchObject({ state: 'done', arrivedAt: at(10.2), reportDueAt: at(24, 2) })
    const late = await aVisit({ startsAt: at(17) })
    await arrive(sales, late, 'now', at(23.8))
    expect((await clockOf(late))?.startedAt).toEqual(new Date(at(23.8).getTime() + 40 * 60_000))
    expect((await visitNow(late)).reportDueAt).toEqual(at(24, 3))
  })

  it('VIS-05: not before its day; of an earlier day it was at the planned time', async () => {
    const visit = await aVisit(forenoon(1))
    expect(await refusalOf(arrive(sales, visit, 'now', now))).toEqual(['VIS-05 visitDay:refused.tooEarly'])
    const day = { startsAt: at(10) }
    expect(arrivedAt(day, 'now', at(9))).toEqual(at(9))
    expect(arrivedAt(day, 'planned', at(9))).toEqual(at(9))
    expect(arrivedAt(day, 'planned', at(18))).toEqual(at(10))
    expect(arrivedAt(day, 'now', at(9, 1))).toEqual(at(10))
  })

  it('VIS-05: taken back within seconds by whoever pressed it, and not after', async () => {
    const visit = await aVisit(forenoon())
    await arrive(sales, visit, 'now', at(10))
    expect(await refusalOf(undoArrival(colleague, visit, at(10)))).toBeInstanceOf(Forbidden)
    const seconds = await db.auditEntry.findFirstOrThrow({
      where: { action: 'visit.arrived' },
      orderBy: { id: 'desc' },
    })
    await undoArrival(sales, visit, new Date(seconds.at.getTime() + 5000))
    expect(await visitNow(visit)).toMatchObject({ state: 'approved', arrivedAt: null })
    await arrive(sales, visit, 'now', at(10))
    const pressed = await db.auditEntry.findFirstOrThrow({
      where: { action: 'visit.arrived' },
      orderBy: { id: 'desc' },
    })
    const later = new Date(pressed.at.getTime() + 11_000)
    expect(await refusalOf(undoArrival(sales, visit, later))).toEqual(['VIS-05 visitDay:refused.undoLate'])
  })

  it('is left once, after the arrival; on into another day the report is due from there', async () => {
    const visit = await aVisit({ startsAt: at(22) })
    expect(await refusalOf(leaveVisit(sales, visit, at(22.5)))).toEqual(['VIS-05 visitDay:refused.notHere'])
    await arrive(sales, visit, 'now', at(22))
    await leaveVisit(sales, visit, at(0.5, 1))
    expect(await visitNow(visit)).toMatchObject({ leftAt: at(0.5, 1), reportDueAt: at(24, 3) })
    expect(await refusalOf(leaveVisit(sales, visit, at(1, 1)))).toEqual(['VIS-05 visitDay:refused.leftAlready'])
  })

  it('VIS-06: leaving noted long after the arrival does not put the report off', async () => {
    const visit = await aVisit(forenoon())
    await arrive(sales, visit, 'now', at(10))
    expect(await refusalOf(leaveVisit(sales, visit, at(23, 2)))).toEqual(['VIS-05 visitDay:refused.leftLate'])
    expect(await visitNow(visit)).toMatchObject({ leftAt: null, reportDueAt: at(24, 2) })
  })
})
