import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { ComplaintKind } from '../../prisma/client/enums.ts'
import { addWorkingMinutes } from '../../src/calendar/reckoning.ts'
import { assignComplaint, undoAssignment } from '../../src/complaints/assigning/commands.ts'
import { meetClock } from '../../src/complaints/clocks.ts'
import { moveOn } from '../../src/complaints/course.ts'
import { kindClocks } from '../../src/complaints/judging/applying.ts'
import { endPauseStep, pauseStep } from '../../src/complaints/pausing.ts'
import { pause, resume } from '../../src/complaints/pauses/commands.ts'
import { endUsedUp } from '../../src/complaints/pauses/jobs.ts'
import { allowanceOf, mostUntil, pauseProblem, type Paused } from '../../src/complaints/pauses/rules.ts'
import { lockComplaint, type Complaint } from '../../src/complaints/queries.ts'
import { change } from '../../src/audit/change.ts'
import { db, pool } from '../../src/db.ts'
import { moveClock } from '../../src/lib/clock.ts'
import { at, office } from '../deadlines/calendar.ts'
import { signIn } from '../support/browser.ts'
import type { Cast } from '../support/cast.ts'
import { aComplaint, complaintNow } from '../support/complaints.ts'
import { ownDatabase } from '../support/connected.ts'
import { actorOf, refusalOf, theCast } from '../support/make.ts'
import { under } from '../support/regulation.ts'

await ownDatabase('complaint_pauses')

let cast: Cast
let departmentId: bigint
beforeAll(async () => {
  cast = await theCast()
  departmentId = (await db.department.findFirstOrThrow({ where: { name: '城东营业部' } })).id
})
afterEach(async () => {
  moveClock(() => new Date())
  // Another test's pause is not this one's to end.
  await pool.query('update complaint_pause set until_at = from_at where until_at is null')
})
afterAll(() => moveClock(() => new Date()))

const standAt = (text: string) => moveClock(() => at(text))
const figures = { mostTimes: 2, mostDays: 5 }
const waiting = { state: 'investigating', paused: false, reached: true } as const
const span = (from: string, until: string): Paused => ({ fromAt: at(from), untilAt: at(until) })
const problem = (pauses: Paused[], asked: Partial<Parameters<typeof pauseProblem>[0]> = {}) =>
  pauseProblem({ ...waiting, ...asked }, allowanceOf(office, pauses, figures, at('2026-12-31 10:00')))

describe('CMP-21: how often and how long', () => {
  const first = span('2026-11-23 10:00', '2026-11-24 10:00')
  it('CMP-21, CAL-03: complaints.pause_times: a second time, never a third', () => {
    expect(problem([])).toBeNull()
    expect(problem([first])).toBeNull()
    expect(problem([first, span('2026-11-25 10:00', '2026-11-25 11:00')])).toBe('times')
  })

  it('CMP-21, CAL-03: complaints.pause_days: five working days in all: a minute less leaves a minute, five leave nothing', () => {
    expect(problem([span('2026-11-23 08:30', '2026-11-27 17:29')])).toBeNull()
    const minute = allowanceOf(office, [span('2026-11-23 08:30', '2026-11-27 17:29')], figures, at('2026-12-31 10:00'))
    expect(minute).toMatchObject({ left: 1, timesLeft: 1 })
    expect(problem([span('2026-11-23 08:30', '2026-11-27 17:30')])).toBe('days')
    // Nights and days off cost nothing.
    expect(
      allowanceOf(office, [span('2026-11-27 17:30', '2026-11-30 08:30')], figures, at('2026-12-31 10:00')).used,
    ).toBe(0)
  })

  it('CMP-21: only while the customer has something to do, and has been reached', () => {
    for (const state of ['received', 'investigating', 'proposing', 'telling', 'asking'] as const)
      expect(problem([], { state })).toBeNull()
    for (const state of ['accepting', 'approving', 'improving', 'answering', 'closed', 'void'] as const)
      expect(problem([], { state })).toBe('state')
    expect(problem([], { reached: false })).toBe('noContact')
    expect(problem([], { paused: true })).toBe('paused')
  })

  it('CMP-21: whatever was used, it ends by itself exactly when the days are used up', () => {
    const minutes = fc.integer({ min: 0, max: 5 * 540 - 1 })
    const start = fc.integer({ min: 0, max: 60 * 24 * 300 })
    fc.assert(
      fc.property(start, minutes, start, (began, long, later) => {
        const fromAt = new Date(at('2026-01-01 00:00').getTime() + began * 60_000)
        const one = { fromAt, untilAt: addWorkingMinutes(office, fromAt, long) }
        const now = new Date(one.untilAt.getTime() + later * 60_000)
        const last = mostUntil(office, allowanceOf(office, [one], figures, now), now)
        const both = allowanceOf(office, [one, { fromAt: now, untilAt: last }], figures, last)
        expect(both.used).toBeCloseTo(5 * 540, 6)
        expect(both.left).toBeCloseTo(0, 6)
      }),
    )
  })
})

/** Being investigated, the customer reached at half past ten. */
async function investigated(when = '2026-11-23 10:00'): Promise<Complaint> {
  standAt(when)
  const complaint = await aComplaint({ departmentId, ownerId: cast.sales.id, state: 'investigating' })
  await change(await actorOf(cast.sales), async (tx, audit) => {
    await meetClock(tx, 'complaint.contact', complaint, at(when))
    await audit('complaint.taken', `complaint:${complaint.id}`)
  })
  return complaint
}

const clocksOf = async (complaint: Complaint) => {
  const rows = await db.deadline.findMany({
    where: { subject: `complaint:${complaint.id}`, metAt: null, cancelledAt: null },
  })
  return new Map(rows.map((row) => [row.kind, row]))
}
const handler = () => actorOf(cast.sales)
const reason = '等客户寄回购货凭证'

describe('CMP-21: the clocks stand still together', () => {
  it('CMP-21: on the page: what is left, what stops, when it goes on; then the due moments move by as much', async () => {
    const complaint = await investigated()
    const before = await clocksOf(complaint)
    standAt('2026-11-23 14:30')
    const browser = await signIn(cast.sales)
    const url = `/complaints/${complaint.number}`
    const page = await browser.visit(`${url}/pause`)
    expect(page.$('main').text()).toContain('已用 0 次，停了 0 分；还可以停 2 次，合计最多 5 个工作日')
    expect(page.$('main').text()).toContain('最晚 2026-11-30 14:30 自动恢复')
    expect(page.$('.clock-list li').length).toBe(4)
    const empty = await browser.submit(`${url}/pause`, { reason: '' })
    expect([empty.status, (await complaintNow(complaint)).paused]).toEqual([422, false])

    const paused = await browser.submit(`${url}/pause`, { reason })
    expect(paused.$('main').text()).toContain(reason)
    expect(paused.$('.clock-list .deadline[data-state=paused]').length).toBe(4)
    expect(await complaintNow(complaint)).toMatchObject({ paused: true, dueAt: null })
    // Two working days later.
    standAt('2026-11-25 14:30')
    const again = await signIn(cast.sales)
    const going = await again.submit(`${url}/resumption`, {})
    expect(going.$('.clock-list .deadline[data-state=paused]').length).toBe(0)
    const after = await clocksOf(complaint)
    expect(before.get('complaint.done')!.dueAt).toEqual(at('2026-11-26 17:30'))
    expect(after.get('complaint.done')!.dueAt).toEqual(at('2026-11-30 17:30'))
    expect(after.get('complaint.remedy')!.dueAt).toEqual(at('2026-11-26 17:30'))
    expect(after.get('complaint.progress')!.dueAt).toEqual(at('2026-11-27 17:30'))
    const trail = { subject: `complaint:${complaint.id}`, kind: 'change' } as const
    const lines = await db.auditEntry.findMany({ where: trail, orderBy: { id: 'asc' } })
    expect(lines.slice(-2)).toMatchObject([
      { action: 'complaint.paused', why: reason },
      { action: 'complaint.resumed' },
    ])
  })

  it('CMP-21: a warning to others waits for no customer: that clock runs on', async () => {
    standAt('2026-11-23 10:00')
    const complaint = await aComplaint({ departmentId, ownerId: cast.sales.id, state: 'investigating', hazard: true })
    await change(await handler(), async (tx, audit) => {
      await meetClock(tx, 'complaint.contact', complaint, at('2026-11-23 10:10'))
      await audit('complaint.taken', `complaint:${complaint.id}`)
    })
    await pause(await handler(), complaint.id, { reason, version: complaint.version }, at('2026-11-23 10:30'))
    const clocks = await clocksOf(complaint)
    expect(clocks.get('complaint.warning')!.pausedAt).toBeNull()
    expect(clocks.get('complaint.done')!.pausedAt).toEqual(at('2026-11-23 10:30'))
  })

  it('CMP-21: used up, it ends by itself, once, with the moment at which it was, and the handler is told', async () => {
    const complaint = await investigated()
    await pause(await handler(), complaint.id, { reason, version: complaint.version }, at('2026-11-23 14:30'))
    expect(await endUsedUp(new Date(at('2026-11-30 14:30').getTime() - 1))).toEqual({ ended: 0 })
    const [one, two] = await Promise.all([endUsedUp(at('2026-11-30 15:00')), endUsedUp(at('2026-11-30 15:00'))])
    expect(one.ended + two.ended).toBe(1)
    const [row] = await db.complaintPause.findMany({ where: { complaintId: complaint.id } })
    expect(row).toMatchObject({ untilAt: at('2026-11-30 14:30'), endedById: null })
    expect((await complaintNow(complaint)).paused).toBe(false)
    expect((await clocksOf(complaint)).get('complaint.done')!.dueAt).toEqual(at('2026-12-03 17:30'))
    const told = await db.notice.findMany({
      where: { subject: `complaint:${complaint.id}`, kind: 'complaint.resumed' },
    })
    expect(told.map(({ staffId }) => staffId)).toEqual([cast.sales.id])
    const { version } = await complaintNow(complaint)
    expect(await refusalOf(pause(await handler(), complaint.id, { reason, version }, at('2026-12-01 09:00')))).toEqual([
      'CMP-21 pauses:refused.days',
    ])
    standAt('2026-12-01 09:00')
    const page = await (await signIn(cast.sales)).visit(`/complaints/${complaint.number}`)
    expect(page.$('.why-not').text()).toContain('暂不能暂停计时')
    expect(page.$('main').text()).toContain('2026-11-30 14:30 期满自动恢复')
  })

  it('CMP-21: twice only, and never twice at a time; what is not paused is not resumed', async () => {
    const complaint = await investigated()
    const actor = await handler()
    const version = async () => (await complaintNow(complaint)).version
    expect(await refusalOf(resume(actor, complaint.id, await version(), at('2026-11-23 11:00')))).toEqual([
      'CMP-21 pauses:refused.notPaused',
    ])
    for (const [from, until] of [
      ['2026-11-23 11:00', '2026-11-23 12:00'],
      ['2026-11-23 13:00', '2026-11-23 14:00'],
    ] as const) {
      await pause(actor, complaint.id, { reason, version: await version() }, at(from))
      expect(await refusalOf(pause(actor, complaint.id, { reason, version: await version() }, at(from)))).toEqual([
        'CMP-21 pauses:refused.paused',
      ])
      await resume(actor, complaint.id, await version(), at(until))
    }
    expect(
      await refusalOf(pause(actor, complaint.id, { reason, version: await version() }, at('2026-11-23 15:00'))),
    ).toEqual(['CMP-21 pauses:refused.times'])
  })

  it('CMP-21: not before anybody was reached; not by who only reads; an old form is refused', async () => {
    standAt('2026-11-23 10:00')
    const complaint = await aComplaint({ departmentId, ownerId: cast.sales.id })
    const form = { reason, version: complaint.version }
    expect(await refusalOf(pause(await handler(), complaint.id, form, at('2026-11-23 10:30')))).toEqual([
      'CMP-21 pauses:refused.noContact',
    ])
    expect(
      await refusalOf(pause(await handler(), complaint.id, { ...form, version: 99 }, at('2026-11-23 10:30'))),
    ).toEqual(['CMP-21 complaints:refused.changedMeanwhile'])
    const manager = await signIn(cast.general_manager)
    expect((await manager.visit(`/complaints/${complaint.number}/pause`)).status).toBe(403)
  })

  it('CMP-21: a step of ours ends the wait: the clocks go on from then', async () => {
    const complaint = await investigated()
    await pause(await handler(), complaint.id, { reason, version: complaint.version }, at('2026-11-23 14:30'))
    await change(await handler(), async (tx, audit) => {
      await moveOn(tx, await lockComplaint(tx, complaint.id), 'report', {}, at('2026-11-24 14:30'))
      await audit('complaint.resumed', `complaint:${complaint.id}`)
    })
    expect(await complaintNow(complaint)).toMatchObject({ paused: false, state: 'proposing' })
    expect((await clocksOf(complaint)).get('complaint.done')!.dueAt).toEqual(at('2026-11-27 17:30'))
    expect(await db.complaintPause.findFirst({ where: { complaintId: complaint.id } })).toMatchObject({
      untilAt: at('2026-11-24 14:30'),
    })
  })
})

const minute = 60_000
const hours = 24 * 60 * minute
/** Counted on the fingers: minute by minute, Monday to Friday, 08:30 to 17:30. */
function officeMinutes({ fromAt, untilAt }: { fromAt: Date; untilAt: Date }): number {
  let sum = 0
  for (let moment = fromAt.getTime(); moment < untilAt.getTime(); moment += minute) {
    const local = new Date(moment + 8 * 60 * minute)
    const time = local.getUTCHours() * 60 + local.getUTCMinutes()
    if (local.getUTCDay() % 6 !== 0 && time >= 8.5 * 60 && time < 17.5 * 60) sum++
  }
  return sum
}
/** The close of so many weekdays later. */
function closeAfter(day: string, n: number): Date {
  const moment = at(`${day} 17:30`)
  for (let left = n; left > 0;) {
    moment.setTime(moment.getTime() + hours)
    if (new Date(moment.getTime() + 8 * 60 * minute).getUTCDay() % 6 !== 0) left--
  }
  return moment
}

async function inTurn(complaint: Complaint, work: Parameters<typeof change>[1]) {
  await change(await actorOf(cast.sales), async (tx, audit) => {
    await work(tx, audit)
    await audit('complaint.corrected', `complaint:${complaint.id}`)
  })
}
const toKind = (complaint: Complaint, kind: ComplaintKind, now: Date) =>
  inTurn(complaint, async (tx) => {
    const before = await lockComplaint(tx, complaint.id)
    await tx.complaint.update({ where: { id: complaint.id }, data: { kind } })
    await kindClocks(tx, before, { ...before, kind }, now)
  })
const hold = async (complaint: Complaint, now: Date) => {
  const actor = await actorOf(cast.sales)
  await inTurn(complaint, async (tx) =>
    pauseStep(tx, actor, await lockComplaint(tx, complaint.id), { reason, mostUntil: at('2026-12-31 10:00') }, now),
  )
}
const go = (complaint: Complaint, now: Date) =>
  inTurn(complaint, async (tx) => endPauseStep(tx, await lockComplaint(tx, complaint.id), now))

describe('CMP-21: what was paused stays granted', () => {
  it('CMP-14, CMP-21: whenever the kind changes, before, within or after its pauses, the new clock is due as if it had run all along', async () => {
    const length = fc.integer({ min: 1, max: 1_200 })
    const steps = fc.record({
      begin: fc.integer({ min: 0, max: 450 }),
      gaps: fc.tuple(fc.integer({ min: 2, max: 120 }), fc.integer({ min: 2, max: 120 })),
      lengths: fc.tuple(length, length),
      change: fc.integer({ min: 0, max: 4 }),
      back: fc.boolean(),
    })
    await under({ 'complaints.service_clock': 'days' }, () =>
      fc.assert(
        fc.asyncProperty(steps, async ({ begin, gaps, lengths, change: step, back }) => {
          const start = new Date(at('2026-11-23 08:30').getTime() + begin * minute)
          moveClock(() => start)
          const [from, to] = back
            ? (['service_quality', 'repair_quality'] as const)
            : (['repair_quality', 'service_quality'] as const)
          const complaint = await aComplaint({ departmentId, ownerId: cast.sales.id, kind: from })
          const moments = [start]
          for (const more of [gaps[0], lengths[0], gaps[1], lengths[1]])
            moments.push(new Date(moments.at(-1)!.getTime() + more * minute))
          for (const [n, moment] of moments.entries()) {
            if (n > 0) await (n % 2 === 1 ? hold : go)(complaint, moment)
            if (n === step) await toKind(complaint, to, new Date(moment.getTime() + minute / 2))
          }
          const pauses = [1, 3].map((n) => ({ fromAt: moments[n]!, untilAt: moments[n + 1]! }))
          const clocks = await clocksOf(complaint)
          const worked = pauses.reduce((sum, one) => sum + officeMinutes(one), 0)
          const passed = (lengths[0] + lengths[1]) / (24 * 60)
          const due = back
            ? closeAfter('2026-11-23', 3 + Math.ceil(worked / 540))
            : new Date(at('2026-11-27 00:00').getTime() + Math.ceil(passed) * hours)
          expect(clocks.get(back ? 'complaint.done' : 'complaint.done_days')!.dueAt).toEqual(due)
          expect(clocks.has(back ? 'complaint.done_days' : 'complaint.done')).toBe(false)
        }),
        { numRuns: 14 },
      ),
    )
  })

  it('CMP-13, CMP-21: the time for a remedy that begins while the clocks stand still stands still with them', async () => {
    standAt('2026-11-23 10:00')
    const complaint = await aComplaint({ departmentId })
    await hold(complaint, at('2026-11-23 11:00'))
    standAt('2026-11-24 14:30')
    const manager = await actorOf(cast.cs_manager)
    const give = { departmentId, ownerId: cast.sales.id, reason: null }
    await assignComplaint(manager, complaint.id, give, at('2026-11-24 14:30'))
    expect((await clocksOf(complaint)).get('complaint.remedy')).toMatchObject({ pausedAt: at('2026-11-24 14:30') })
    expect(await complaintNow(complaint)).toMatchObject({ dueAt: null })
    await undoAssignment(manager, complaint.id, at('2026-11-24 14:30'))
    await assignComplaint(manager, complaint.id, give, at('2026-11-24 14:30'))
    await go(complaint, at('2026-11-26 14:30'))
    // Two days stood still: of the remedy's one day nothing is used, of the other clocks more.
    expect((await clocksOf(complaint)).get('complaint.remedy')).toMatchObject({
      pausedAt: null,
      dueAt: at('2026-11-27 17:30'),
    })
  })
})
