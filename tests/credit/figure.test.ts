import { expect, it } from 'vitest'
import { numberOf, textOf } from '../../src/calendar/week.ts'
import { linesOf } from '../../src/credit/explaining/queries.ts'
import { sumsOf } from '../../src/credit/explaining/table.ts'
import { figureFor } from '../../src/credit/figure.ts'
import { reads } from '../../src/db.ts'
import { now } from '../../src/lib/clock.ts'
import { dateText, dayStart } from '../../src/lib/dates.ts'
import { theCast } from '../support/make.ts'
import { expectedOf, historyOf, randomOf } from './histories.ts'
import { written } from './histories-written.ts'

const today = numberOf(dateText(now()))
/** Noon of a day by the company's wall clock. */
const noonOf = (day: number) => new Date(dayStart(textOf(day)).getTime() + 12 * 3_600_000)

it('G-19, CRD-01, CRD-02, CRD-03, CRD-05, CRD-09: random histories come to the fen to what plain loops make of them; the page’s lines add up', async () => {
  await theCast()
  const random = randomOf(20_261_123)
  const histories = Array.from({ length: 200 }, () => historyOf(random, today))
  const ids = await written(histories, `Z${Date.now().toString(36)}${process.env.VITEST_POOL_ID ?? 0}`)
  const mixed = new Set<string>()
  await Promise.all(
    ids.map(async (id, n) => {
      const at = today + [0, 1, 5, 31, 60][n % 5]!
      const figure = await figureFor(reads, id, noonOf(at))
      expect(figure, `history ${n} on day ${at}`).toMatchObject(expectedOf({ ...histories[n]!, today: at }))
      const lines = await linesOf(id, { day: textOf(at), until: null, now: noonOf(at) })
      expect(sumsOf(figure, lines), `lines of ${n}`).toEqual({ limit: figure.limit, exposure: figure.exposure })
      mixed.add(
        [figure.eligible, figure.method, figure.overdue > 0, figure.reserved > 0, figure.unallocated > 0].join(),
      )
    }),
  )
  // What never came up was not compared.
  expect(mixed.size).toBeGreaterThan(20)
})
