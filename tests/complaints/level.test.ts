import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { ComplaintLevel } from '../../prisma/client/enums.ts'
import {
  higher,
  isAbove,
  levelOf,
  levelReasons,
  type LevelFacts,
  type LevelFigures,
} from '../../src/complaints/level.ts'

const figures: LevelFigures = {
  majorHouseholds: 10,
  importantHouseholds: 5,
  majorCompensation: 50_000,
  importantCompensation: 5000,
  negativeMedia: 'major',
}
const nothing: LevelFacts = {
  hazard: false,
  households: 1,
  compensation: 0,
  repeated: false,
  toldManufacturer: false,
  blockade: false,
  exchange: false,
  legal: false,
  media: 'none',
  grave: false,
}
const untouched = { raisedTo: null, loweredTo: null, overruled: [] }
const level = (more: Partial<LevelFacts>, with_ = figures) =>
  levelOf(levelReasons({ ...nothing, ...more }, with_), untouched)

it.each([
  [{ households: 4 }, 'general'],
  [{ households: 5 }, 'important'],
  [{ households: 9 }, 'important'],
  [{ households: 10 }, 'major'],
  [{ compensation: 5000 }, 'general'],
  [{ compensation: 5000.01 }, 'important'],
  [{ compensation: 49_999.99 }, 'important'],
  [{ compensation: 50_000 }, 'major'],
  [{ legal: true }, 'important'],
  [{ media: 'exposed' }, 'important'],
  [{ media: 'negative' }, 'major'],
  [{ hazard: true }, 'major'],
  [{ repeated: true }, 'major'],
  [{ toldManufacturer: true }, 'major'],
  [{ blockade: true }, 'major'],
  [{ exchange: true }, 'major'],
  [{ grave: true }, 'major'],
] as const)('CMP-06, CAL-03: %o is %s', (facts, expected) => expect(level(facts)).toBe(expected))

it('CMP-06: a mall counts every media exposure as important', () => {
  expect(level({ media: 'negative' }, { ...figures, negativeMedia: 'important' })).toBe('important')
})

const anyFacts = fc.record({
  hazard: fc.boolean(),
  households: fc.integer({ min: 1, max: 30 }),
  compensation: fc.integer({ min: 0, max: 100_000 }),
  repeated: fc.boolean(),
  toldManufacturer: fc.boolean(),
  blockade: fc.boolean(),
  exchange: fc.boolean(),
  legal: fc.boolean(),
  media: fc.constantFrom('none' as const, 'exposed' as const, 'negative' as const),
  grave: fc.boolean(),
})

it('CMP-06: more households, more money or one more fact never makes it less', () => {
  fc.assert(
    fc.property(anyFacts, fc.nat(20), fc.nat(60_000), (facts, households, money) => {
      const more = {
        ...facts,
        households: facts.households + households,
        compensation: facts.compensation + money,
        legal: true,
      }
      expect(isAbove(level(facts), level(more))).toBe(false)
    }),
  )
})

it('CMP-06: raised it does not fall below that; lowered it rises with the first fact that was not known', () => {
  fc.assert(
    fc.property(anyFacts, anyFacts, (then, later) => {
      const known = levelReasons(then, figures)
      const lowered = { raisedTo: null, loweredTo: 'general', overruled: known.map(({ fact }) => fact) } as const
      expect(levelOf(known, lowered)).toBe('general')
      const now = levelReasons(later, figures)
      const fresh = now.filter(({ fact }) => !known.some((one) => one.fact === fact))
      expect(levelOf(now, lowered)).toBe(
        fresh.reduce<ComplaintLevel>((most, one) => higher(most, one.level), 'general'),
      )
      expect(isAbove('important', levelOf(now, { raisedTo: 'important', loweredTo: null, overruled: [] }))).toBe(false)
    }),
  )
})
