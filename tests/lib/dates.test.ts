import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { dateText, dateTimeText, dayStart, yearOf } from '../../src/lib/dates.ts'

const moment = fc.date({ min: new Date('1940-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
const byTemporal = (date: Date) =>
  Temporal.Instant.fromEpochMilliseconds(date.getTime()).toZonedDateTimeISO('Asia/Shanghai')

describe('moments by the company’s wall clock', () => {
  it('read as the calendar says, also in the summers of 1940 to 1991 when clocks were moved', () => {
    fc.assert(
      fc.property(moment, (date) => {
        const at = byTemporal(date)
        expect(dateText(date)).toBe(at.toPlainDate().toString())
        expect(dateTimeText(date)).toBe(at.toPlainDateTime().toString({ smallestUnit: 'minute' }).replace('T', ' '))
        expect(yearOf(date)).toBe(at.year)
      }),
      { numRuns: 2000 },
    )
  })

  it('the year turns at midnight there, and a day begins there', () => {
    expect(yearOf(new Date('2026-12-31T15:59:59Z'))).toBe(2026)
    expect(yearOf(new Date('2026-12-31T16:00:00Z'))).toBe(2027)
    expect(dayStart('2026-11-22')).toEqual(new Date('2026-11-21T16:00:00Z'))
    expect(dateTimeText(dayStart('2026-02-28', 1))).toBe('2026-03-01 00:00')
  })
})
