import fc from 'fast-check'
import { afterEach, expect, it } from 'vitest'
import { moveClock } from '../../src/lib/clock.ts'
import { event, start, walk } from './walking.ts'

afterEach(() => moveClock(() => new Date()))

it('CRD-01 … CRD-13, CRD-20: nothing leaves that a plain reckoning refuses, and nothing is held that it lets go', async () => {
  const histories = fc.asyncProperty(start, fc.array(event, { minLength: 6, maxLength: 14 }), walk)
  await expect(fc.assert(histories, { numRuns: 3, endOnFailure: true })).resolves.toBeUndefined()
}, 60_000)
