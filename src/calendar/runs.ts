import type { Arranged } from './queries.ts'
import { numberOf, textOf } from './week.ts'

/** Days one after another that are arranged alike: 春节, 02-15 to 02-23. */
export type Run = Omit<Arranged, 'day'> & { from: string; until: string; n: number }

export function runsOf(days: readonly Arranged[]): Run[] {
  const runs: Run[] = []
  for (const { day, origin, working, name } of days.toSorted(byOriginAndDay)) {
    const last = runs.at(-1)
    const goesOn = last && last.origin === origin && last.working === working && last.name === name
    if (goesOn && numberOf(last.until) + 1 === numberOf(day)) Object.assign(last, { until: day, n: last.n + 1 })
    else runs.push({ from: day, until: day, origin, working, name, n: 1 })
  }
  return runs.toSorted((a, b) => (a.from < b.from ? -1 : 1))
}

export function runAt(days: readonly Arranged[], day: string, origin: string): Run | null {
  return runsOf(days).find((run) => run.origin === origin && run.from <= day && day <= run.until) ?? null
}

/** What a form carries of the run it was opened on. */
export function stampOf({ from, until, origin, working, name }: Run): string {
  return [from, until, origin, working ? 'on' : 'off', name].join(' ')
}

export function daysBetween(from: string, until: string): string[] {
  return Array.from({ length: numberOf(until) - numberOf(from) + 1 }, (_, n) => textOf(numberOf(from) + n))
}

const byOriginAndDay = (a: Arranged, b: Arranged) => (`${a.origin} ${a.day}` < `${b.origin} ${b.day}` ? -1 : 1)
