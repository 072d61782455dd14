import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { change } from '../../src/audit/change.ts'
import { meetClock, startClock, type ComplaintClock } from '../../src/complaints/clocks.ts'
import { relevel } from '../../src/complaints/leveling.ts'
import { lockComplaint, type Complaint } from '../../src/complaints/queries.ts'
import { assigned } from '../../src/complaints/taking.ts'
import { db, pool } from '../../src/db.ts'
import { sweep } from '../../src/deadlines/jobs.ts'
import { moveClock } from '../../src/lib/clock.ts'
import { at } from '../deadlines/calendar.ts'
import { signIn } from '../support/browser.ts'
import type { Cast } from '../support/cast.ts'
import { aComplaint } from '../support/complaints.ts'
import { ownDatabase } from '../support/connected.ts'
import { actorOf, theCast } from '../support/make.ts'
import { under } from '../support/regulation.ts'

await ownDatabase('complaint_clocks')

let cast: Cast
let place: { departmentId: bigint }
beforeAll(async () => {
  cast = await theCast()
  const { id } = await db.department.findFirstOrThrow({ where: { name: '城东营业部' } })
  place = { departmentId: id }
})
/** Each test has the sweep to itself. */
beforeEach(async () => {
  await pool.query(`update deadline set cancelled_at = started_at where met_at is null and cancelled_at is null`)
})
afterEach(() => moveClock(() => new Date()))
afterAll(() => moveClock(() => new Date()))

const standAt = (text: string) => moveClock(() => at(text))
/** Friday afternoon before the Spring Festival of 2026, whose two Saturdays are worked. */
const friday = '2026-02-13 16:00'

async function taken(when: string, more: Parameters<typeof aComplaint>[0] = {}): Promise<Complaint> {
  standAt(when)
  return aComplaint({ ...place, ...more })
}

const clockOf = (complaint: Complaint, kind: ComplaintClock) =>
  db.deadline.findFirstOrThrow({ where: { subject: `complaint:${complaint.id}`, kind }, orderBy: { id: 'desc' } })
const dueOf = async (complaint: Complaint, kind: ComplaintClock) => (await clockOf(complaint, kind)).dueAt

/** Within a change of the front desk, with the row locked. */
async function doing(
  complaint: Complaint,
  work: (
    tx: Parameters<typeof lockComplaint>[0],
    locked: Complaint,
    audit: Parameters<typeof relevel>[1],
  ) => Promise<unknown>,
) {
  await change(await actorOf(cast.front_desk), async (tx, audit) => {
    await work(tx, await lockComplaint(tx, complaint.id), audit)
    await audit('complaint.level_computed', `complaint:${complaint.id}`)
  })
}

describe('the clocks of a complaint, over the Spring Festival of 2026', () => {
  it('CMP-12: three hours for the first contact, by the clock on the wall', async () => {
    expect(await dueOf(await taken(friday), 'complaint.contact')).toEqual(at('2026-02-13 19:00'))
  })

  it('CMP-13: a first result by the close of the second working day, the worked Saturday counting', async () => {
    expect(await dueOf(await taken(friday), 'complaint.first_result')).toEqual(at('2026-02-24 17:30'))
  })

  it('CMP-13: a remedy by the close of the working day after it was assigned', async () => {
    const complaint = await taken(friday)
    await doing(complaint, (tx, locked) => assigned(tx, locked, at(friday)))
    expect(await dueOf(complaint, 'complaint.remedy')).toEqual(at('2026-02-14 17:30'))
    const later = await taken('2026-02-14 09:00')
    await doing(later, (tx, locked) => assigned(tx, locked, at('2026-02-14 18:00')))
    expect(await dueOf(later, 'complaint.remedy')).toEqual(at('2026-02-24 17:30'))
  })

  it('CMP-13: the result to who passed it on within 24 hours, the festival or not', async () => {
    const complaint = await taken(friday, { reportingUnit: '蓬莱厂家' })
    await doing(complaint, (tx, locked) => startClock(tx, 'complaint.report', locked, at('2026-02-15 11:30')))
    expect(await dueOf(complaint, 'complaint.report')).toEqual(at('2026-02-16 11:30'))
  })

  it('CMP-14: done by the close of the 3rd, 7th or 15th working day after the day of receipt', async () => {
    expect(await dueOf(await taken(friday), 'complaint.done')).toEqual(at('2026-02-25 17:30'))
    expect(await dueOf(await taken(friday, { legal: true }), 'complaint.done')).toEqual(at('2026-03-02 17:30'))
    expect(await dueOf(await taken(friday, { hazard: true }), 'complaint.done')).toEqual(at('2026-03-12 17:30'))
    // From the day after, at whatever hour it came.
    expect(await dueOf(await taken('2026-02-13 08:31'), 'complaint.done')).toEqual(at('2026-02-25 17:30'))
    expect(await dueOf(await taken('2026-02-27 23:59'), 'complaint.done')).toEqual(at('2026-03-03 17:30'))
  })

  it('CMP-14: or every case in 7 days, or in 48 hours, whatever its level; about service in 3 days', async () => {
    await under({ 'complaints.done_clock': 'days' }, async () => {
      expect(await dueOf(await taken(friday, { hazard: true }), 'complaint.done_days')).toEqual(at('2026-02-21 00:00'))
    })
    await under({ 'complaints.done_clock': 'hours' }, async () => {
      expect(await dueOf(await taken(friday), 'complaint.done_hours')).toEqual(at('2026-02-15 16:00'))
    })
    await under({ 'complaints.service_clock': 'days' }, async () => {
      const service = await taken(friday, { kind: 'service_quality' })
      expect(await dueOf(service, 'complaint.done_days')).toEqual(at('2026-02-17 00:00'))
      expect(await dueOf(await taken(friday), 'complaint.done')).toEqual(at('2026-02-25 17:30'))
    })
  })

  it('CMP-08: of a major one brand and legal are warned within 24 hours; of a general one nobody', async () => {
    expect(await dueOf(await taken(friday, { hazard: true }), 'complaint.warning')).toEqual(at('2026-02-14 16:00'))
    const general = await taken(friday)
    expect(await db.deadline.count({ where: { subject: `complaint:${general.id}`, kind: 'complaint.warning' } })).toBe(
      0,
    )
  })

  it('CMP-15: progress by the close of the second working day, and anew from every entry', async () => {
    const complaint = await taken(friday)
    expect(await dueOf(complaint, 'complaint.progress')).toEqual(at('2026-02-24 17:30'))
    await doing(complaint, async (tx, locked) => {
      await meetClock(tx, 'complaint.progress', locked, at('2026-02-24 17:30'))
      await startClock(tx, 'complaint.progress', locked, at('2026-02-24 17:30'))
    })
    expect(await dueOf(complaint, 'complaint.progress')).toEqual(at('2026-02-26 17:30'))
  })
})

describe('CAL-03: at the number itself', () => {
  const during = '2026-11-23 10:00'
  /** A clock met at its moment, and one a moment later. */
  async function atTheNumber(clock: ComplaintClock, due: string, more: Parameters<typeof aComplaint>[0] = {}) {
    for (const [after, breachedAt] of [
      [0, null],
      [1, at(due)],
    ] as const) {
      const complaint = await taken(during, more)
      await doing(complaint, async (tx, locked) => {
        await startClock(tx, clock, locked, at(during))
        await meetClock(tx, clock, locked, new Date(at(due).getTime() + after))
      })
      expect([clock, (await clockOf(complaint, clock)).breachedAt]).toEqual([clock, breachedAt])
    }
  }

  it('CAL-03: complaints.contact_hours, complaints.first_result, complaints.remedy_days, complaints.report_hours and complaints.progress_days take the moment itself in', async () => {
    await atTheNumber('complaint.contact', '2026-11-23 13:00')
    await atTheNumber('complaint.first_result', '2026-11-25 17:30')
    await atTheNumber('complaint.remedy', '2026-11-24 17:30')
    await atTheNumber('complaint.report', '2026-11-24 10:00')
    await atTheNumber('complaint.progress', '2026-11-25 17:30')
  })

  it('CAL-03: complaints.done_general, complaints.done_important, complaints.done_major and complaints.warning_hours take the moment itself in', async () => {
    await atTheNumber('complaint.done', '2026-11-26 17:30')
    await atTheNumber('complaint.done', '2026-12-02 17:30', { legal: true })
    await atTheNumber('complaint.done', '2026-12-14 17:30', { hazard: true })
    await atTheNumber('complaint.warning', '2026-11-24 10:00', { hazard: true })
  })

  it('CAL-03: complaints.done_days, complaints.done_hours and complaints.service_days take the moment itself in', async () => {
    await under({ 'complaints.done_clock': 'days' }, () => atTheNumber('complaint.done_days', '2026-12-01 00:00'))
    await under({ 'complaints.done_clock': 'hours' }, () => atTheNumber('complaint.done_hours', '2026-11-25 10:00'))
    await under({ 'complaints.service_clock': 'days' }, () =>
      atTheNumber('complaint.done_days', '2026-11-27 00:00', { kind: 'service_quality' }),
    )
  })
})

describe('CMP-14: another level has another moment', () => {
  it('CMP-14: the clock is reckoned anew from receipt, and the old moment stays on its record and on the page', async () => {
    const complaint = await taken('2026-11-23 10:00')
    const before = await clockOf(complaint, 'complaint.done')
    expect(before.dueAt).toEqual(at('2026-11-26 17:30'))
    await doing(complaint, async (tx, locked, audit) => {
      await tx.complaint.update({ where: { id: locked.id }, data: { legal: true } })
      await relevel(tx, audit, locked.id, at('2026-11-25 09:00'))
    })
    expect(await clockOf(complaint, 'complaint.done')).toMatchObject({ id: before.id, dueAt: at('2026-12-02 17:30') })
    const events = await db.deadlineEvent.findMany({ where: { deadlineId: before.id } })
    expect(events).toMatchObject([{ kind: 'recomputed', detail: { before: before.dueAt.toISOString(), why: 'level' } }])
    standAt('2026-11-25 09:00')
    const record = await (await signIn(cast.cs_manager)).visit(`/deadlines/${before.id}`)
    expect(record.$('h1').text()).toContain(complaint.number)
    expect(record.$('.margin').text()).toContain('2026-11-26 17:30')
  })

  it('CMP-14: what was missed before stays missed when the level rises', async () => {
    const complaint = await taken('2026-11-23 10:00')
    await sweep(at('2026-11-27 09:00'))
    await doing(complaint, async (tx, locked, audit) => {
      await tx.complaint.update({ where: { id: locked.id }, data: { legal: true } })
      await relevel(tx, audit, locked.id, at('2026-11-27 10:00'))
    })
    expect(await clockOf(complaint, 'complaint.done')).toMatchObject({
      breachedAt: at('2026-11-26 17:30'),
      dueAt: at('2026-12-02 17:30'),
    })
    standAt('2026-11-27 10:00')
    const page = await (await signIn(cast.cs_manager)).visit(`/complaints/${complaint.number}`)
    const line = page.$('.clock-list li').filter((_, li) => page.$(li).text().includes('投诉办结'))
    expect(line.find('.deadline').attr('data-state')).toBe('ontime')
    expect(line.text()).toContain('曾错过 2026-11-26 17:30，永久保留')
  })
})

const noticed = async (complaint: Complaint, kind: string) =>
  (await db.notice.findMany({ where: { subject: `complaint:${complaint.id}`, kind }, orderBy: { id: 'asc' } })).map(
    ({ staffId, href, params }) => ({ staffId, href, params: params as Record<string, string> }),
  )

describe('CMP-15: late cases climb', () => {
  it('CMP-15: a breach is recorded once by two sweeps at a time; the moment itself is in time', async () => {
    const complaint = await taken('2026-11-23 10:00', { ownerId: cast.sales.id })
    await sweep(at('2026-11-23 13:00'))
    expect((await clockOf(complaint, 'complaint.contact')).breachedAt).toBeNull()
    const late = new Date(at('2026-11-23 13:00').getTime() + 1)
    await Promise.all([sweep(late), sweep(late)])
    const clock = await clockOf(complaint, 'complaint.contact')
    expect(clock.breachedAt).toEqual(at('2026-11-23 13:00'))
    expect(await db.deadlineEvent.count({ where: { deadlineId: clock.id, kind: 'overdue' } })).toBe(1)
    expect((await noticed(complaint, 'deadline.overdue')).map(({ staffId }) => staffId).toSorted()).toEqual(
      [cast.sales.id, cast.dept_head.id].toSorted(),
    )
    // Made after it was missed, the contact takes nothing back.
    await doing(complaint, (tx, locked) => meetClock(tx, 'complaint.contact', locked, at('2026-11-23 13:10')))
    expect(await clockOf(complaint, 'complaint.contact')).toMatchObject({ breachedAt: at('2026-11-23 13:00') })
  })

  it('CMP-15: handler and head at once, the customer service manager a working day later, after three the general manager', async () => {
    const complaint = await taken('2026-11-23 10:00', { ownerId: cast.sales.id })
    await sweep(at('2026-11-23 13:01'))
    const told = async () => (await noticed(complaint, 'deadline.escalated')).map(({ staffId }) => staffId)
    expect(await told()).toEqual([])
    await sweep(new Date(at('2026-11-24 17:30').getTime() - 1))
    expect(await told()).toEqual([])
    await sweep(at('2026-11-24 17:30'))
    expect(await told()).toEqual([cast.cs_manager.id])
    await doing(complaint, async (tx, locked) => {
      for (const kind of [
        'complaint.first_result',
        'complaint.remedy',
        'complaint.progress',
        'complaint.done',
      ] as const)
        await meetClock(tx, kind, locked, at('2026-11-24 17:30'))
    })
    await sweep(at('2026-11-26 17:30'))
    expect(await told()).toEqual([cast.cs_manager.id, cast.general_manager.id])
    const [notice] = await noticed(complaint, 'deadline.escalated')
    expect(notice).toMatchObject({ href: `/complaints/${complaint.number}`, params: { number: complaint.number } })
  })

  it('CMP-03: whom it is about is never told, whatever rung they stand on; the next above is', async () => {
    const complaint = await taken('2026-11-23 10:00', { accused: [cast.dept_head.id] })
    await sweep(at('2026-11-23 13:01'))
    const people = await db.notice.findMany({
      where: { subject: `complaint:${complaint.id}` },
      select: { staffId: true },
    })
    expect(people.map(({ staffId }) => staffId)).toContain(cast.cs_manager.id)
    expect(people.map(({ staffId }) => staffId)).not.toContain(cast.dept_head.id)
  })
})

describe('the list of deadlines', () => {
  it('CMP-03: shows the clocks of a complaint to exactly those who see it, with the way there, and counts as many', async () => {
    const complaint = await taken('2026-11-23 10:00', { accused: [cast.dept_head.id] })
    const { id } = await clockOf(complaint, 'complaint.contact')
    const list = '/deadlines?kind=complaint.contact'
    const desk = await signIn(cast.front_desk)
    const page = await desk.visit(list)
    expect(page.$(`a[href="/deadlines/${id}"]`).length).toBe(1)
    expect(page.$('.views [aria-current], .views .current').first().text()).toContain('1')
    const record = await desk.visit(`/deadlines/${id}`)
    expect(record.$('a').filter((_, a) => record.$(a).attr('href') === `/complaints/${complaint.number}`).length).toBe(
      1,
    )
    const head = await signIn(cast.dept_head)
    expect((await head.visit(list)).$(`a[href="/deadlines/${id}"]`).length).toBe(0)
    expect((await head.visit(`/deadlines/${id}`)).status).toBe(404)
    // Also where the clock was the person's own before the person was named.
    await pool.query('update complaint set accused = $2 where id = $1', [complaint.id, [String(cast.front_desk.id)]])
    expect((await desk.visit(`/deadlines/${id}`)).status).toBe(404)
    expect((await desk.visit(list)).$(`a[href="/deadlines/${id}"]`).length).toBe(0)
  })
})
