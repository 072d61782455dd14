import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { VisitRhythm } from '../../prisma/client/enums.ts'
import { isWorkingDay, type Calendar } from '../../src/calendar/reckoning.ts'
import { numberOf, textOf, weekdayOf } from '../../src/calendar/week.ts'
import { calendarAt } from '../../src/calendar/queries.ts'
import { db, pool } from '../../src/db.ts'
import { now } from '../../src/lib/clock.ts'
import { dateText, dateTimeText } from '../../src/lib/dates.ts'
import { NotFound } from '../../src/lib/refused.ts'
import { daysOfMonth, monthAfter, monthOf } from '../../src/lib/months.ts'
import { removeLine } from '../../src/visits/plans/lines.ts'
import { takeUpTemplates } from '../../src/visits/plans/taking-up.ts'
import { addTemplate, correctTemplate, endTemplate } from '../../src/visits/templates/commands.ts'
import { templateForm, type TemplateInput } from '../../src/visits/templates/forms.ts'
import { templateFor, templatesOf } from '../../src/visits/templates/queries.ts'
import { missing, occurrencesIn, type Recurring } from '../../src/visits/templates/rules.ts'
import { signIn } from '../support/browser.ts'
import { actorOf, make, refusalOf, theCast } from '../support/make.ts'
import { aPlan, visitNow } from '../support/visits.ts'

const calendarWith = (off: readonly string[] = []): Calendar => ({
  weekdays: new Set([1, 2, 3, 4, 5]),
  ranges: [{ from: 510, until: 1050 }],
  days: new Map(off.map((day) => [day, { working: false, name: '' }])),
  years: new Set(),
})
const recurring = (more: Partial<Recurring>): Recurring => ({
  rhythm: 'weekly',
  weekday: 5,
  week: null,
  fromOn: '2026-01-01',
  ...more,
})
const days = (more: Partial<Recurring>, month: string, off: readonly string[] = []) =>
  occurrencesIn(recurring(more), month, calendarWith(off)).map(({ on, moved }) => (moved ? `${on}*` : on).slice(5))

describe('when a visit comes back', () => {
  it.each([
    ['every week', {}, '2026-12', ['12-04', '12-11', '12-18', '12-25']],
    ['not before it begins', { fromOn: '2026-12-12' }, '2026-12', ['12-18', '12-25']],
    [
      'every two weeks from the first such day',
      { rhythm: 'fortnightly', fromOn: '2026-11-30' },
      '2026-12',
      ['12-04', '12-18'],
    ],
    [
      'and goes on over the month',
      { rhythm: 'fortnightly', fromOn: '2026-11-30' },
      '2027-01',
      ['01-01', '01-15', '01-29'],
    ],
    ['monthly, the second', { rhythm: 'monthly', week: 2 }, '2026-12', ['12-11']],
    ['monthly, the last', { rhythm: 'monthly', week: 5, weekday: 4 }, '2026-12', ['12-31']],
    ['quarterly, in its months', { rhythm: 'quarterly', week: 1, fromOn: '2026-09-01' }, '2026-12', ['12-04']],
    ['and not in others', { rhythm: 'quarterly', week: 1, fromOn: '2026-09-01' }, '2027-01', []],
  ])('%s', (_name, more, month, found) => expect(days(more as never, month)).toEqual(found))

  it('VIS-01: a day off gives way to the next working day, at the month’s end to the one before', () => {
    expect(days({}, '2026-12', ['2026-12-04'])).toEqual(['12-07*', '12-11', '12-18', '12-25'])
    expect(days({ rhythm: 'monthly', week: 5, weekday: 4 }, '2026-12', ['2026-12-31'])).toEqual(['12-30*'])
  })

  const anyRecurring = fc.record({
    rhythm: fc.constantFrom(...Object.values(VisitRhythm)),
    weekday: fc.integer({ min: 1, max: 7 }),
    week: fc.integer({ min: 1, max: 5 }),
    fromOn: fc.integer({ min: 20_000, max: 21_000 }).map(textOf),
  })
  const month = fc.integer({ min: 0, max: 60 }).map((n) => monthAfter('2025-01', n))

  it('falls on a working day of the month, of its weekday unless it was moved, so often as the rhythm says', () => {
    fc.assert(
      fc.property(
        anyRecurring,
        month,
        fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { maxLength: 12 }),
        (one, of, off) => {
          const calendar = calendarWith(off.map((n) => daysOfMonth(of)[n] ?? '2000-01-01'))
          const found = occurrencesIn(one, of, calendar)
          const most = { weekly: 5, fortnightly: 3, monthly: 1, quarterly: 1 }[one.rhythm]
          expect(found.length).toBeLessThanOrEqual(most)
          for (const { day, on, moved } of found) {
            expect(on.slice(0, 7)).toBe(of)
            expect(isWorkingDay(calendar, on)).toBe(true)
            expect(weekdayOf(day)).toBe(one.weekday)
            expect(day >= one.fromOn).toBe(true)
            expect(moved).toBe(day !== on)
          }
        },
      ),
    )
  })

  it('every two weeks keeps its distance over the months', () => {
    fc.assert(
      fc.property(anyRecurring, (one) => {
        const from = one.fromOn.slice(0, 7)
        const found = [0, 1, 2, 3].flatMap((n) =>
          occurrencesIn({ ...one, rhythm: 'fortnightly' }, monthAfter(from, n), calendarWith()),
        )
        const gaps = found.slice(1).map(({ day }, at) => numberOf(day) - numberOf(found[at]!.day))
        expect(new Set(gaps)).toEqual(new Set([14]))
      }),
    )
  })

  it('what the plan holds already is not missing, moved or taken out by hand or not', () => {
    const all = occurrencesIn(recurring({}), '2026-12', calendarWith())
    const held = (templateId: bigint, day: string) => ({ templateId, day })
    expect(missing(1n, all, [])).toHaveLength(4)
    expect(missing(1n, all, [held(2n, '2026-12-04')])).toHaveLength(4)
    expect(missing(1n, all, [held(1n, '2026-12-04')]).map(({ on }) => on)).toEqual([
      '2026-12-11',
      '2026-12-18',
      '2026-12-25',
    ])
    expect(missing(1n, all, [held(1n, '2026-12-07'), ...all.slice(1).map(({ on }) => held(1n, on))])).toEqual([])
  })
})

const next = () => monthAfter(monthOf(now()), 1)
const written = (more: Record<string, string>): TemplateInput =>
  templateForm.parse({
    rhythm: 'weekly',
    weekday: '3',
    time: '10:00',
    minutes: '45',
    purpose_relations: 'on',
    fromOn: dateText(now()),
    ...more,
  })

describe('taking up', () => {
  it('VIS-02: fills the month once, on working days; pressed again, or after one was taken out, it adds nothing', async () => {
    await theCast()
    const person = await make.staff([{ role: 'sales', department: '城东营业部' }])
    const actor = await actorOf(person)
    const [own, foreign] = [await make.customer({ ownerId: person.id }), await make.customer()]
    expect(await refusalOf(addTemplate(actor, written({ customer: foreign.number }), now()))).toEqual([
      'VIS-02 visits:refused.customerUnknown',
    ])
    expect(
      await refusalOf(addTemplate(actor, written({ customer: own.number, purpose_relations: '' }), now())),
    ).toEqual(['VIS-02 visitPlans:refused.noPurpose'])
    await addTemplate(actor, written({ customer: own.number, bring: '价目表' }), now())
    const plan = await aPlan({ by: person, month: next() })
    const expected = occurrencesIn(
      { rhythm: 'weekly', weekday: 3, week: null, fromOn: dateText(now()) },
      next(),
      await calendarAt(now()),
    )
    expect((await takeUpTemplates(actor, plan, now())).added).toBe(expected.length)
    const lines = await db.visit.findMany({ where: { planId: plan.id }, orderBy: { startsAt: 'asc' } })
    expect(lines.map(({ startsAt }) => dateTimeText(startsAt))).toEqual(expected.map(({ on }) => `${on} 10:00`))
    expect(lines[0]).toMatchObject({ customerId: own.id, minutes: 45, bring: '价目表' })
    expect(await refusalOf(takeUpTemplates(actor, plan, now()))).toEqual(['VIS-01 visitPlans:refused.nothingRecurs'])
    await removeLine(actor, plan, lines[0]!.number, (await visitNow(lines[0]!)).version)
    expect(await refusalOf(takeUpTemplates(actor, plan, now()))).toEqual(['VIS-01 visitPlans:refused.nothingRecurs'])
  })

  it('a template is changed by its owner on what was seen, and ended; what ended comes back no more', async () => {
    const { sales } = await theCast()
    const person = await make.staff([{ role: 'sales', department: '城东营业部' }])
    const actor = await actorOf(person)
    const own = await make.customer({ ownerId: person.id }, '山海经纬测绘')
    const browser = await signIn(person)
    const added = await browser.submit('/visits/templates/new', {
      customer: own.number,
      rhythm: 'monthly',
      week: '2',
      weekday: '4',
      purpose_relations: 'on',
    })
    expect(added.$('tbody').text()).toContain('每月第二个周四 10:00')
    const [template] = await templatesOf(actor)
    const wrong = await browser.submit(`/visits/templates/${template!.id}`, { time: '25:00', agenda: '续约' })
    expect([wrong.status, wrong.$('[name=agenda]').text().trim()]).toEqual([422, '续约'])
    const input = { ...written({ customer: own.number }), version: template!.version }
    await correctTemplate(actor, template!, input)
    expect(await refusalOf(correctTemplate(actor, template!, input))).toEqual([
      'VIS-02 visits:refused.changedMeanwhile',
    ])
    await expect(templateFor(await actorOf(sales), String(template!.id))).rejects.toBeInstanceOf(NotFound)
    await endTemplate(actor, template!, template!.version + 1, now())
    const plan = await aPlan({ by: person, month: next() })
    expect(await refusalOf(takeUpTemplates(actor, plan, now()))).toEqual(['VIS-01 visitPlans:refused.nothingRecurs'])
    const { rows } = await pool.query<{ action: string }>(
      'select action from audit_entry where subject = $1 order by id',
      [`customer:${own.id}`],
    )
    expect(rows.map(({ action }) => action)).toEqual([
      'visit_template.added',
      'visit_template.corrected',
      'visit_template.ended',
    ])
  }, 20_000)
})
