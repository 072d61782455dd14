import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dueOf, soonOf, stateOf, stepAt, type Measure, type Pause } from '../../src/deadlines/rules.ts'
import { dateTimeText } from '../../src/lib/dates.ts'
import { at, office } from './calendar.ts'

const open = { pausedAt: null, metAt: null, cancelledAt: null }
const clock = { ...open, dueAt: at('2026-11-25 17:30'), soonAt: at('2026-11-25 00:00') }
const second = (moment: Date, seconds: number) => new Date(moment.getTime() + seconds * 1000)

describe('CAL-02: the states, at the moment itself and a second beside it', () => {
  it.each([
    ['a second before it is soon', second(clock.soonAt, -1), 'ontime'],
    ['when it is soon', clock.soonAt, 'soon'],
    ['CAL-03: the due moment itself, since 以内 takes it in', clock.dueAt, 'soon'],
    ['a second later', second(clock.dueAt, 1), 'overdue'],
  ])('%s', (_name, now, state) => {
    expect(stateOf(clock, now)).toBe(state)
  })

  it('paused, met, late and cancelled come before what the hour says', () => {
    const late = second(clock.dueAt, 3600)
    expect(stateOf({ ...clock, pausedAt: clock.soonAt }, late)).toBe('paused')
    expect(stateOf({ ...clock, metAt: clock.dueAt }, late)).toBe('met')
    expect(stateOf({ ...clock, metAt: second(clock.dueAt, 1) }, late)).toBe('late')
    expect(stateOf({ ...clock, cancelledAt: late }, late)).toBe('cancelled')
  })
})

describe('CAL-02: due soon', () => {
  const soon = (measure: Measure, started: string, share = 25) => {
    const startedAt = at(started)
    return dateTimeText(soonOf(office, measure.unit, { startedAt, dueAt: dueOf(office, measure, startedAt) }, share))
  }

  it.each([
    // Due Tuesday 17:30: the last quarter begins at 13:22, the day itself earlier.
    [{ amount: 1, unit: 'working_day' }, '2026-11-23 10:00', '2026-11-24 00:00'],
    // Twenty working days to 12-21: a quarter is five of them, earlier than the day itself.
    [{ amount: 20, unit: 'working_day' }, '2026-11-23 17:30', '2026-12-15 08:30'],
    // Hours: the last quarter alone, by the clock.
    [{ amount: 4, unit: 'hour' }, '2026-11-28 22:00', '2026-11-29 01:00'],
    [{ amount: 8, unit: 'working_hour' }, '2026-11-27 15:30', '2026-11-30 12:30'],
    // Calendar days, due at 24:00 of the 24th: the day itself begins at its 00:00.
    [{ amount: 2, unit: 'day' }, '2026-11-22 12:00', '2026-11-24 00:00'],
    [{ amount: 12, unit: 'month' }, '2026-11-24 00:00', '2027-08-25 12:00'],
  ] as [Measure, string, string][])('%o from %s: %s', (measure, started, expected) => {
    expect(soon(measure, started)).toBe(expected)
  })

  it('takes the share of the regulation', () => {
    expect(soon({ amount: 10, unit: 'hour' }, '2026-11-24 00:00', 50)).toBe('2026-11-24 05:00')
  })

  it('never begins before the start', () => {
    const [startedAt, dueAt] = [at('2026-11-24 09:00'), at('2026-11-24 17:30')]
    expect(soonOf(office, 'moment', { startedAt, dueAt }, 25)).toEqual(startedAt)
  })
})

const days = (amount: number): Measure => ({ amount, unit: 'working_day' })
const due = (measure: Measure, started: string, ...pauses: [string, string | null][]) =>
  dateTimeText(
    dueOf(
      office,
      measure,
      at(started),
      pauses.map(([from, until]) => ({ fromAt: at(from), untilAt: until === null ? null : at(until) })),
    ),
  )

describe('CAL-02: pauses move the due moment by what they took, in the same measure', () => {
  it.each([
    ['none', days(2), [], '2026-11-25 17:30'],
    ['over a weekend', days(5), [['2026-11-27 17:30', '2026-11-30 08:30']], '2026-11-30 17:30'],
    ['an hour', days(2), [['2026-11-24 09:00', '2026-11-24 10:00']], '2026-11-26 17:30'],
    [
      'two hours in two pauses: rounded up once',
      days(2),
      [
        ['2026-11-24 09:00', '2026-11-24 10:00'],
        ['2026-11-24 14:00', '2026-11-24 15:00'],
      ],
      '2026-11-26 17:30',
    ],
    ['a day and a bit', days(2), [['2026-11-24 09:00', '2026-11-25 10:00']], '2026-11-27 17:30'],
    ['never ended: nothing is added yet', days(2), [['2026-11-24 09:00', null]], '2026-11-25 17:30'],
    [
      'begun when it was overdue: saves nothing',
      days(2),
      [['2026-11-26 09:00', '2026-12-26 09:00']],
      '2026-11-25 17:30',
    ],
  ] as [string, Measure, [string, string | null][], string][])('%s', (_name, measure, pauses, expected) => {
    expect(due(measure, '2026-11-23 10:00', ...pauses)).toBe(expected)
  })

  it('over Spring Festival: only the working Saturday and the working days count', () => {
    expect(due(days(3), '2026-02-12 10:00')).toBe('2026-02-24 17:30')
    expect(due(days(3), '2026-02-12 10:00', ['2026-02-14 17:30', '2026-02-24 08:30'])).toBe('2026-02-24 17:30')
    expect(due(days(3), '2026-02-12 10:00', ['2026-02-14 08:30', '2026-02-24 08:30'])).toBe('2026-02-25 17:30')
  })

  it('hours by the clock to the minute, calendar days to a midnight', () => {
    expect(due({ amount: 4, unit: 'hour' }, '2026-11-28 10:00', ['2026-11-28 11:00', '2026-11-28 11:25'])).toBe(
      '2026-11-28 14:25',
    )
    expect(due({ amount: 2, unit: 'day' }, '2026-11-22 10:00', ['2026-11-23 11:00', '2026-11-23 12:00'])).toBe(
      '2026-11-26 00:00',
    )
    expect(due({ amount: 8, unit: 'working_hour' }, '2026-11-27 10:00', ['2026-11-27 16:30', '2026-11-30 09:30'])).toBe(
      '2026-11-30 11:00',
    )
  })

  it('a given moment moves on by the office time of its pauses', () => {
    const pauses = [{ fromAt: at('2026-11-24 16:30'), untilAt: at('2026-11-25 09:30') }]
    const moved = dueOf(office, { amount: 0, unit: 'moment' }, at('2026-11-23 10:00'), pauses, at('2026-11-25 17:30'))
    expect(dateTimeText(moved)).toBe('2026-11-26 10:30')
  })
})

describe('CAL-02: pauses, whatever they are', () => {
  const minutes = fc.integer({ min: 0, max: 60 * 24 * 40 })
  const measures = fc.record({
    amount: fc.integer({ min: 1, max: 15 }),
    unit: fc.constantFrom('working_day', 'working_hour', 'hour', 'day', 'month'),
  }) as fc.Arbitrary<Measure>
  const starts = minutes.map((n) => second(at('2026-01-05 08:30'), n * 60))
  /** Lengths of running and pausing in turn. */
  const spells = fc.array(fc.tuple(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 0, max: 3000 })), {
    maxLength: 4,
  })
  const pausesFrom = (start: Date, turns: [number, number][]): Pause[] => {
    let time = start
    return turns.map(([run, pause]) => {
      const fromAt = second(time, run * 60)
      time = second(fromAt, pause * 60)
      return { fromAt, untilAt: time }
    })
  }

  it('that take no time change nothing', () => {
    fc.assert(
      fc.property(measures, starts, spells, (measure, start, turns) => {
        const empty = pausesFrom(
          start,
          turns.map(([run]) => [run, 0]),
        )
        expect(dueOf(office, measure, start, empty)).toEqual(dueOf(office, measure, start))
      }),
    )
  })

  it('one that lasts longer never makes it due earlier, and one more never either', () => {
    fc.assert(
      fc.property(measures, starts, spells, fc.integer({ min: 0, max: 2000 }), (measure, start, turns, more) => {
        const pauses = pausesFrom(start, turns)
        const first = dueOf(office, measure, start, pauses)
        const last = turns.at(-1)
        if (last) {
          const longer = pausesFrom(start, [...turns.slice(0, -1), [last[0], last[1] + more]])
          expect(dueOf(office, measure, start, longer).getTime()).toBeGreaterThanOrEqual(first.getTime())
        }
        const another = pausesFrom(start, [...turns, [more, more]])
        expect(dueOf(office, measure, start, another).getTime()).toBeGreaterThanOrEqual(first.getTime())
      }),
    )
  })

  it('soon lies between the start and the due moment', () => {
    fc.assert(
      fc.property(measures, starts, spells, fc.integer({ min: 5, max: 50 }), (measure, startedAt, turns, share) => {
        const pauses = pausesFrom(startedAt, turns)
        const dueAt = dueOf(office, measure, startedAt, pauses)
        const soonAt = soonOf(office, measure.unit, { startedAt, dueAt, pauses }, share)
        expect(soonAt >= startedAt && soonAt <= dueAt).toBe(true)
      }),
    )
  })
})

it('CAL-02: a rung of the ladder is climbed at the due moment, or at the close so many working days later', () => {
  expect(stepAt(office, clock.dueAt, { days: 0 })).toEqual(clock.dueAt)
  expect(dateTimeText(stepAt(office, at('2026-11-25 17:30'), { days: 3 }))).toBe('2026-11-30 17:30')
})
