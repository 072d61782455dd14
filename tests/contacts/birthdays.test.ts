import fc from 'fast-check'
import { LunarMonth, LunarYear, SolarDay } from 'tyme4ts'
import { describe, expect, it } from 'vitest'
import {
  birthdayProblems,
  birthdayText,
  lunarDayName,
  nextBirthday,
  readBirthday,
  type Birthday,
} from '../../src/contacts/rules.ts'

const today = '2026-11-24'
const solar = (month: number, day: number, year: number | null = null): Birthday => ({
  calendar: 'solar',
  year,
  month,
  day,
  leap: false,
})
const lunar = (month: number, day: number, { year = null as number | null, leap = false } = {}): Birthday => ({
  calendar: 'lunar',
  year,
  month,
  day,
  leap,
})

describe('CARE-01: reading a birthday', () => {
  it.each<[string, Birthday]>([
    ['1988-03-05', solar(3, 5, 1988)],
    ['1988/3/5', solar(3, 5, 1988)],
    ['19880305', solar(3, 5, 1988)],
    ['1988年3月5日', solar(3, 5, 1988)],
    ['１９８８年３月５日', solar(3, 5, 1988)],
    [' 3 - 5 ', solar(3, 5)],
    ['3月5号', solar(3, 5)],
    ['三月五日', solar(3, 5)],
    ['闰2-3', lunar(2, 3, { leap: true })],
    ['leap 2-3', lunar(2, 3, { leap: true })],
    ['1987-闰6-15', lunar(6, 15, { year: 1987, leap: true })],
    ['一九八七年闰六月十五', lunar(6, 15, { year: 1987, leap: true })],
    ['农历八月十五', lunar(8, 15)],
    ['阴历 8-15', lunar(8, 15)],
    ['正月初一', lunar(1, 1)],
    ['冬月初十', lunar(11, 10)],
    ['腊月廿三', lunar(12, 23)],
    ['十二月三十', solar(12, 30)],
    ['lunar 12-30', lunar(12, 30)],
    ['公历3-5', solar(3, 5)],
  ])('%s', (text, birthday) => expect(readBirthday(text, null)).toEqual(birthday))

  it.each(['', '明天', '88-3-5', '3-5-1988', '三月', '1988', '2026-11-24 14:05', '初八'])('not %s', (text) =>
    expect(readBirthday(text, 'lunar')).toBeNull(),
  )

  it('takes the chosen calendar, unless the words belong to one', () => {
    expect(readBirthday('8-15', 'lunar')).toEqual(lunar(8, 15))
    expect(readBirthday('八月十五', 'lunar')).toEqual(lunar(8, 15))
    expect(readBirthday('腊月廿三', 'solar')).toEqual(lunar(12, 23))
    expect(readBirthday('公历8-15', 'lunar')).toEqual(solar(8, 15))
  })

  it('reads back what it writes', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('solar' as const, 'lunar' as const),
        fc.option(fc.integer({ min: 1850, max: 2099 })),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 30 }),
        fc.boolean(),
        (calendar, year, month, day, leap) => {
          const birthday = { calendar, year, month, day, leap: leap && calendar === 'lunar' }
          expect(readBirthday(birthdayText(birthday), calendar)).toEqual(birthday)
          if (calendar === 'lunar')
            expect(readBirthday(lunarDayName(birthday), 'lunar')).toEqual({ ...birthday, year: null })
        },
      ),
    )
  })
})

describe('CARE-01: a birthday is a day that there is', () => {
  const reasons = (birthday: Birthday) => birthdayProblems(birthday, today).map(({ reason }) => reason)

  it.each<[string, Birthday]>([
    ['29 February without a year', solar(2, 29)],
    ['29 February 2000', solar(2, 29, 2000)],
    ['today', solar(11, 24, 2026)],
    ['the leap sixth month of 1987', lunar(6, 15, { year: 1987, leap: true })],
    ['a leap month without a year', lunar(6, 15, { leap: true })],
    ['the thirtieth of a lunar month', lunar(12, 30)],
  ])('%s is', (_what, birthday) => expect(reasons(birthday)).toEqual([]))

  it.each<[string, Birthday, string]>([
    ['29 February 1999', solar(2, 29, 1999), 'birthDate'],
    ['31 April', solar(4, 31), 'birthDate'],
    ['a thirteenth month', solar(13, 1), 'birthDate'],
    ['a 31st of a lunar month', lunar(1, 31), 'birthDate'],
    ['a thirtieth of a month with 29 days', lunar(12, 30, { year: 2025 }), 'birthDate'],
    ['a leap month that the year has not', lunar(6, 15, { year: 1988, leap: true }), 'birthLeap'],
    ['tomorrow', solar(11, 25, 2026), 'birthFuture'],
    ['a lunar day to come', lunar(12, 1, { year: 2026 }), 'birthFuture'],
    ['another century', solar(1, 1, 1849), 'birthYear'],
    ['next year', solar(1, 1, 2027), 'birthYear'],
  ])('%s is not', (_what, birthday, reason) => expect(reasons(birthday)).toEqual([`contacts:refused.${reason}`]))
})

describe('CARE-01: when the birthday is next kept', () => {
  it.each<[string, Birthday, string, string]>([
    ['today counts', solar(11, 24), today, '2026-11-24'],
    ['yesterday is next year', solar(11, 23), today, '2027-11-23'],
    ['29 February in a plain year', solar(2, 29), '2027-02-01', '2027-02-28'],
    ['29 February in a leap year', solar(2, 29), '2028-02-01', '2028-02-29'],
    ['the mid-autumn day of 2026', lunar(8, 15), '2026-09-01', '2026-09-25'],
    ['the mid-autumn day of 2027', lunar(8, 15), '2026-09-26', '2027-09-15'],
    ['new year’s eve, where the month has 29 days', lunar(12, 30), '2026-02-01', '2026-02-16'],
    ['a lunar December in the common January', lunar(12, 8), '2026-01-01', '2026-01-26'],
    ['a leap month in its year (2025 has a leap sixth)', lunar(6, 15, { leap: true }), '2025-07-01', '2025-08-08'],
    ['a leap month in a year without', lunar(6, 15, { leap: true }), '2026-07-01', '2026-07-28'],
  ])('%s', (_what, birthday, from, expected) => expect(nextBirthday(birthday, from)).toBe(expected))

  const days = fc
    .date({ min: new Date('1901-01-01T00:00:00Z'), max: new Date('2099-12-31T00:00:00Z'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10))
  const within = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 86_400_000

  it('lies ahead, within a year, on the same day or the last of the month', () => {
    const birthdays = fc.record({
      calendar: fc.constantFrom('solar' as const, 'lunar' as const),
      year: fc.constant(null),
      month: fc.integer({ min: 1, max: 12 }),
      day: fc.integer({ min: 1, max: 30 }),
      leap: fc.boolean(),
    })
    fc.assert(
      fc.property(birthdays, days, (one, from) => {
        const birthday = { ...one, leap: one.leap && one.calendar === 'lunar' }
        if (birthdayProblems(birthday, from).length > 0) return
        const next = nextBirthday(birthday, from)
        expect(within(from, next)).toBeGreaterThanOrEqual(0)
        // A lunar year with a leap month has up to 385 days; one that moves between leap and plain month a month more.
        expect(within(from, next)).toBeLessThan(birthday.calendar === 'solar' ? 367 : birthday.leap ? 416 : 386)
        const [year = 0, month = 0, day = 0] = next.split('-').map(Number)
        if (birthday.calendar === 'solar') {
          expect(month).toBe(birthday.month)
          expect(day === birthday.day || (month === 2 && day >= 28)).toBe(true)
          return
        }
        const found = SolarDay.fromYmd(year, month, day).getLunarDay().getLunarMonth()
        expect(found.getMonth()).toBe(birthday.month)
        expect(found.isLeap()).toBe(
          birthday.leap && LunarYear.fromYear(found.getYear()).getLeapMonth() === birthday.month,
        )
        const length = LunarMonth.fromYm(found.getYear(), found.getMonthWithLeap()).getDayCount()
        expect(SolarDay.fromYmd(year, month, day).getLunarDay().getDay()).toBe(Math.min(birthday.day, length))
      }),
      { numRuns: 2000 },
    )
  })

  it('never passes over one: from the day after, it is the next year’s', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 29 }), days, (month, day, from) => {
        const birthday = lunar(month, day)
        const next = nextBirthday(birthday, from)
        const after = new Date(Date.parse(next) + 86_400_000).toISOString().slice(0, 10)
        expect(within(next, nextBirthday(birthday, after))).toBeGreaterThan(352)
      }),
    )
  })
})
