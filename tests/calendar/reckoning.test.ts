import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addMonths,
  addWorkingDays,
  addWorkingMinutes,
  closeOf,
  endOfDayAfter,
  isKnown,
  isOpen,
  isWorkingDay,
  nextOpening,
  subtractWorkingDays,
  subtractWorkingMinutes,
  workingMinutesBetween,
} from '../../src/calendar/reckoning.ts'
import { statutoryYears } from '../../src/calendar/statutory.ts'
import { dateTimeText } from '../../src/lib/dates.ts'
import { at, office } from './office.ts'
import { dayText, notices, oracleOf, worksOn } from './oracle.ts'

const plain = office()
const broken = office('08:30-12:00 13:00-17:30')
const text = dateTimeText

describe('CAL-01: working days', () => {
  it.each([
    // An ordinary week: whatever the hour, the event's day is not counted.
    { from: '2026-11-23 10:00', n: 1, due: '2026-11-24 17:30' },
    { from: '2026-11-23 00:00', n: 1, due: '2026-11-24 17:30' },
    { from: '2026-11-23 08:29', n: 1, due: '2026-11-24 17:30' },
    { from: '2026-11-23 17:30', n: 1, due: '2026-11-24 17:30' },
    { from: '2026-11-23 23:59', n: 1, due: '2026-11-24 17:30' },
    { from: '2026-11-20 16:00', n: 1, due: '2026-11-23 17:30' },
    { from: '2026-11-21 09:00', n: 1, due: '2026-11-23 17:30' },
    { from: '2026-11-20 16:00', n: 10, due: '2026-12-04 17:30' },
    // Spring Festival 2026: both Saturdays are worked, 02-15 to 02-23 are not.
    { from: '2026-02-13 10:00', n: 1, due: '2026-02-14 17:30' },
    { from: '2026-02-13 10:00', n: 2, due: '2026-02-24 17:30' },
    { from: '2026-02-14 23:59', n: 1, due: '2026-02-24 17:30' },
    { from: '2026-02-18 12:00', n: 1, due: '2026-02-24 17:30' },
    { from: '2026-02-27 10:00', n: 1, due: '2026-02-28 17:30' },
    { from: '2026-02-28 10:00', n: 1, due: '2026-03-02 17:30' },
    // National Day and Mid-Autumn 2025 in one; the Sunday before and the Saturday after are worked.
    { from: '2025-09-26 10:00', n: 1, due: '2025-09-28 17:30' },
    { from: '2025-09-30 17:29', n: 1, due: '2025-10-09 17:30' },
    { from: '2025-10-10 09:00', n: 1, due: '2025-10-11 17:30' },
    // Over the year's end.
    { from: '2025-12-31 16:00', n: 1, due: '2026-01-04 17:30' },
    { from: '2026-12-31 16:00', n: 1, due: '2027-01-01 17:30' },
  ])('$n from $from end at $due', ({ from, n, due }) => {
    expect(text(addWorkingDays(plain, at(from), n))).toBe(due)
  })

  it.each([
    { from: '2026-11-23 10:00', due: '2026-11-23 17:30' },
    { from: '2026-11-23 17:29', due: '2026-11-23 17:30' },
    { from: '2026-11-23 17:30', due: '2026-11-24 17:30' },
    { from: '2026-11-23 23:59', due: '2026-11-24 17:30' },
    { from: '2026-11-21 10:00', due: '2026-11-23 17:30' },
    { from: '2026-02-14 10:00', due: '2026-02-14 17:30' },
  ])('0 from $from are the day itself before its close, else the next: $due', ({ from, due }) => {
    expect(text(addWorkingDays(plain, at(from), 0))).toBe(due)
  })

  it('what the company sets counts more than what the state or the weekday says', () => {
    const days = new Map([
      ...plain.days,
      ['2026-11-24', { working: false, name: '厂庆' }],
      ['2026-11-28', { working: true, name: '盘点' }],
    ] as const)
    const company = office('08:30-17:30', { days })
    expect(text(addWorkingDays(company, at('2026-11-23 10:00'), 1))).toBe('2026-11-25 17:30')
    expect(text(addWorkingDays(company, at('2026-11-27 10:00'), 1))).toBe('2026-11-28 17:30')
  })

  it('a week of six days, and one that begins on Sunday', () => {
    const six = office('09:00-18:00', { weekdays: new Set([1, 2, 3, 4, 5, 6]), days: new Map() })
    expect(text(addWorkingDays(six, at('2026-11-20 10:00'), 2))).toBe('2026-11-23 18:00')
    const gulf = office('09:00-18:00', { weekdays: new Set([7, 1, 2, 3, 4]), days: new Map() })
    expect(text(addWorkingDays(gulf, at('2026-11-19 10:00'), 1))).toBe('2026-11-22 18:00')
  })

  it('an office open until midnight closes at 24:00', () => {
    const late = office('16:00-24:00')
    expect(text(addWorkingDays(late, at('2026-11-23 10:00'), 1))).toBe('2026-11-25 00:00')
    expect(text(addWorkingMinutes(late, at('2026-11-23 23:00'), 120))).toBe('2026-11-24 17:00')
  })

  it('the way back leads to the close from which so many days are left', () => {
    expect(text(subtractWorkingDays(plain, at('2026-02-24 17:30'), 1))).toBe('2026-02-14 17:30')
    expect(text(subtractWorkingDays(plain, at('2026-02-24 17:30'), 2))).toBe('2026-02-13 17:30')
    expect(text(subtractWorkingDays(plain, at('2026-02-20 10:00'), 0))).toBe('2026-02-14 17:30')
    expect(text(subtractWorkingDays(plain, at('2026-02-24 17:30'), 0))).toBe('2026-02-24 17:30')
    expect(text(subtractWorkingDays(plain, at('2026-02-24 17:29'), 0))).toBe('2026-02-14 17:30')
  })
})

describe('CAL-01: working hours', () => {
  it.each([
    { from: '2026-11-23 10:00', minutes: 60, due: '2026-11-23 11:00' },
    { from: '2026-11-23 07:00', minutes: 60, due: '2026-11-23 09:30' },
    { from: '2026-11-23 17:00', minutes: 30, due: '2026-11-23 17:30' },
    { from: '2026-11-23 17:00', minutes: 31, due: '2026-11-24 08:31' },
    { from: '2026-11-23 17:30', minutes: 1, due: '2026-11-24 08:31' },
    { from: '2026-11-20 17:00', minutes: 60, due: '2026-11-23 09:00' },
    { from: '2026-02-13 17:00', minutes: 60, due: '2026-02-14 09:00' },
    { from: '2026-02-14 17:00', minutes: 60, due: '2026-02-24 09:00' },
    { from: '2026-11-23 08:30', minutes: 540, due: '2026-11-23 17:30' },
    { from: '2026-11-23 08:30', minutes: 0, due: '2026-11-23 08:30' },
  ])('$minutes minutes from $from end at $due', ({ from, minutes, due }) => {
    expect(text(addWorkingMinutes(plain, at(from), minutes))).toBe(due)
  })

  it.each([
    { from: '2026-11-23 11:30', minutes: 30, due: '2026-11-23 12:00' },
    { from: '2026-11-23 11:30', minutes: 31, due: '2026-11-23 13:01' },
    { from: '2026-11-23 12:20', minutes: 10, due: '2026-11-23 13:10' },
    { from: '2026-11-23 08:00', minutes: 480, due: '2026-11-23 17:30' },
  ])('lunch is not counted: $minutes from $from end at $due', ({ from, minutes, due }) => {
    expect(text(addWorkingMinutes(broken, at(from), minutes))).toBe(due)
  })

  it('back over lunch, night and holiday', () => {
    expect(text(subtractWorkingMinutes(broken, at('2026-11-23 13:10'), 20))).toBe('2026-11-23 11:50')
    expect(text(subtractWorkingMinutes(broken, at('2026-11-23 13:10'), 10))).toBe('2026-11-23 13:00')
    expect(text(subtractWorkingMinutes(plain, at('2026-02-24 08:40'), 20))).toBe('2026-02-14 17:20')
  })

  it('open in the first minute, closed in the last', () => {
    expect([at('2026-11-23 08:29'), at('2026-11-23 08:30')].map((one) => isOpen(plain, one))).toEqual([false, true])
    expect([at('2026-11-23 17:29'), at('2026-11-23 17:30')].map((one) => isOpen(plain, one))).toEqual([true, false])
    expect(isOpen(broken, at('2026-11-23 12:00'))).toBe(false)
    expect(text(nextOpening(broken, at('2026-11-23 12:00')))).toBe('2026-11-23 13:00')
    expect(text(nextOpening(plain, at('2026-02-14 17:30')))).toBe('2026-02-24 08:30')
  })
})

describe('CAL-01: days, months, years', () => {
  it('days without “working” end at 24:00 of the n-th day after the event’s day', () => {
    expect(text(endOfDayAfter(at('2026-02-13 00:00'), 3))).toBe('2026-02-17 00:00')
    expect(text(endOfDayAfter(at('2026-02-13 23:59'), 3))).toBe('2026-02-17 00:00')
    expect(text(endOfDayAfter(at('2026-12-31 10:00'), 0))).toBe('2027-01-01 00:00')
  })

  it('months end at 24:00 of the same day, or of the month’s last', () => {
    expect(text(addMonths(at('2026-11-22 10:00'), 12))).toBe('2027-11-23 00:00')
    expect(text(addMonths(at('2026-01-31 10:00'), 1))).toBe('2026-03-01 00:00')
    expect(text(addMonths(at('2028-01-31 10:00'), 1))).toBe('2028-03-01 00:00')
  })

  it('a year whose arrangement is not entered is a forecast', () => {
    expect(isKnown(plain, at('2025-12-31 10:00'), at('2026-01-05 10:00'))).toBe(true)
    expect(isKnown(plain, at('2026-12-31 10:00'), at('2027-01-01 00:00'))).toBe(true)
    expect(isKnown(plain, at('2026-12-31 10:00'), at('2027-01-01 17:30'))).toBe(false)
  })

  it('lengths below zero, and a calendar that never opens, are refused rather than reckoned', () => {
    const from = at('2026-11-23 10:00')
    expect(() => addWorkingDays(plain, from, -1)).toThrow(RangeError)
    expect(() => addWorkingMinutes(plain, from, Number.NaN)).toThrow(RangeError)
    const never = office('08:30-17:30', { weekdays: new Set(), days: new Map() })
    expect(() => addWorkingDays(never, from, 1)).toThrow(RangeError)
    expect(() => addWorkingMinutes(never, from, 1)).toThrow(RangeError)
    expect(() => subtractWorkingMinutes(never, from, 1)).toThrow(RangeError)
    expect(() => nextOpening(never, from)).toThrow(RangeError)
    expect(workingMinutesBetween(never, from, at('2026-12-23 10:00'))).toBe(0)
  })
})

describe('CAL-01: against the State Council’s notices, minute by minute (G-17)', () => {
  const offices = [
    { calendar: plain, oracle: oracleOf(plain.ranges) },
    { calendar: broken, oracle: oracleOf(broken.ranges) },
  ]
  const moment = fc
    .integer({ min: 0, max: 729 * 1440 })
    .map((minutes) => new Date(at('2025-01-01 00:00').getTime() + minutes * 60_000))
  const minutes = fc.integer({ min: 1, max: 9000 })
  const which = fc.constantFrom(...offices)

  it('the library’s days of 2025 and 2026 are those of the notices', () => {
    const listed = [2025, 2026].flatMap((year) => statutoryYears().get(year)!)
    const off = listed.filter(({ working }) => !working).map(({ day }) => day)
    const typed = notices.off.flatMap(([from, until]) => {
      const span = []
      for (let ms = Date.parse(`${from}T00:00:00+08:00`); dayText(ms) <= until; ms += 86_400_000) span.push(dayText(ms))
      return span
    })
    expect(off).toEqual(typed)
    expect(listed.filter(({ working }) => working).map(({ day }) => day)).toEqual(notices.on)
  })

  it('every day of both years', () => {
    for (let ms = at('2025-01-01 00:00').getTime(); dayText(ms) <= '2026-12-31'; ms += 86_400_000)
      expect([dayText(ms), isWorkingDay(plain, dayText(ms))]).toEqual([dayText(ms), worksOn(dayText(ms))])
  })

  const oddDays = [
    '2025-01-26',
    '2025-09-28',
    '2025-10-08',
    '2025-12-31',
    '2026-01-04',
    '2026-02-13',
    '2026-02-14',
    '2026-02-23',
    '2026-02-28',
    '2026-11-22',
  ]
  it.each(oddDays)('every minute of %s', (day) => {
    const far = new Date(+at(`${day} 11:11`) + 30 * 86_400_000)
    const wrong: string[] = []
    for (const { calendar, oracle } of offices) {
      const sure = oracle.between(at(`${day} 00:00`), far)
      let before = 0
      for (let minute = 0; minute < 1440; minute++) {
        const from = new Date(at(`${day} 00:00`).getTime() + minute * 60_000)
        const pairs = [
          [isOpen(calendar, from), oracle.isOpen(from)],
          [+nextOpening(calendar, from), +oracle.nextOpening(from)],
          [+addWorkingDays(calendar, from, minute % 4), +oracle.addDays(from, minute % 4)],
          [+addWorkingMinutes(calendar, from, 1 + minute), +oracle.add(from, 1 + minute)],
          [+subtractWorkingMinutes(calendar, from, 1 + minute), +oracle.subtract(from, 1 + minute)],
          [workingMinutesBetween(calendar, from, far), sure - before],
        ]
        if (pairs.some(([mine, theirs]) => mine !== theirs)) wrong.push(`${text(from)} ${JSON.stringify(pairs)}`)
        if (oracle.isOpen(from)) before++
      }
    }
    expect(wrong).toEqual([])
  })

  it('any minute of both years, any length', () => {
    fc.assert(
      fc.property(which, moment, minutes, fc.nat(30), ({ calendar, oracle }, from, length, days) => {
        expect(addWorkingMinutes(calendar, from, length)).toEqual(oracle.add(from, length))
        expect(subtractWorkingMinutes(calendar, from, length)).toEqual(oracle.subtract(from, length))
        expect(addWorkingDays(calendar, from, days)).toEqual(oracle.addDays(from, days))
      }),
      { numRuns: 2000 },
    )
  })

  it('there and back: so much office time lies between, and back again it ends where the office was open', () => {
    fc.assert(
      fc.property(which, moment, minutes, ({ calendar }, from, length) => {
        const due = addWorkingMinutes(calendar, from, length)
        expect(workingMinutesBetween(calendar, from, due)).toBe(length)
        const back = subtractWorkingMinutes(calendar, due, length)
        expect(workingMinutesBetween(calendar, back, due)).toBe(length)
        expect(workingMinutesBetween(calendar, from, back)).toBe(0)
        if (isOpen(calendar, from)) expect(back).toEqual(from)
      }),
      { numRuns: 1000 },
    )
  })

  it('later events are never due sooner, longer ones never earlier', () => {
    fc.assert(
      fc.property(which, moment, moment, fc.nat(30), minutes, minutes, ({ calendar }, a, b, n, one, two) => {
        const [early, late] = a <= b ? [a, b] : [b, a]
        const [short, long] = one <= two ? [one, two] : [two, one]
        expect(+addWorkingDays(calendar, early, n)).toBeLessThanOrEqual(+addWorkingDays(calendar, late, n))
        expect(+addWorkingMinutes(calendar, early, one)).toBeLessThanOrEqual(+addWorkingMinutes(calendar, late, one))
        expect(+addWorkingMinutes(calendar, early, short)).toBeLessThanOrEqual(
          +addWorkingMinutes(calendar, early, long),
        )
        expect(+addWorkingDays(calendar, early, n)).toBeLessThan(+addWorkingDays(calendar, early, n + 2))
      }),
      { numRuns: 1000 },
    )
  })

  it('nothing ends while the office is closed: working days at a close, working minutes open or at a close', () => {
    fc.assert(
      fc.property(which, moment, fc.nat(30), minutes, ({ calendar }, from, n, length) => {
        const day = addWorkingDays(calendar, from, n)
        expect(isWorkingDay(calendar, dayText(+day))).toBe(true)
        expect(day).toEqual(closeOf(calendar, dayText(+day)))
        const justBefore = new Date(+addWorkingMinutes(calendar, from, length) - 1)
        expect(isOpen(calendar, justBefore)).toBe(true)
        expect(day > from).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })

  it('a pause in the middle costs exactly the office time that went by: parts add up to the whole', () => {
    fc.assert(
      fc.property(which, moment, moment, moment, ({ calendar }, a, b, c) => {
        const [one, two, three] = [a, b, c].toSorted((x, y) => +x - +y) as [Date, Date, Date]
        const parts = workingMinutesBetween(calendar, one, two) + workingMinutesBetween(calendar, two, three)
        expect(parts).toBe(workingMinutesBetween(calendar, one, three))
        expect(workingMinutesBetween(calendar, two, one)).toBe(0)
      }),
      { numRuns: 300 },
    )
  })

  it('a length in two parts ends where it ends in one', () => {
    fc.assert(
      fc.property(which, moment, minutes, minutes, ({ calendar }, from, one, two) => {
        const inParts = addWorkingMinutes(calendar, addWorkingMinutes(calendar, from, one), two)
        expect(inParts).toEqual(addWorkingMinutes(calendar, from, one + two))
      }),
      { numRuns: 1000 },
    )
  })

  it('parts of a minute are kept', () => {
    const from = new Date(+at('2026-11-20 17:29') + 30_500)
    const due = addWorkingMinutes(plain, from, 1)
    expect(+due).toBe(+at('2026-11-23 08:30') + 30_500)
    expect(workingMinutesBetween(plain, from, due)).toBe(1)
  })
})

describe('CAL-03: at the number itself', () => {
  it('within n working days takes the close of the n-th in, and not a moment more', () => {
    const due = addWorkingDays(plain, at('2026-11-23 10:00'), 1)
    expect(due).toEqual(at('2026-11-24 17:30'))
    expect(workingMinutesBetween(plain, at('2026-11-23 17:30'), due)).toBe(540)
    expect(isOpen(plain, new Date(+due - 1))).toBe(true)
    expect(isOpen(plain, due)).toBe(false)
  })
})
