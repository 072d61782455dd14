import { fenOf } from '../../lib/money.ts'
import type { Refusal } from '../../lib/refused.ts'
import type { Figure } from '../reckoning.ts'
import { money } from '../saying.ts'

/** As many dates as a customer can be held to. */
export const mostLines = 12

/** `due` as 2026-12-15, `amount` in yuan; either may be missing while it is typed. */
export type Written = { n: number; due: string; amount: string | null }

/** CRD-04, CRD-09: dates ahead, each with its amount. `last`: the farthest day; `running`: a plan that still stands. */
export function planProblems(
  lines: readonly Written[],
  today: string,
  last: string,
  running: string | null,
): Refusal[] {
  const rule = 'CRD-09'
  if (running !== null) return [{ rule, reason: 'repayment:refused.running', params: { number: running } }]
  const written = lines.filter(({ due, amount }) => due !== '' || amount !== null)
  if (written.length === 0) return [{ rule, reason: 'repayment:refused.none', field: 'due1' }]
  return written.flatMap(({ n, due, amount }): Refusal[] => {
    const at = (reason: Refusal['reason'], field: string, params = {}) => [
      { rule, reason, field: `${field}${n}`, params },
    ]
    if (due === '') return at('repayment:refused.noDay', 'due')
    if (amount === null) return at('repayment:refused.noAmount', 'amount')
    if (due < today || due > last) return at('repayment:refused.day', 'due', { today, last })
    if (written.some((other) => other.n < n && other.due === due)) return at('repayment:refused.twice', 'due', { due })
    return []
  })
}

/** In fen. */
export const beyondLimit = ({ available }: Pick<Figure, 'available'>): number => Math.max(0, -available)

/** CRD-04, CRD-09: a plan covers all that is owed beyond the limit; the whole debt of who has none. `over` in fen. */
export function coverProblems(lines: readonly Written[], over: number): Refusal[] {
  const promised = sumOf(linesOf(lines))
  if (promised >= over) return []
  const params = { promised: money(promised), over: money(over), missing: money(over - promised) }
  return [{ rule: 'CRD-09', reason: 'repayment:refused.tooLittle', field: 'amount1', params }]
}

/** The complete lines, by day. */
export const linesOf = (written: readonly Written[]): { due: string; amount: string }[] =>
  written
    .flatMap(({ due, amount }) => (due !== '' && amount !== null ? [{ due, amount }] : []))
    .toSorted((a, b) => a.due.localeCompare(b.due))

export type LineState = 'kept' | 'late' | 'broken' | 'open'

/** Money in fen, days as 2026-12-15. */
export type Promised = { due: string; amount: number }
export type Money = { on: string; amount: number }
export type Progress = Promised & { state: LineState; got: number }

/**
 * CRD-17: how each line of a plan stands: what was received since it was filed pays its lines by day, together. A line is
 * kept when all up to it was there on its day; late when it came after that; broken when it has not come.
 */
export function progressOf(lines: readonly Promised[], money: readonly Money[], today: string): Progress[] {
  const sum = (of: readonly { amount: number }[]) => of.reduce((all, { amount }) => all + amount, 0)
  const all = sum(money)
  return lines.map((line, at) => {
    const before = sum(lines.slice(0, at))
    const promised = before + line.amount
    const inTime = sum(money.filter(({ on }) => on <= line.due))
    const got = Math.min(line.amount, Math.max(0, all - before))
    return { ...line, state: stateOf(promised, inTime, all, line.due < today), got }
  })
}

export function stateOf(promised: number, inTime: number, all: number, over: boolean): LineState {
  if (inTime >= promised) return 'kept'
  if (!over) return 'open'
  return all >= promised ? 'late' : 'broken'
}

export const sumOf = (lines: readonly { amount: string }[]): number =>
  lines.reduce((all, { amount }) => all + fenOf(amount), 0)
