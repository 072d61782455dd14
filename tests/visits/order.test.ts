import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { comingBack, ordered, type Stop } from '../../src/visits/day/order.ts'
import { weekOf } from '../../src/visits/day/days.ts'

const at = (hour: number) => new Date(Date.UTC(2026, 10, 24, hour))
const stop = (hour: number, district: string | null, timed = true) => ({ startsAt: at(hour), timed, district })

const someStops = fc.array(
  fc.record({
    startsAt: fc.integer({ min: 0, max: 15 }).map(at),
    timed: fc.boolean(),
    district: fc.constantFrom('临平区', '滨江区', '西湖区', null),
  }),
  { maxLength: 10 },
)
const isKnown = ({ district }: Stop) => district !== null

describe('VIS-11: the order of a day', () => {
  it('VIS-11: settled hours by time, the others beside their district, else at the end by district', () => {
    const [nine, eleven, two] = [stop(9, '临平区'), stop(11, '滨江区'), stop(14, '临平区')]
    const [beside, first, nowhere, again] = [
      stop(0, '滨江区', false),
      stop(0, '上城区', false),
      stop(0, null, false),
      stop(0, '上城区', false),
    ]
    const route = ordered([two, first, beside, nowhere, nine, again, eleven])
    expect(route).toEqual([nine, eleven, beside, two, first, again, nowhere])
    expect(route.indexOf(beside)).toBe(2)
  })

  it('VIS-11: says where the way goes back to a district that it left', () => {
    const back = stop(14, '临平区')
    expect(comingBack([stop(9, '临平区'), stop(11, '滨江区'), back, stop(15, '临平区')])).toEqual([back])
    expect(comingBack([stop(9, '临平区'), stop(10, null), stop(11, '临平区')])).toEqual([])
    expect(comingBack([stop(9, '临平区'), stop(10, '临平区'), stop(11, '滨江区')])).toEqual([])
  })

  it('VIS-11: nobody is left out or met twice, and settled hours stay in time', () => {
    fc.assert(
      fc.property(someStops, (stops) => {
        const route = ordered(stops)
        expect(route).toHaveLength(stops.length)
        expect(new Set(route)).toEqual(new Set(stops))
        const hours = route.filter(({ timed }) => timed).map(({ startsAt }) => +startsAt)
        expect(hours).toEqual(hours.toSorted((one, other) => one - other))
      }),
    )
  })

  it('VIS-11: a visit of no hour never makes the way go back', () => {
    fc.assert(
      fc.property(someStops, (stops) => {
        const known = stops.filter(isKnown)
        const timed = ordered(known.filter((one) => one.timed))
        expect(comingBack(ordered(known))).toHaveLength(comingBack(timed).length)
      }),
    )
  })

  it('a week is Monday to Sunday around the day', () => {
    expect(weekOf('2026-11-29')).toEqual([
      '2026-11-23',
      '2026-11-24',
      '2026-11-25',
      '2026-11-26',
      '2026-11-27',
      '2026-11-28',
      '2026-11-29',
    ])
    expect(weekOf('2026-11-23')).toEqual(weekOf('2026-11-29'))
  })
})
