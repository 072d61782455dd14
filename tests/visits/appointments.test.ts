import { beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../src/access/actor.ts'
import { db } from '../../src/db.ts'
import { dayStart } from '../../src/lib/dates.ts'
import { Forbidden } from '../../src/lib/refused.ts'
import { confirmAppointment } from '../../src/visits/appointments/commands.ts'
import { warnOfUnconfirmed } from '../../src/visits/appointments/jobs.ts'
import { reschedule } from '../../src/visits/changing/commands.ts'
import { actorOf, make, refusalOf, theCast } from '../support/make.ts'
import { aVisit, visitNow } from '../support/visits.ts'

// A Friday, far from where other tests put their visits.
const at = (hours: number, days = 0) => new Date(dayStart('2031-05-16', days).getTime() + hours * 3_600_000)
const now = at(16)

let sales: Actor
let colleague: Actor
beforeAll(async () => {
  sales = await actorOf((await theCast()).sales)
  colleague = await actorOf(await make.staff([{ role: 'sales' }]))
})

const agreed = (version: number, more = {}) => ({
  version,
  confirmedAt: at(15),
  with: '丁香结',
  way: 'phone' as const,
  ...more,
})

describe('VIS-03: the appointment', () => {
  it('VIS-03: when, with whom and how; again it replaces the former, and the trail has both', async () => {
    const visit = await aVisit({ startsAt: at(10, 40) })
    await confirmAppointment(sales, visit, agreed(visit.version), now)
    const once = await visitNow(visit)
    expect(once).toMatchObject({ confirmedAt: at(15), confirmedWith: '丁香结', confirmedWay: 'phone' })
    await confirmAppointment(sales, visit, agreed(once.version, { with: '鹿鸣野', way: 'message' }), now)
    expect(await visitNow(visit)).toMatchObject({ confirmedWith: '鹿鸣野', confirmedWay: 'message', state: 'approved' })
    const lines = await db.auditEntry.findMany({
      where: { subject: `customer:${visit.customerId}`, action: 'visit.confirmed' },
      orderBy: { id: 'asc' },
    })
    expect(lines.map(({ after }) => (after as { with: string }).with)).toEqual(['丁香结', '鹿鸣野'])
  })

  it('VIS-03: what was agreed is not to come; only by who goes, and before the visit', async () => {
    const visit = await aVisit({ startsAt: at(10, 40) })
    const tries = { later: at(17), longAgo: at(0, -400) }
    for (const [word, confirmedAt] of Object.entries(tries))
      expect(await refusalOf(confirmAppointment(sales, visit, agreed(1, { confirmedAt }), now)), word).toHaveLength(1)
    expect(await refusalOf(confirmAppointment(colleague, visit, agreed(1), now))).toBeInstanceOf(Forbidden)
    const done = await aVisit({ startsAt: at(10, 40), state: 'done' })
    expect(await refusalOf(confirmAppointment(sales, done, agreed(done.version), now))).toEqual([
      'VIS-03 visits:refused.state',
    ])
  })
})

describe('VIS-03: the reminder', () => {
  const noticesOf = ({ id }: { id: bigint }) =>
    db.notice.findMany({ where: { staffId: id, kind: 'visit.unconfirmed' }, orderBy: { id: 'asc' } })

  it('VIS-03: on Friday one notice of all until Monday that are not agreed on; each visit once, rescheduled again', async () => {
    const by = await make.staff([{ role: 'sales' }])
    const saturday = await aVisit({ by, startsAt: at(10, 1) })
    const monday = await aVisit({ by, startsAt: at(10, 3) })
    const tuesday = await aVisit({ by, startsAt: at(10, 4) })
    const confirmed = await aVisit({ by, startsAt: at(11, 3) })
    const owner = await actorOf(by)
    await confirmAppointment(owner, confirmed, agreed(confirmed.version), now)
    await aVisit({ by, startsAt: at(12, 3), state: 'cancelled' })

    await warnOfUnconfirmed(now)
    await warnOfUnconfirmed(now)
    const [notice, ...others] = await noticesOf(by)
    expect(others).toEqual([])
    expect(notice).toMatchObject({
      rule: 'VIS-03',
      href: '/visits/day?on=2031-05-17',
      params: { n: 2, on: '2031-05-17' },
    })
    expect((await visitNow(saturday)).warnedAt).toEqual(now)
    expect((await visitNow(monday)).warnedAt).toEqual(now)
    expect((await visitNow(tuesday)).warnedAt).toBeNull()

    const moved = { version: 1, day: '2031-05-20', time: '09:00', minutes: 40, reason: '客户改约' }
    await reschedule(owner, monday, moved, now)
    await warnOfUnconfirmed(at(16, 3))
    expect((await noticesOf(by)).map(({ params }) => params)).toMatchObject([{ n: 2 }, { n: 2, on: '2031-05-20' }])
  })

  it('VIS-03: says nothing, and leaves no line, where everything is agreed on', async () => {
    const lines = () => db.auditEntry.count({ where: { action: 'visit.warned' } })
    const before = await lines()
    expect(await warnOfUnconfirmed(dayStart('2033-06-01'))).toEqual({ told: 0, visits: 0 })
    expect(await lines()).toBe(before)
  })
})
