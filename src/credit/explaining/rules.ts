import { numberOf, textOf } from '../../calendar/week.ts'
import type { Refusal } from '../../lib/refused.ts'
import type { Figure } from '../reckoning.ts'

export type Part = 'window' | 'owed' | 'released' | 'unallocated' | 'reserved'

/** Under which address the documents of a part lie. */
export const places = {
  window: 'shipments',
  owed: 'shipments',
  released: 'releases',
  unallocated: 'receipts',
  reserved: 'receipts',
} as const satisfies Record<Part, string>

/**
 * What a figure is made of: one document, or `n` of a day or month (`from` … `until`) where there are many. `sum` counts,
 * `whole` is what the documents are about. Money in fen.
 */
export type Line = {
  part: Part
  from: string
  until: string
  n: number
  number: string | null
  /** CRD-09: the release that the money is for. */
  release: string | null
  sum: number
  whole: number
  /** CRD-05: how many days the oldest is owed; 0 while none is overdue. */
  overdueDays: number
}

/** So far ahead, and so far back, a figure is shown. */
export const daysAhead = 60
export const daysBack = 730

/** CRD-17: the days that can be looked at. */
export function dayProblems(on: string, today: string): Refusal[] {
  const params = { first: dayAfter(today, -daysBack), last: dayAfter(today, daysAhead) }
  if (on >= params.first && on <= params.last) return []
  return [{ rule: 'CRD-17', reason: 'creditFigure:refused.day', field: 'on', params }]
}

export const dayAfter = (day: string, days: number): string => textOf(numberOf(day) + days)

/** More lines than this are put together by the month. */
const mostLines = 31

/** What is put together by the day already, by the month where that is still too long. */
export function folded(lines: readonly Line[]): Line[] {
  if (lines.length <= mostLines) return [...lines]
  const months = [...new Set(lines.map(({ from }) => from.slice(0, 7)))]
  return months.map((month) => together(lines.filter(({ from }) => from.startsWith(month))))
}

const together = (lines: readonly Line[]): Line => ({
  ...lines[0]!,
  // The newest stands first.
  from: lines.at(-1)!.from,
  n: total(lines, 'n'),
  number: lines.length === 1 ? lines[0]!.number : null,
  release: lines.length === 1 ? lines[0]!.release : null,
  sum: total(lines, 'sum'),
  whole: total(lines, 'whole'),
  overdueDays: Math.max(...lines.map(({ overdueDays }) => overdueDays)),
})

const total = (lines: readonly Line[], of: 'n' | 'sum' | 'whole') => lines.reduce((sum, line) => sum + line[of], 0)

export const sumOf = (lines: readonly Line[], part: Part): number =>
  total(
    lines.filter((line) => line.part === part),
    'sum',
  )

/**
 * CRD-01, CRD-02: what besides the goods makes the limit what it is, in fen: an amount of its own, or what is taken off
 * because there is no credit.
 */
export function limitLines(figure: Figure): { why: 'fixed' | 'cash_only' | 'not_eligible'; sum: number }[] {
  const base = figure.method === 'rolling_30' ? figure.shippedInWindow : figure.method === 'fixed' ? figure.fixed : 0
  return [
    ...(figure.method === 'fixed' ? [{ why: 'fixed' as const, sum: figure.fixed }] : []),
    ...(figure.method === 'cash_only' ? [{ why: 'cash_only' as const, sum: 0 }] : []),
    ...(figure.eligible ? [] : [{ why: 'not_eligible' as const, sum: -base }]),
  ]
}

/** CRD-02: on this day goods shipped on `day` are no longer counted. */
export const leavesOn = (day: string, window: number): string => dayAfter(day, window + 1)
