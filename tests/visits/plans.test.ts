import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { handlers } from '../../src/approvals/handlers.ts'
import { withdrawRequest } from '../../src/approvals/withdrawing.ts'
import { isWorkingDay, type Calendar } from '../../src/calendar/reckoning.ts'
import { numberOf, textOf } from '../../src/calendar/week.ts'
import { db, pool, writer } from '../../src/db.ts'
import { now } from '../../src/lib/clock.ts'
import { dateText, dateTimeText, dayStart } from '../../src/lib/dates.ts'
import { daysOfMonth, monthAfter, monthOf } from '../../src/lib/months.ts'
import { Forbidden, Stale } from '../../src/lib/refused.ts'
import { startReports } from '../../src/visits/clocks.ts'
import { clockSubject } from '../../src/visits/plans/clocks.ts'
import { beginPlan, beginWith } from '../../src/visits/plans/beginning.ts'
import { submitPlan } from '../../src/visits/plans/commands.ts'
import { lineForm, type LineInput } from '../../src/visits/plans/line-forms.ts'
import { startPlanClocks } from '../../src/visits/plans/jobs.ts'
import { correctLine } from '../../src/visits/plans/correcting.ts'
import { addLine, copyLine, removeLine } from '../../src/visits/plans/lines.ts'
import { namesIn, namesText } from '../../src/visits/plans/people.ts'
import { dayRound, freeDays, overlapping, planDue, spread, submissionProblems } from '../../src/visits/plans/rules.ts'
import { suggestionsFor, takeSuggested } from '../../src/visits/plans/suggesting.ts'
import { lockPlan, planFor, planSubject, type Plan } from '../../src/visits/queries.ts'
import { signIn } from '../support/browser.ts'
import type { Person } from '../support/cast.ts'
import { actorOf, make, refusalOf, theCast } from '../support/make.ts'
import { textOf as pdfText } from '../support/pdf.ts'
import { aPlan, aVisit, visitNow } from '../support/visits.ts'

const hours = [
  { from: 510, until: 720 },
  { from: 780, until: 1050 },
]
const calendarWith = (days: Record<string, boolean> = {}): Calendar => ({
  weekdays: new Set([1, 2, 3, 4, 5]),
  ranges: hours,
  days: new Map(Object.entries(days).map(([day, working]) => [day, { working, name: '' }])),
  years: new Set(),
})
const anyMonth = fc
  .record({ year: fc.integer({ min: 2024, max: 2034 }), month: fc.integer({ min: 1, max: 12 }) })
  .map(({ year, month }) => `${year}-${String(month).padStart(2, '0')}`)

describe('VIS-01: when a plan is due', () => {
  it.each([
    ['2026-12', {}, '2026-11-30 17:30'],
    ['2027-03', {}, '2027-02-26 17:30'],
    ['2027-01', { '2026-12-31': false, '2026-12-30': false }, '2026-12-29 17:30'],
    ['2026-11', { '2026-10-31': true }, '2026-10-31 17:30'],
  ])('of %s', (month, days, due) => {
    expect(dateTimeText(planDue(calendarWith(days as never), month))).toBe(due)
  })

  it('is the close of a working day before the month, with none between', () => {
    const off = fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { maxLength: 25 })
    fc.assert(
      fc.property(anyMonth, off, off, (month, closed, opened) => {
        const first = numberOf(`${month}-01`)
        const days = Object.fromEntries([
          ...closed.map((back) => [textOf(first - back), false]),
          ...opened.map((back) => [textOf(first - back), true]),
        ])
        const calendar = calendarWith(days)
        const due = dateText(planDue(calendar, month))
        expect(isWorkingDay(calendar, due)).toBe(true)
        for (let day = numberOf(due) + 1; day < first; day++) expect(isWorkingDay(calendar, textOf(day))).toBe(false)
        expect(numberOf(due)).toBeLessThan(first)
      }),
    )
  })
})

describe('a month’s days', () => {
  it('are shared out evenly, the earliest first', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 23 }), fc.integer({ min: 0, max: 60 }), (many, n) => {
        const days = daysOfMonth('2026-12').slice(0, many)
        const given = spread(days, [], Array<null>(n).fill(null))
        const load = days.map((day) => given.filter((one) => one === day).length)
        expect(given).toHaveLength(n)
        expect(Math.max(...load) - Math.min(...load)).toBeLessThanOrEqual(1)
        expect(load).toEqual(load.toSorted((a, b) => b - a))
      }),
    )
    const taken = ['2026-12-01', '2026-12-09'].map((day) => ({ day, district: null }))
    expect(spread(['2026-12-01', '2026-12-02'], taken, [null, null])).toEqual(['2026-12-02', '2026-12-01'])
    expect(spread([], [], [null, '临平区'])).toEqual([])
  })

  it('VIS-10: those of one district share a day until its round is full', () => {
    const districts = fc.array(fc.constantFrom('临平区', '滨江区', '余杭区'), { maxLength: 30 })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 23 }), districts, (many, wanted) => {
        const days = daysOfMonth('2026-12').slice(0, many)
        const given = spread(days, [], wanted)
        expect(given).toHaveLength(wanted.length)
        const load = (day: string) => given.filter((one) => one === day).length
        // Nobody has a full round while another day is free.
        if (days.some((day) => load(day) === 0)) for (const day of days) expect(load(day)).toBeLessThanOrEqual(dayRound)
        for (const [at, day] of given.entries()) {
          const before = given.slice(0, at)
          const near = before.filter(
            (one, n) => wanted[n] === wanted[at] && before.filter((d) => d === one).length < dayRound,
          )
          if (near.length > 0) expect(near).toContain(day)
        }
      }),
    )
    const there = [{ day: '2026-12-03', district: '滨江区' }]
    const week = ['2026-12-01', '2026-12-02', '2026-12-03']
    expect(spread(week, there, ['滨江区', null, '滨江区', '滨江区'])).toEqual([
      '2026-12-03',
      '2026-12-01',
      '2026-12-03',
      '2026-12-02',
    ])
  })

  it('are free from tomorrow on, working days alone', () => {
    const free = freeDays(calendarWith({ '2026-12-31': false }), '2026-12', dayStart('2026-12-24'))
    expect(free).toEqual(['2026-12-25', '2026-12-28', '2026-12-29', '2026-12-30'])
  })

  it('tell which visits run into one another', () => {
    const slot = fc.record({
      at: fc.integer({ min: 0, max: 40 }),
      minutes: fc.integer({ min: 5, max: 180 }),
      timed: fc.boolean(),
      cancelled: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(slot, { maxLength: 12 }), (slots) => {
        const lines = slots.map(({ at, ...rest }, n) => ({
          ...rest,
          id: BigInt(n),
          customerId: null,
          party: `${n}`,
          startsAt: new Date(at * 900_000),
        }))
        const meets = (a: (typeof lines)[number], b: (typeof lines)[number]) =>
          a.timed &&
          b.timed &&
          !a.cancelled &&
          !b.cancelled &&
          a.id !== b.id &&
          a.startsAt.getTime() < b.startsAt.getTime() + b.minutes * 60_000 &&
          b.startsAt.getTime() < a.startsAt.getTime() + a.minutes * 60_000
        const found = overlapping(lines)
        for (const line of lines) {
          const met = lines.some((other) => meets(line, other))
          // Two neighbours in time are told; a longer one that both lie in is told as well.
          if (!met) expect(found.has(line.id)).toBe(false)
        }
        expect(found.size > 0).toBe(lines.some((a) => lines.some((b) => meets(a, b))))
      }),
    )
  })

  it('reads people as they are written', () => {
    expect(namesIn('司南 科长、罗盘\n 指针，')).toEqual([
      { name: '司南', post: '科长' },
      { name: '罗盘', post: null },
      { name: '指针', post: null },
    ])
    expect(namesText(namesIn('司南 科长、罗盘'))).toBe('司南 科长、罗盘')
  })
})

describe('what stands against handing in', () => {
  const at = dayStart('2026-11-20')
  const line = (day: string) => ({
    party: '蓬莱轴承厂',
    startsAt: new Date(dayStart(day).getTime() + 36e6),
    timed: true,
  })
  const filed = {
    month: '2026-12',
    lines: [line('2026-12-03')],
    asked: 1,
    reason: null,
    unreported: 0,
    mostUnreported: 3,
  }
  const of = (more: Partial<typeof filed>) =>
    submissionProblems({ ...filed, ...more }, at).map(({ rule, reason }) => `${rule} ${reason.split('.').at(-1)}`)

  it.each([
    ['nothing', {}, []],
    ['VIS-01: no line', { lines: [] }, ['VIS-01 empty']],
    ['VIS-06: three reports overdue', { unreported: 3 }, ['VIS-06 unreported']],
    ['two of them', { unreported: 2 }, []],
    ['VIS-02: a line of another month', { lines: [line('2027-01-04')] }, ['VIS-02 lineOutside']],
    ['VIS-01: fewer than asked, without a reason', { asked: 20 }, ['VIS-01 fewer']],
    ['VIS-01: a month that is over', { month: '2026-10' }, ['VIS-01 monthOver']],
  ])('%s', (_name, more, problems) => expect(of(more as never)).toEqual(problems))

  it('VIS-01: fewer with a reason may be handed in; a line that is past may not', () => {
    expect(submissionProblems({ ...filed, asked: 20, reason: '展会' }, at)).toEqual([])
    const late = submissionProblems({ ...filed, lines: [line('2026-12-03')] }, dayStart('2026-12-10'))
    expect(late.map(({ reason }) => reason)).toEqual(['visitPlans:refused.linePast'])
  })
})

const next = () => monthAfter(monthOf(now()), 1)
const someDay = (month: string, n = 9) => `${month}-${String(n).padStart(2, '0')}`
const written = (more: Record<string, string>): LineInput =>
  lineForm.parse({ purpose_relations: 'on', minutes: '60', ...more })

/** A sales person of their own with an empty plan of next month. */
async function planning(
  month = next(),
): Promise<{ actor: Awaited<ReturnType<typeof actorOf>>; plan: Plan; person: Awaited<ReturnType<typeof make.staff>> }> {
  await theCast()
  const person = await make.staff([{ role: 'sales', department: '城东营业部' }])
  const actor = await actorOf(person)
  return { actor, person, plan: await aPlan({ by: person, month }) }
}
const planNow = ({ id }: Plan) => writer.$transaction((tx) => lockPlan(tx, id))

describe('a plan being made', () => {
  it('VIS-02: takes lines, changes them, copies them and takes them out; each is in the trail', async () => {
    const { actor, plan, person } = await planning()
    const customer = await make.customer({ ownerId: person.id }, '广寒制冷设备厂')
    const day = someDay(plan.monthText)
    const line = await addLine(
      actor,
      plan,
      written({
        customer: customer.number,
        day,
        time: '09:30',
        people: '桂影 采购',
        kind1: 'gift',
        what1: '茶叶',
        quantity1: '2',
        price1: '260',
        kind2: 'travel',
        what2: '车费',
        price2: '80',
      }),
      now(),
    )
    expect(line).toMatchObject({ state: 'draft', target: 'potential', timed: true, minutes: 60 })
    const costs = await db.visitSpending.findMany({ where: { visitId: line.id }, orderBy: { id: 'asc' } })
    // VIS-04: a gift of 260 is over the post's 200 a piece, the fare within 300.
    expect(costs.map(({ what, total, state }) => `${what} ${total.toFixed(2)} ${state}`)).toEqual([
      '茶叶 520.00 asked',
      '车费 80.00 within',
    ])

    expect(
      await refusalOf(addLine(actor, plan, written({ customer: customer.number, day, time: '09:30' }), now())),
    ).toEqual(['VIS-02 visitPlans:refused.twice'])
    expect(
      await refusalOf(
        addLine(
          actor,
          plan,
          { ...written({ customer: customer.number, day: someDay(monthAfter(plan.monthText, 1)) }) },
          now(),
        ),
      ),
    ).toEqual(['VIS-02 visitPlans:refused.outsideMonth'])
    expect(await refusalOf(addLine(actor, plan, lineForm.parse({ minutes: '60', day, what1: '酒' }), now()))).toEqual([
      'VIS-02 visitPlans:refused.nobody',
      'VIS-02 visitPlans:refused.noPurpose',
      'VIS-02 visitPlans:refused.costUnpriced',
    ])

    const changed = await correctLine(
      actor,
      plan,
      line.number,
      { ...written({ customer: customer.number, day, time: '14:00' }), version: line.version },
      now(),
    )
    expect(dateTimeText(changed.startsAt)).toBe(`${day} 14:00`)
    expect(await db.visitSpending.count({ where: { visitId: line.id, removedAt: null } })).toBe(0)
    const copy = await copyLine(actor, plan, line.number, { day: someDay(plan.monthText, 10), time: null }, now())
    expect(copy).toMatchObject({ timed: false, customerId: customer.id })
    await removeLine(actor, plan, copy.number, copy.version)
    expect((await visitNow(copy)).state).toBe('cancelled')
    const trail = await db.auditEntry.findMany({
      where: { subject: `customer:${customer.id}` },
      orderBy: { id: 'asc' },
    })
    expect(trail.map(({ action }) => action)).toEqual([
      'visit.planned',
      'visit.line_corrected',
      'visit.planned',
      'visit.line_removed',
    ])
    expect(trail[1]!.before).toMatchObject({ startsAt: `${day} 09:30`, part: `visit:${line.id}`, people: '桂影 采购' })
  })

  it('VIS-02: a line is copied only while its customer is still seen; nobody begins a plan years ahead', async () => {
    const { actor, plan, person } = await planning()
    const customer = await make.customer({ ownerId: person.id })
    const line = await addLine(actor, plan, written({ customer: customer.number, day: someDay(plan.monthText) }), now())
    const { id: ownerId } = await make.staff([{ role: 'sales' }])
    await pool.query('update customer set owner_id = $2, department_id = null where id = $1', [customer.id, ownerId])
    const copied = copyLine(actor, plan, line.number, { day: someDay(plan.monthText, 10), time: null }, now())
    expect(await refusalOf(copied)).toEqual(['VIS-02 visits:refused.customerUnknown'])
    expect(await refusalOf(beginPlan(actor, '2099-12', now()))).toEqual(['VIS-01 visitPlans:refused.monthFar'])
  })

  it('VIS-02: who is no customer yet is named with what kind; colleagues, contacts and other customers must exist', async () => {
    const { actor, plan, person } = await planning()
    const [own, foreign] = [await make.customer({ ownerId: person.id }), await make.customer()]
    const day = someDay(plan.monthText)
    const refused = (more: Record<string, string>) => refusalOf(addLine(actor, plan, written({ day, ...more }), now()))
    expect(await refused({ party: '桃源果品' })).toEqual(['VIS-02 visitPlans:refused.targetOfNone'])
    expect(await refused({ customer: foreign.number })).toEqual(['VIS-02 visits:refused.customerUnknown'])
    expect(await refused({ customer: own.number, companion1: 'Z999' })).toEqual([
      'VIS-02 visitPlans:refused.colleagueUnknown',
    ])
    expect(await refused({ customer: own.number, companion2: person.number })).toEqual([
      'VIS-02 visitPlans:refused.oneself',
    ])
    expect(await refused({ customer: own.number, other1: own.number })).toEqual(['VIS-02 visitPlans:refused.sameParty'])
    const line = await addLine(actor, plan, written({ day, party: '桃源果品', target: 'peer' }), now())
    expect(line).toMatchObject({ customerId: null, party: '桃源果品', target: 'peer', timed: false })
  })

  it('VIS-10, REL-01: suggests who is due, and spreads the ticked over the working days', async () => {
    const { actor, plan, person } = await planning()
    const [a, b, fresh] = [
      await make.customer({ ownerId: person.id }),
      await make.customer({ ownerId: person.id }),
      await make.customer({ ownerId: person.id }),
    ]
    await pool.query(`update customer set grade = 'A', contacted_on = '2020-05-06' where id = $1`, [a.id])
    await pool.query(`update customer set contacted_on = '2021-05-06' where id = $1`, [b.id])
    await pool.query(`update customer set contacted_on = $2 where id = $1`, [fresh.id, dateText(now())])
    const { rows } = await suggestionsFor(actor, plan, now())
    expect(rows.map(({ number, rule, last }) => [number, rule, last])).toEqual([
      [a.number, 'grade_a', '2020-05-06'],
      [b.number, 'yearly', '2021-05-06'],
    ])
    expect(await takeSuggested(actor, plan, { customers: [a.number, b.number], day: null }, now())).toBe(2)
    const days = (await db.visit.findMany({ where: { planId: plan.id }, orderBy: { startsAt: 'asc' } })).map(
      ({ startsAt, timed }) => [dateText(startsAt), timed],
    )
    expect(new Set(days.map(([day]) => day)).size).toBe(2)
    expect(days.map(([, timed]) => timed)).toEqual([false, false])
    expect((await suggestionsFor(actor, plan, now())).rows).toEqual([])
    expect(await refusalOf(takeSuggested(actor, plan, { customers: [a.number], day: null }, now()))).toEqual([
      'VIS-10 visitPlans:refused.nonePicked',
    ])
  })
})

describe('a plan begun with somebody', () => {
  const count = (person: Person) => db.visitPlan.count({ where: { ownerId: person.id } })

  it('VIS-01, VIS-10: begins the plan and puts the customer in, both or neither; each is in the trail', async () => {
    const person = await make.staff([{ role: 'sales' }])
    const actor = await actorOf(person)
    const [own, foreign] = [await make.customer({ ownerId: person.id }, '蓬莱云台轴承厂'), await make.customer()]
    const month = next()
    const begin = (customer: string, day: string | null = null, of = month) =>
      beginWith(actor, { month: of, customer, day }, now())
    expect(await refusalOf(begin(foreign.number))).toEqual(['VIS-02 visits:refused.customerUnknown'])
    expect(await refusalOf(begin(own.number, someDay(monthAfter(month, 1))))).toEqual([
      'VIS-02 visitPlans:refused.outsideMonth',
    ])
    expect(await refusalOf(begin(own.number, null, '2099-12'))).toEqual(['VIS-01 visitPlans:refused.monthFar'])
    expect(await count(person)).toBe(0)

    const { number, begun, line } = await begin(own.number)
    const plan = await planFor(actor, number)
    expect([begun, line.planId, line.customerId]).toEqual([true, plan.id, own.id])
    expect(line).toMatchObject({ state: 'draft', timed: false, purposes: ['relations'] })
    const trail = await db.auditEntry.findMany({ where: { subject: planSubject(plan) } })
    expect(trail.map(({ action }) => action)).toEqual(['visit_plan.begun'])

    expect(await refusalOf(begin(own.number))).toEqual(['VIS-10 visitPlans:refused.planned'])
    // By name, where only this one has it; another day of the same plan.
    const again = await begin('蓬莱云台轴承厂', someDay(month, 15))
    expect([again.begun, again.number, dateText(again.line.startsAt)]).toEqual([false, number, someDay(month, 15)])
    await submitPlan(actor, plan, { version: (await planNow(plan)).version, reason: '展会', note: null }, now())
    expect(await refusalOf(begin(own.number, someDay(month, 16)))).toEqual(['VIS-05 visitPlans:refused.closed'])
  })

  it('VIS-01: only who plans visits begins one', async () => {
    const actor = await actorOf(await make.staff([{ role: 'finance' }]))
    const customer = await make.customer()
    await expect(beginWith(actor, { month: next(), customer: customer.number, day: null }, now())).rejects.toThrow(
      Forbidden,
    )
  })

  it('VIS-02: a name that several have is asked again, with who they are', async () => {
    const { actor, plan, person } = await planning()
    for (const end of ['一厂', '二厂']) await make.customer({ ownerId: person.id }, `桃源水磨${end}`)
    const written2 = written({ customer: '桃源水磨', day: someDay(plan.monthText) })
    expect(await refusalOf(addLine(actor, plan, written2, now()))).toEqual(['VIS-02 visitPlans:refused.several'])
    const line = await addLine(actor, plan, { ...written2, customer: '桃源水磨二厂' }, now())
    expect(line.party).toBe('桃源水磨二厂')
  })
})

describe('a line open in two windows', () => {
  it('VIS-02: what both wrote is laid side by side, before, theirs and one’s own; what neither touched goes on', async () => {
    const { actor, plan, person } = await planning()
    const customer = await make.customer({ ownerId: person.id })
    const given = { customer: customer.number, day: someDay(plan.monthText), time: '09:30', agenda: '看样' }
    const line = await addLine(actor, plan, written(given), now())
    const save = (more: Record<string, string>, version: number) =>
      correctLine(actor, plan, line.number, { ...written({ ...given, ...more }), version }, now())
    await save({ agenda: '对账', kind1: 'gift', what1: '茶叶', price1: '86' }, line.version)
    const stale = await save({ agenda: '谈续约', bring: '样本' }, line.version).then(
      () => null,
      (error: unknown) => error as Stale,
    )
    expect(stale).toBeInstanceOf(Stale)
    const { before, theirs, typed, savedBy, labels } = stale!.conflict
    expect([before['agenda'], theirs['agenda'], typed!['agenda']]).toEqual(['看样', '对账', '谈续约'])
    expect([before['what1'], theirs['price1'], before['time'], theirs['time']]).toEqual(['', '86.00', '09:30', '09:30'])
    expect([savedBy, labels!['agenda']]).toEqual([actor.name, '要谈的事'])
    expect((await visitNow(line)).agenda).toBe('对账')

    // The same again, or an act that wrote nothing of it, is no conflict.
    await pool.query('update visit set version = version + 1 where id = $1', [line.id])
    const { version } = await visitNow(line)
    expect((await save({ agenda: '谈续约' }, version - 1)).agenda).toBe('谈续约')
  })

  it('VIS-05: what was typed while the plan was handed in stands there to be read', async () => {
    const { actor, plan, person } = await planning()
    const customer = await make.customer({ ownerId: person.id })
    const given = { customer: customer.number, day: someDay(plan.monthText) }
    const line = await addLine(actor, plan, written(given), now())
    await submitPlan(actor, plan, { version: (await planNow(plan)).version, reason: '展会', note: null }, now())
    const save = (more: Record<string, string>) =>
      correctLine(actor, plan, line.number, { ...written({ ...given, ...more }), version: line.version }, now())
    const stale = await save({ agenda: '谈续约' }).catch((error: unknown) => error as Stale)
    expect(stale).toMatchObject({ conflict: { over: { refusal: { reason: 'visitPlans:refused.closed' } } } })
    // Nothing was written: nothing would be lost.
    const as = { ...given, place: line.place ?? '', district: line.district ?? '', target: line.target }
    expect(await refusalOf(save(as))).toEqual(['VIS-05 visitPlans:refused.closed'])
  })
})

describe('handing in', () => {
  it('VIS-01, VIS-04: waits with its lines and asked costs, late or not, meets the clock, and may be taken back', async () => {
    const { actor, plan, person } = await planning()
    const customer = await make.customer({ ownerId: person.id })
    await startPlanClocks(now())
    await addLine(
      actor,
      plan,
      written({
        customer: customer.number,
        day: someDay(plan.monthText),
        kind1: 'entertainment',
        what1: '便饭',
        price1: '500',
      }),
      now(),
    )
    const { version } = await planNow(plan)
    expect(
      await refusalOf(submitPlan(actor, plan, { version: version - 1, reason: '展会', note: null }, now())),
    ).toEqual(['VIS-01 visits:refused.changedMeanwhile'])
    expect(await refusalOf(submitPlan(actor, plan, { version, reason: null, note: null }, now()))).toEqual([
      'VIS-01 visitPlans:refused.fewer',
    ])
    const { approval, late } = await submitPlan(actor, plan, { version, reason: '展会', note: null }, now())
    const request = await db.approvalRequest.findUniqueOrThrow({ where: { number: approval } })
    expect(request.amount?.toFixed(2)).toBe('500.00')
    const rests = await writer.$transaction((tx) =>
      handlers['visit.plan'].basis(tx, { subject: request.subject, customerId: null, payload: {} }),
    )
    expect(rests).toBe(request.basis)
    // AUD-01: one act, one line, with the request's number in it.
    const told = await db.auditEntry.findMany({
      where: { subject: planSubject(plan), action: { not: 'visit_plan.begun' } },
    })
    expect(told.map(({ action, after }) => [action, (after as { approval: string }).approval])).toEqual([
      ['visit_plan.submitted', approval],
    ])
    const waiting = await planNow(plan)
    expect(waiting).toMatchObject({ state: 'waiting', asked: 20, late, departmentId: actor.departmentId })
    const clock = await db.deadline.findFirstOrThrow({
      where: { kind: 'visit.plan', subject: clockSubject(person.id, plan.monthText) },
    })
    expect(clock.metAt).not.toBeNull()
    expect(
      await refusalOf(
        addLine(actor, plan, written({ customer: customer.number, day: someDay(plan.monthText, 11) }), now()),
      ),
    ).toEqual(['VIS-05 visitPlans:refused.closed'])

    await withdrawRequest(actor, request.id, { reason: null, version: request.version }, now())
    expect((await planNow(plan)).state).toBe('draft')
    expect((await db.visit.findFirstOrThrow({ where: { planId: plan.id } })).state).toBe('draft')
    const again = await submitPlan(
      actor,
      plan,
      { version: (await planNow(plan)).version, reason: '展会', note: null },
      now(),
    )
    expect((await planNow(plan)).submittedAt).toEqual(waiting.submittedAt)
    expect(again.approval).not.toBe(approval)
  })

  it('VIS-01: after the close of the last working day it is late, and stays so', async () => {
    const { actor, person } = await planning()
    const at = new Date(`2033-06-30T12:00:00+08:00`)
    const late = new Date(`2033-07-01T00:30:00+08:00`)
    for (const [moment, expected] of [
      [at, false],
      [late, true],
    ] as const) {
      const customer = await make.customer({ ownerId: person.id })
      const { number } = await beginPlan(actor, expected ? '2033-07' : '2033-08', moment)
      const plan = await planFor(actor, number)
      await addLine(
        actor,
        plan,
        written({ customer: customer.number, day: expected ? '2033-07-20' : '2033-08-20' }),
        moment,
      )
      const { version } = await planNow(plan)
      expect((await submitPlan(actor, plan, { version, reason: '展会', note: null }, moment)).late).toBe(expected)
    }
  })

  it('VIS-06, CAL-03: visits.most_unreported: with three reports overdue nothing is handed in', async () => {
    const { actor, plan, person } = await planning()
    const customer = await make.customer({ ownerId: person.id })
    await addLine(actor, plan, written({ customer: customer.number, day: someDay(plan.monthText) }), now())
    const old = new Date(now().getTime() - 20 * 86_400_000)
    for (let n = 0; n < 3; n++) {
      const { version } = await planNow(plan)
      const problem = await refusalOf(submitPlan(actor, plan, { version, reason: null, note: null }, now()))
      expect(problem).toEqual(['VIS-01 visitPlans:refused.fewer'])
      const visit = await aVisit({ by: person, state: 'approved', startsAt: new Date(old.getTime() + n * 36e5) })
      await writer.$transaction((tx) => startReports(tx, [visit], old))
    }
    const { version } = await planNow(plan)
    expect(await refusalOf(submitPlan(actor, plan, { version, reason: '展会', note: null }, now()))).toEqual([
      'VIS-06 visitPlans:refused.unreported',
    ])
    expect((await planNow(plan)).state).toBe('draft')
  })

  it('VIS-01: next month’s clock runs for every sales person once, and stops for who leaves the role', async () => {
    const person = await make.staff([{ role: 'sales' }])
    const subject = clockSubject(person.id, next())
    await startPlanClocks(now())
    await startPlanClocks(now())
    const clocks = await db.deadline.findMany({ where: { kind: 'visit.plan', subject } })
    expect(clocks).toHaveLength(1)
    expect(clocks[0]).toMatchObject({ ownerId: person.id, metAt: null, cancelledAt: null })
    await pool.query('delete from role_grant where staff_id = $1', [person.id])
    await startPlanClocks(now())
    expect((await db.deadline.findFirstOrThrow({ where: { subject } })).cancelledAt).not.toBeNull()
  })
})

describe('on the pages', () => {
  it('a plan is begun, filled, handed in, printed; the head sees who has one, colleagues do not', async () => {
    const { sales, dept_head } = await theCast()
    const person = await make.staff([{ role: 'sales', department: '城东营业部' }])
    const department = await db.department.findFirstOrThrow({ where: { name: '城东营业部' } })
    await pool.query('update staff set department_id = $2 where id = $1', [person.id, department.id])
    const customer = await make.customer({ ownerId: person.id }, '九色鹿灯具行')
    const browser = await signIn(person)
    const begun = await browser.submit('/visits/plans/new', { month: next() })
    expect(begun.$('h1').text()).toBe(`${next()} 拜访计划`)
    const at = begun.url
    expect(begun.$('.plan-figures').text()).toContain('要求 20 次，已排 0 次')
    const day = someDay(next())

    const wrong = await browser.submit(`${at}/visits/new`, { customer: customer.number, day, agenda: '看样' }, at)
    expect(wrong.status).toBe(422)
    expect(wrong.$('.errors').text()).toContain('还没有选目的')
    expect(wrong.$('[name=agenda]').text().trim()).toBe('看样')
    const added = await browser.submit(
      `${at}/visits/new`,
      { customer: customer.number, day, time: '10:00', purpose_volume: 'on' },
      at,
    )
    // The next line is for the same day and the same purpose, until something else is said.
    expect(added.url).toBe(`${at}?day=${day}&purposes=volume#add`)
    expect(added.$('[name=purpose_volume]').attr('checked')).toBe('checked')
    expect(added.$('.plan-lines').text()).toContain('九色鹿灯具行')
    expect(added.$('.plan-days a').text()).toContain('九色鹿灯具行')
    expect(added.$('[name=day]').val()).toBe(day)

    const few = await browser.submit(`${at}/submission`, {})
    expect([few.status, few.$('.errors [data-rule="VIS-01"]').length]).toEqual([422, 1])
    const filed = await browser.submit(`${at}/submission`, { reason: '参加展会' })
    expect(filed.$('.page-head .status-tag').text()).toBe('待审批')
    expect(filed.$('#add')).toHaveLength(0)
    const pdf = await browser.agent
      .get(`${at}/print`)
      .set('Host', browser.host)
      .buffer(true)
      .parse((res, done) => {
        const parts: Buffer[] = []
        res.on('data', (part: Buffer) => parts.push(part))
        res.on('end', () => done(null, Buffer.concat(parts)))
      })
    expect(pdfText(pdf.body as Buffer)).toContain('九色鹿灯具行')

    const head = await signIn(dept_head)
    const list = await head.visit(`/visits/plans?tab=scope&month=${next()}&state=waiting`)
    expect(list.$('#list').text()).toContain(person.name)
    expect((await head.visit(at)).$('.plan-lines').text()).toContain('九色鹿灯具行')
    const idle = await make.staff([{ role: 'sales', department: '城东营业部' }])
    await pool.query('update staff set department_id = $2 where id = $1', [idle.id, department.id])
    const missing = await head.visit(`/visits/plans?tab=scope&month=${next()}&state=missing`)
    expect(missing.$('#list').text()).toContain(idle.name)
    const colleague = await signIn(sales)
    expect((await colleague.visit(at)).status).toBe(404)
  }, 30_000)
})
