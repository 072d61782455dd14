import fc from 'fast-check'
import { expect, it } from 'vitest'
import { pacer } from '../../src/alerts/pacing.ts'

it('AUD-04: the count is asked for before a figure can be passed, and not at every step', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 20 }), (limit, most) => {
      const pace = pacer(most)
      let asked = 0
      let counted = 0
      for (let n = 1; n <= limit + 1; n++) {
        const steps = pace.step('one')
        if (steps === 0) continue
        asked++
        counted += steps
        expect(counted).toBe(n)
        pace.rest('one', limit - n)
      }
      // The very step that passes the figure is one of those asked about.
      expect(counted).toBe(limit + 1)
      expect(asked).toBeLessThanOrEqual(Math.ceil((limit + 1) / most) + 2)
    }),
  )
})

it('AUD-04: each person has a pace of their own', () => {
  const pace = pacer(10)
  expect(pace.step('one')).toBe(1)
  pace.rest('one', 50)
  expect(pace.step('one')).toBe(0)
  expect(pace.step('other')).toBe(1)
})
