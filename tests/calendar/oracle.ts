import type { Range } from '../../src/regulations/parameters.ts'

/**
 * The working calendar a second time, knowing nothing of the first: the State Council's arrangements of 2025 and 2026
 * typed from its notices, and every minute of both years written down as open or closed.
 */
export const notices = {
  off: [
    ['2025-01-01', '2025-01-01'],
    ['2025-01-28', '2025-02-04'],
    ['2025-04-04', '2025-04-06'],
    ['2025-05-01', '2025-05-05'],
    ['2025-05-31', '2025-06-02'],
    ['2025-10-01', '2025-10-08'],
    ['2026-01-01', '2026-01-03'],
    ['2026-02-15', '2026-02-23'],
    ['2026-04-04', '2026-04-06'],
    ['2026-05-01', '2026-05-05'],
    ['2026-06-19', '2026-06-21'],
    ['2026-09-25', '2026-09-27'],
    ['2026-10-01', '2026-10-07'],
  ],
  on: [
    '2025-01-26',
    '2025-02-08',
    '2025-04-27',
    '2025-09-28',
    '2025-10-11',
    '2026-01-04',
    '2026-02-14',
    '2026-02-28',
    '2026-05-09',
    '2026-09-20',
    '2026-10-10',
  ],
} as const

const minute = 60_000
/** Midnight in Shanghai. */
const first = Date.parse('2024-12-01T00:00:00+08:00')
const last = Date.parse('2027-02-01T00:00:00+08:00')

const wall = (ms: number) => new Date(ms + 8 * 3_600_000)
export const dayText = (ms: number) => wall(ms).toISOString().slice(0, 10)

export function worksOn(day: string): boolean {
  if ((notices.on as readonly string[]).includes(day)) return true
  if (notices.off.some(([from, until]) => from <= day && day <= until)) return false
  const weekday = new Date(`${day}T12:00:00Z`).getUTCDay()
  return weekday !== 0 && weekday !== 6
}

export function oracleOf(ranges: readonly Range[]) {
  const length = (last - first) / minute
  const open = new Uint8Array(length)
  for (let at = 0; at < length; at += 1440)
    if (worksOn(dayText(first + at * minute))) for (const { from, until } of ranges) open.fill(1, at + from, at + until)
  const index = (moment: Date) => (moment.getTime() - first) / minute
  const moment = (at: number) => new Date(first + at * minute)

  return {
    isOpen: (from: Date) => open[Math.floor(index(from))] === 1,
    /** Walks on until the office is open. */
    nextOpening(from: Date) {
      let at = index(from)
      while (open[at] === 0) at++
      return moment(at)
    },
    between(a: Date, b: Date) {
      let n = 0
      for (let at = index(a); at < index(b); at++) n += open[at]!
      return n
    },
    /** One minute after the other, until enough of them were open. */
    add(from: Date, minutes: number) {
      let at = index(from)
      for (let left = minutes; left > 0; at++) left -= open[at]!
      return moment(at)
    },
    subtract(until: Date, minutes: number) {
      let at = index(until)
      for (let left = minutes; left > 0; at--) left -= open[at - 1]!
      return moment(at)
    },
    /** Goes from close to close; the first that counts is that of the day after the event's. */
    addDays(from: Date, days: number) {
      const close = ranges.at(-1)!.until
      const at = index(from)
      let midnight = at - (at % 1440)
      if (days === 0 && worksOn(dayText(from.getTime())) && at < midnight + close) return moment(midnight + close)
      for (let left = Math.max(1, days); left > 0;) {
        midnight += 1440
        if (worksOn(dayText(first + midnight * minute))) left--
      }
      return moment(midnight + close)
    },
  }
}
