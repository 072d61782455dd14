import { beforeAll, describe, expect, it } from 'vitest'
import { pool, writer } from '../../src/db.ts'
import { dateText, dayStart } from '../../src/lib/dates.ts'
import { now as clock } from '../../src/lib/clock.ts'
import { monthAfter, monthOf } from '../../src/lib/months.ts'
import { startDeadlines } from '../../src/deadlines/commands.ts'
import { visitsAtHome } from '../../src/visits/around/home.ts'
import { visitsOf } from '../../src/visits/around/of-customer.ts'
import { startReports } from '../../src/visits/clocks.ts'
import { clockSubject } from '../../src/visits/plans/clocks.ts'
import { planDue } from '../../src/visits/plans/rules.ts'
import { calendarAt } from '../../src/calendar/queries.ts'
import { signIn } from '../support/browser.ts'
import type { Person } from '../support/cast.ts'
import { actorOf, make, theCast } from '../support/make.ts'
import { aPlan, aVisit } from '../support/visits.ts'

const hour = 3_600_000
const place = { department: '城东营业部' }
const now = clock()
/** In the company's day, so many days from today. */
const at = (days: number, hours: number) => new Date(dayStart(dateText(now), days).getTime() + hours * hour)
const noon = at(0, 12)

async function seller(): Promise<Person> {
  const person = await make.staff([{ role: 'sales', ...place }])
  await pool.query('update staff set department_id = (select id from department where name = $2) where id = $1', [
    person.id,
    place.department,
  ])
  return person
}

beforeAll(async () => {
  await theCast()
})

describe('wish 45: what of visits waits on the first page', () => {
  it('VIS-11, VIS-03: today’s next, and who of tomorrow has not agreed yet', async () => {
    const by = await seller()
    const actor = await actorOf(by)
    expect(await visitsAtHome(actor, noon)).toEqual({
      today: null,
      unconfirmed: null,
      reports: null,
      reviews: null,
      plan: null,
    })
    const later = await aVisit({ by, startsAt: at(0, 16) })
    const first = await aVisit({ by, startsAt: at(0, 14) })
    const tomorrow = await aVisit({ by, startsAt: at(1, 9) })
    const agreed = await aVisit({ by, startsAt: at(1, 8) })
    await pool.query(
      `update visit set confirmed_at = $2, confirmed_with = '嫦娥', confirmed_way = 'phone' where id = $1`,
      [agreed.id, now],
    )
    const { today, unconfirmed } = await visitsAtHome(actor, noon)
    expect(today).toMatchObject({ count: 2, number: first.number })
    expect(unconfirmed).toMatchObject({ count: 1, number: tomorrow.number })
    await pool.query(`update visit set state = 'cancelled' where id = any($1)`, [[first.id, later.id]])
    expect((await visitsAtHome(actor, noon)).today).toBeNull()
  })

  it('VIS-06: reports to write, the first due first with its clock; reports to review for the head, never one’s own', async () => {
    const by = await seller()
    const head = await make.staff([{ role: 'dept_head', ...place }])
    const actor = await actorOf(by)
    const older = await aVisit({ by, startsAt: at(-5, 9), state: 'approved' })
    await aVisit({ by, startsAt: at(-1, 9), state: 'done' })
    await writer.$transaction((tx) => startReports(tx, [older], now))
    const { reports, reviews } = await visitsAtHome(actor, noon)
    expect(reports).toMatchObject({ count: 2, number: older.number })
    expect(reports!.clock).toMatchObject({ dueAt: dayStart(dateText(at(-5, 9)), 3) })
    expect(reviews).toBeNull()
    const before = (await visitsAtHome(await actorOf(head), noon)).reviews?.count ?? 0
    const told = await aVisit({ by, startsAt: at(-3, 9), state: 'reported' })
    await report(told.id, by.id)
    const own = await aVisit({ by: head, startsAt: at(-3, 9), state: 'reported' })
    await report(own.id, head.id)
    expect((await visitsAtHome(await actorOf(head), noon)).reviews?.count).toBe(before + 1)
  })

  it('VIS-01: next month’s plan once a week is left, and one that came back', async () => {
    const by = await seller()
    const actor = await actorOf(by)
    const month = monthAfter(monthOf(now), 1)
    const dueAt = planDue(await calendarAt(now), month)
    const clocks = [{ subject: clockSubject(by.id, month), ownerId: by.id, dueAt }]
    await writer.$transaction((tx) => startDeadlines(tx, 'visit.plan', clocks, at(-20, 9)))
    const early = new Date(dueAt.getTime() - 12 * 24 * hour)
    expect((await visitsAtHome(actor, early)).plan).toBeNull()
    const late = new Date(dueAt.getTime() - 24 * hour)
    expect((await visitsAtHome(actor, late)).plan).toMatchObject({ month, number: null, clock: { dueAt } })
    const plan = await aPlan({ by, month })
    await pool.query(`update visit_plan set state = 'returned', submitted_at = $2 where id = $1`, [plan.id, early])
    expect((await visitsAtHome(actor, early)).plan).toMatchObject({ number: plan.number, state: 'returned' })
  })

  it('stands on the page, each with its rule and one button; who plans nothing is told nothing', async () => {
    const by = await seller()
    const visit = await aVisit({ by, startsAt: at(-5, 9), state: 'done' })
    const page = await (await signIn(by)).visit('/')
    const queue = page.$('.queue').filter((_, one) => page.$(one).text().includes('要写的拜访报告'))
    expect(queue.find('a.btn').attr('href')).toBe(`/visits/${visit.number}/report`)
    expect(queue.text()).toContain('VIS-06')
    expect(page.$('#side-nav a[aria-current]').attr('href')).toBe('/')
    expect(page.$('#side-nav a[data-go=b]').attr('href')).toBe('/visits/day')
    expect(
      page
        .$('#tabbar a')
        .map((_, one) => page.$(one).attr('href'))
        .get(),
    ).toEqual(['/', '/customers', '/complaints', '/visits/day', '/approvals'])
    const { archivist } = await theCast()
    const other = await visitsAtHome(await actorOf(archivist), noon)
    expect(Object.values(other).every((one) => one === null)).toBe(true)
  })
})

describe('wish 49: a customer’s visits on its page', () => {
  it('shows what comes and what was, also where it took part beside another', async () => {
    const by = await seller()
    const actor = await actorOf(by)
    const [own, other] = [
      await make.customer({ ownerId: by.id, ...place }),
      await make.customer({ ownerId: by.id, ...place }),
    ]
    const next = await aVisit({ by, customerId: own.id, party: own.name, startsAt: at(3, 9) })
    const last = await aVisit({ by, customerId: own.id, party: own.name, startsAt: at(-3, 9), state: 'reported' })
    const beside = await aVisit({
      by,
      customerId: other.id,
      party: other.name,
      parties: [own.id],
      startsAt: at(-9, 9),
      state: 'done',
    })
    await aVisit({ by, customerId: own.id, party: own.name, startsAt: at(4, 9), state: 'cancelled' })
    const { rows, count } = await visitsOf(actor, own, noon)
    expect(count).toBe(3)
    expect(rows.map(({ number, also, coming }) => [number, also, coming])).toEqual([
      [next.number, false, true],
      [last.number, false, false],
      [beside.number, true, false],
    ])
    const stranger = await visitsOf(await actorOf(await make.staff([{ role: 'sales', region: '西区' }])), own, noon)
    expect(stranger.count).toBe(0)
    const page = await (await signIn(by)).visit(`/customers/${own.number}`)
    expect(page.$('#visits tbody a').first().attr('href')).toBe(`/visits/${next.number}`)
    expect(page.$('#visits .more a').attr('href')).toBe(`/visits?customer=${own.number}`)
    const line = page
      .$('aside .history a, aside a')
      .filter((_, one) => page.$(one).attr('href') === `/visits/${next.number}`)
    expect(line.length).toBeGreaterThan(0)
  })
})

const report = (visitId: bigint, by: bigint) =>
  pool.query(
    `insert into visit_report (visit_id, reached, content, findings, feedback, competitors, next_step, submitted_at, submitted_by_id)
     values ($1, 'reached', '看样品', '无', '满意', '无', '月底再去', $3, $2)`,
    [visitId, by, now],
  )
