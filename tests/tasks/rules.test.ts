import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Calendar } from '../../src/calendar/reckoning.ts'
import { dateText } from '../../src/lib/dates.ts'
import { dueMoment, dueProblems, taskNumber } from '../../src/tasks/rules.ts'

const off = (name: string) => ({ working: false, name })
const calendar: Calendar = {
  weekdays: new Set([1, 2, 3, 4, 5]),
  ranges: [{ from: 510, until: 1050 }],
  days: new Map([
    ...['01', '02', '05', '06', '07'].map((day) => [`2026-10-${day}`, off('国庆节')] as const),
    ['2026-10-10', { working: true, name: '国庆节补班' }],
  ]),
  years: new Set([2026]),
}
const at = (text: string) => new Date(`${text.replace(' ', 'T')}:00+08:00`)
const due = (dueOn: string, from: string) => dueMoment(calendar, dueOn, at(from))

describe('CAL-01: when a task for a day is due', () => {
  it('at the close of that day', () => {
    expect(due('2026-11-24', '2026-11-23 10:00')).toEqual(at('2026-11-24 17:30'))
    expect(due('2026-11-24', '2026-11-24 17:29')).toEqual(at('2026-11-24 17:30'))
  })

  it('for a day off, at the close of the last working day before it', () => {
    expect(due('2026-11-29', '2026-11-23 10:00')).toEqual(at('2026-11-27 17:30'))
    expect(due('2026-10-07', '2026-09-28 10:00')).toEqual(at('2026-09-30 17:30'))
  })

  it('a Saturday that is worked closes like any day', () => {
    expect(due('2026-10-10', '2026-09-28 10:00')).toEqual(at('2026-10-10 17:30'))
  })

  it('where that close is past, the day itself is left to its end', () => {
    expect(due('2026-11-24', '2026-11-24 17:30')).toEqual(at('2026-11-25 00:00'))
    expect(due('2026-10-03', '2026-10-02 09:00')).toEqual(at('2026-10-04 00:00'))
  })

  it('is always ahead, and never after the day', () => {
    const moment = fc.date({ min: at('2026-01-01 00:00'), max: at('2026-12-01 00:00'), noInvalidDate: true })
    fc.assert(
      fc.property(moment, fc.nat(60), (from, days) => {
        const dueOn = dateText(new Date(from.getTime() + days * 86_400_000))
        const found = dueMoment(calendar, dueOn, from)
        expect(found.getTime()).toBeGreaterThan(from.getTime())
        expect(dateText(new Date(found.getTime() - 1)) <= dueOn).toBe(true)
      }),
    )
  })
})

it('CAL-02: a task is for today or a day to come, within five years', () => {
  const reasons = (dueOn: string) => dueProblems(dueOn, '2026-11-22').map(({ reason }) => reason)
  expect(reasons('2026-11-21')).toEqual(['tasks:refused.past'])
  expect(reasons('2026-11-22')).toEqual([])
  expect(reasons('2031-11-22')).toEqual([])
  expect(reasons('2062-11-22')).toEqual(['tasks:refused.farAhead'])
})

it('numbers look like D2026000001', () => {
  expect(taskNumber(2026, 1)).toBe('D2026000001')
})
