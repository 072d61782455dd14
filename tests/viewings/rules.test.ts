import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Calendar } from '../../src/calendar/reckoning.ts'
import { closeOf, workingMinutesBetween } from '../../src/calendar/reckoning.ts'
import { workingDaysFrom } from '../../src/calendar/week.ts'
import { dateText } from '../../src/lib/dates.ts'
import {
  mostDays,
  movedWindow,
  reasonProblems,
  spans,
  spansOf,
  windowOf,
  windowProblems,
} from '../../src/viewings/rules.ts'
import { isEditable, isRunning, stageOf, type Timed } from '../../src/viewings/states.ts'

const calendar: Calendar = {
  weekdays: new Set([1, 2, 3, 4, 5]),
  ranges: [
    { from: 510, until: 720 },
    { from: 810, until: 1050 },
  ],
  days: new Map(),
  years: new Set([2026]),
}
const at = (text: string) => new Date(`${text}+08:00`)
const monday = at('2026-11-23T09:00')
const reasonsOf = (asked: Parameters<typeof windowProblems>[1], now: Date) =>
  windowProblems(calendar, asked, now).map(({ reason, field }) => `${field} ${reason.split('.')[1]}`)

describe('ARC-07: the window that is asked for', () => {
  it.each([
    ['2026-11-24', 'r0', '2026-11-24T08:30', '2026-11-24T12:00'],
    ['2026-11-24', 'r1', '2026-11-24T13:30', '2026-11-24T17:30'],
    ['2026-11-24', 'd1', '2026-11-24T08:30', '2026-11-24T17:30'],
    ['2026-11-26', 'd2', '2026-11-26T08:30', '2026-11-27T17:30'],
    ['2026-11-26', 'd5', '2026-11-26T08:30', '2026-12-02T17:30'],
    ['2026-11-23', 'd1', '2026-11-23T09:00', '2026-11-23T17:30'],
  ] as const)('%s %s is from %s until %s', (day, span, from, until) => {
    expect(windowOf(calendar, { day, span }, monday)).toEqual({ from: at(from), until: at(until) })
    expect(windowProblems(calendar, { day, span }, monday)).toEqual([])
  })

  it('lies on working days, is not over, and begins within a month', () => {
    expect(reasonsOf({ day: '2026-11-28', span: 'd1' }, monday)).toEqual(['day restDay'])
    expect(reasonsOf({ day: '2026-11-20', span: 'd1' }, monday)).toEqual(['day past'])
    expect(reasonsOf({ day: '2026-11-23', span: 'r0' }, at('2026-11-23T12:00'))).toEqual(['span past'])
    expect(reasonsOf({ day: '2026-11-24', span: 'r2' }, monday)).toEqual(['span span'])
    expect(reasonsOf({ day: '2027-01-04', span: 'd1' }, monday)).toEqual(['day far'])
  })

  it('is never longer than five working days, however it is chosen and whenever it is approved', () => {
    const days = fc.integer({ min: 0, max: 29 }).map((n) => dateText(new Date(monday.getTime() + n * 86_400_000)))
    fc.assert(
      fc.property(days, fc.constantFrom(...spans), fc.integer({ min: 0, max: 60 * 24 * 40 }), (day, span, later) => {
        if (windowProblems(calendar, { day, span }, monday).length > 0) return
        const window = windowOf(calendar, { day, span }, monday)
        const now = new Date(monday.getTime() + later * 60_000)
        const moved = movedWindow(calendar, window, now)
        expect(moved.from < moved.until && moved.until > now).toBe(true)
        for (const { from, until } of [window, moved])
          expect(workingDaysFrom(calendar, dateText(from), dateText(until))).toBeLessThanOrEqual(mostDays)
        expect(workingMinutesBetween(calendar, moved.from, moved.until)).toBeLessThanOrEqual(
          workingMinutesBetween(calendar, window.from, window.until) + 0.001,
        )
        if (window.until > now) expect(moved).toEqual(window)
        else expect(moved.from).toEqual(now)
      }),
      { numRuns: 500 },
    )
  })

  it('approved too late begins with the approval and has the same length in office hours', () => {
    const morning = { from: at('2026-11-24T08:30'), until: at('2026-11-24T12:00') }
    expect(movedWindow(calendar, morning, at('2026-11-24T11:59:59.999'))).toEqual(morning)
    expect(movedWindow(calendar, morning, at('2026-11-24T12:00'))).toEqual({
      from: at('2026-11-24T12:00'),
      until: at('2026-11-24T17:00'),
    })
    expect(movedWindow(calendar, morning, at('2026-11-27T16:30')).until).toEqual(at('2026-11-30T11:00'))
    const five = { from: at('2026-11-16T08:30'), until: at('2026-11-20T17:30') }
    expect(movedWindow(calendar, five, at('2026-11-23T10:30')).until).toEqual(closeOf(calendar, '2026-11-27'))
  })

  it('offers the parts of the day, split at noon where the office does not close, and whole days', () => {
    expect(spansOf(calendar)).toEqual(['r0', 'r1', 'd1', 'd2', 'd3', 'd4', 'd5'])
    const whole = { ...calendar, ranges: [{ from: 540, until: 1080 }] }
    expect(spansOf(whole)).toEqual(['r0', 'r1', 'd1', 'd2', 'd3', 'd4', 'd5'])
    expect(windowOf(whole, { day: '2026-11-24', span: 'r1' }, monday)).toEqual({
      from: at('2026-11-24T12:00'),
      until: at('2026-11-24T18:00'),
    })
    const evening = { ...calendar, ranges: [{ from: 840, until: 1260 }] }
    expect(spansOf(evening)).toEqual(['d1', 'd2', 'd3', 'd4', 'd5'])
  })

  it('a reason has at least so many characters, as people count them', () => {
    expect(reasonProblems('核对交货期与合同约定', 10)).toEqual([])
    expect(reasonProblems('𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷', 10)).toMatchObject([
      { reason: 'viewings:refused.reasonShort', params: { min: 10 } },
    ])
  })
})

describe('ARC-07: where an application stands', () => {
  const base: Timed = {
    state: 'approved',
    fromAt: at('2026-11-24T08:30'),
    untilAt: at('2026-11-24T12:00'),
    endedAt: null,
    requestId: 1n,
    emergency: false,
  }
  it.each([
    ['2026-11-24T08:29:59.999', 'coming'],
    ['2026-11-24T08:30:00.000', 'open'],
    ['2026-11-24T11:59:59.999', 'open'],
    ['2026-11-24T12:00:00.000', 'over'],
  ])('an approved one at %s is %s', (moment, stage) => {
    expect(stageOf(base, at(moment))).toBe(stage)
  })

  it('what is returned can be corrected; what waits for its seal was never filed', () => {
    expect(stageOf({ ...base, state: 'returned' }, monday)).toBe('returned')
    expect(stageOf({ ...base, state: 'returned', requestId: null }, monday)).toBe('unsealed')
    expect((['returned', 'unsealed', 'waiting'] as const).map(isEditable)).toEqual([true, true, false])
    expect((['over', 'refused', 'withdrawn', 'ended', 'open'] as const).map(isRunning)).toEqual([
      false,
      false,
      false,
      false,
      true,
    ])
  })
})
