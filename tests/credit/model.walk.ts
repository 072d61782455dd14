import fc from 'fast-check'
import { afterEach, expect, it } from 'vitest'
import { moveClock } from '../../src/lib/clock.ts'
import { event, start, walk } from './walking.ts'

afterEach(() => moveClock(() => new Date()))

it('CRD-01 … CRD-13, CRD-20: no order of events lets out what a plain reckoning refuses, nor holds what it lets go', async () => {
  const histories = fc.asyncProperty(start, fc.array(event, { minLength: 20, maxLength: 40 }), walk)
  const timed = { numRuns: 10_000, interruptAfterTimeLimit: 60_000, markInterruptAsFailure: false }
  await expect(fc.assert(histories, timed)).resolves.toBeUndefined()
}, 240_000)
