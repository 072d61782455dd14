import type { Translate } from '../i18n.ts'
import { dateText } from '../lib/dates.ts'
import { daysCounted, type RuleCount } from './queries.ts'

const [step, width, height, floor] = [24, 16, 64, 76]
const labelled = [0, Math.floor(daysCounted / 2) - 1, daysCounted - 1]

/** A column for each of the last thirty days, drawn with attributes, and the same as a table for who cannot see it. */
export function chartOf(t: Translate, days: readonly Date[], counts: readonly RuleCount[]) {
  const totals = days.map((_, at) => counts.filter(({ day }) => day === at + 1).reduce((sum, { n }) => sum + n, 0))
  const n = totals.reduce((sum, one) => sum + one, 0)
  if (n === 0) return null
  const most = Math.max(...totals)
  const tall = (one: number) => (one === 0 ? 0 : Math.max(2, Math.round((height * one) / most)))
  const short = (at: number) => dateText(days[at]!).slice(5)
  return {
    word: t('regulations:chart', { n, most }),
    n,
    columns: totals.map((one, at) => ({
      x: 4 + step * at,
      y: floor - tall(one),
      width,
      height: tall(one),
      now: at === days.length - 1,
      word: `${short(at)} ${t('regulations:times', { n: one })}`,
    })),
    labels: labelled.map(short),
    rows: totals.flatMap((one, at) => (one > 0 ? [{ day: dateText(days[at]!), n: one }] : [])),
  }
}
