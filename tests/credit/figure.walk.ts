import { expect, it } from 'vitest'
import { numberOf, textOf } from '../../src/calendar/week.ts'
import { figuresOn } from '../../src/credit/figure.ts'
import { reads } from '../../src/db.ts'
import { now } from '../../src/lib/clock.ts'
import { dateText, dayStart } from '../../src/lib/dates.ts'
import { theCast } from '../support/make.ts'
import { expectedOf, historyOf, randomOf } from './histories.ts'
import { written } from './histories-written.ts'

// 25,000 ledgers, each on four days of a moved clock, up to over the year's end: 100,000 histories.
const ledgers = Number(process.env.LEDGERS ?? 25_000)
const atOnce = 500
const days = [0, 1, 31, 60]
const today = numberOf(dateText(now()))
const noonOf = (day: number) => new Date(dayStart(textOf(day)).getTime() + 12 * 3_600_000)

it('G-19, CRD-03: 100,000 random histories come to the fen to what plain loops make of them', async () => {
  await theCast()
  const seed = Number(process.env.SEED ?? Date.now() % 1_000_000)
  const random = randomOf(seed)
  let compared = 0
  const batch = async (from: number) => {
    const made = Array.from({ length: atOnce }, () => historyOf(random, today))
    const ids = await written(made, `W${from}-${seed}-`)
    for (const moved of days) {
      const day = today + moved
      const figures = await figuresOn(reads, ids, { day: textOf(day), until: null, now: noonOf(day) })
      for (const [n, id] of ids.entries()) {
        const wanted = expectedOf({ ...made[n]!, today: day })
        const figure = figures.get(id)! as object
        const differs = Object.entries(wanted).filter(([name, value]) => figure[name as never] !== value)
        if (differs.length > 0) expect(figure, `seed ${seed}, ledger ${from + n}, ${textOf(day)}`).toMatchObject(wanted)
        compared++
      }
    }
  }
  for (let from = 0; from < ledgers; from += 2 * atOnce) await Promise.all([batch(from), batch(from + atOnce)])
  expect(compared).toBe(ledgers * days.length)
}, 600_000)
