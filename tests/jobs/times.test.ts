import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Calendar } from '../../src/calendar/reckoning.ts'
import { jobNames, planOf } from '../../src/jobs/schedule.ts'
import { isDue, nextRun } from '../../src/jobs/times.ts'
import { dateTimeText } from '../../src/lib/dates.ts'

/** Monday to Friday; 1 January 2027 off, Saturday 2 January made up for. */
const calendar: Calendar = {
  weekdays: new Set([1, 2, 3, 4, 5]),
  ranges: [{ from: 510, until: 1050 }],
  days: new Map([
    ['2027-01-01', { working: false, name: '元旦' }],
    ['2027-01-02', { working: true, name: '补班' }],
  ]),
  years: new Set([2026, 2027]),
}
const at = (wall: string) => new Date(`${wall.replace(' ', 'T')}:00+08:00`)
const next = (...asked: Parameters<typeof nextRun>) => {
  const found = nextRun(...asked)
  return found && dateTimeText(found)
}
const digests = { at: ['09:00', '14:00'], onWorkingDays: true } as const

describe('when a job runs next, by the company’s wall clock', () => {
  it.each`
    schedule             | now                   | then
    ${{ every: 1 }}      | ${'2026-11-22 23:59'} | ${'2026-11-23 00:00'}
    ${{ every: 10 }}     | ${'2026-11-23 00:30'} | ${'2026-11-23 00:40'}
    ${{ every: 10 }}     | ${'2026-11-23 00:55'} | ${'2026-11-23 01:00'}
    ${{ at: ['00:30'] }} | ${'2026-11-23 00:29'} | ${'2026-11-23 00:30'}
    ${{ at: ['00:30'] }} | ${'2026-11-23 00:30'} | ${'2026-11-24 00:30'}
    ${{ at: ['23:30'] }} | ${'2026-11-23 00:30'} | ${'2026-11-23 23:30'}
    ${digests}           | ${'2026-11-23 00:30'} | ${'2026-11-23 09:00'}
    ${digests}           | ${'2026-11-23 09:00'} | ${'2026-11-23 14:00'}
    ${digests}           | ${'2026-11-27 14:00'} | ${'2026-11-30 09:00'}
    ${digests}           | ${'2026-12-31 20:00'} | ${'2027-01-02 09:00'}
    ${{ at: ['09:00'] }} | ${'2026-12-31 20:00'} | ${'2027-01-01 09:00'}
  `('$schedule after $now: $then', ({ schedule, now, then }) => {
    expect(next(schedule, at(now), calendar)).toBe(then)
  })

  it('says so when no day is a working day', () => {
    expect(next(digests, at('2026-11-23 00:30'), { ...calendar, weekdays: new Set(), days: new Map() })).toBeNull()
  })

  it('the next run is later, is due, and no earlier minute is', () => {
    const schedules = [{ every: 1 }, { every: 10 }, { every: 30 }, { at: ['00:30', '09:00', '23:59'] }]
    const minutes = fc.integer({ min: 29_000_000, max: 31_000_000 })
    fc.assert(
      fc.property(fc.constantFrom(...schedules), minutes, (schedule, minute) => {
        const now = new Date(minute * 60_000)
        const found = nextRun(schedule, now, calendar)!
        expect(isDue(schedule, found)).toBe(true)
        let [between, due] = [now.getTime() + 60_000, 0]
        for (; between < found.getTime(); between += 60_000) due += Number(isDue(schedule, new Date(between)))
        expect(due).toBe(0)
      }),
      { numRuns: 50 },
    )
  })
})

it('00:30 in Beijing is 16:30 of the day before in UTC', () => {
  expect(isDue({ at: ['00:30'] }, new Date('2026-11-22T16:30:00Z'))).toBe(true)
  expect(isDue({ at: ['00:30'] }, new Date('2026-11-22T00:30:00Z'))).toBe(false)
})

it('every schedule divides the hour, or names times of the day', () => {
  for (const job of jobNames) {
    const { schedule, attempts } = planOf(job)
    expect(attempts).toBeGreaterThan(1)
    if (!schedule) continue
    if ('every' in schedule) expect(60 % schedule.every).toBe(0)
    else for (const time of schedule.at) expect(time).toMatch(/^(?:[01]\d|2[0-3]):[0-5]\d$/)
  }
})
