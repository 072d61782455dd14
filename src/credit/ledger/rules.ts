import { fenOf, moneyText, yuanOf, yuanText } from '../../lib/money.ts'
import { monthAfter } from '../../lib/months.ts'
import type { Refusal } from '../../lib/refused.ts'

/** CRD-13: what left before the company's first release is history, and no breach. */
export function breachProblems(on: string, openedOn: string | null): Refusal[] {
  if (openedOn !== null && on >= openedOn) return []
  return [{ rule: 'CRD-13', reason: 'ledger:refused.beforeOpening', field: 'shippedOn' }]
}

/** One shipment that money of a receipt pays, or may pay; in fen. `fixed`: its own release's (CRD-09). */
export type Line = { number: string; open: number; mine: number; fixed: boolean }

/** CRD-16: what was typed for each shipment, in fen; nothing typed is nothing. */
export function typedLines<L extends Line>(lines: readonly L[], typed: Record<string, string>) {
  const problems: Refusal[] = []
  const wanted = lines.map((line) => {
    const text = (typed[line.number] ?? '').trim()
    if (line.fixed) return { ...line, wanted: line.mine }
    const yuan = text === '' ? '0.00' : yuanOf(text)
    if (yuan === null) problems.push({ rule: 'CRD-16', reason: 'web:field.money', field: `pay-${line.number}` })
    return { ...line, wanted: yuan === null ? 0 : fenOf(yuan) }
  })
  return { wanted, problems: [...problems, ...strangers(lines, typed)] }
}

/** A shipment that is paid by now, or never was the customer's. */
const strangers = (lines: readonly Line[], typed: Record<string, string>): Refusal[] =>
  Object.entries(typed)
    .filter(([number, text]) => text.trim() !== '' && !lines.some((line) => line.number === number))
    .map(([number]) => ({ rule: 'CRD-16', reason: 'ledger:refused.notOpen', params: { number } }))

/** CRD-16: at most what is owed of each shipment, and at most the receipt altogether; `net` in fen. */
export function allocationProblems(wanted: readonly (Line & { wanted: number })[], net: number): Refusal[] {
  const problems = wanted
    .filter((line) => line.wanted > line.open + line.mine)
    .map(({ number, open, mine }): Refusal => ({
      rule: 'CRD-16',
      reason: 'ledger:refused.moreThanOwed',
      field: `pay-${number}`,
      params: { number, most: moneyText(yuanText(open + mine)) },
    }))
  const sum = wanted.reduce((total, line) => total + line.wanted, 0)
  const over = { sum: moneyText(yuanText(sum)), net: moneyText(yuanText(net)) }
  return sum > net ? [...problems, { rule: 'CRD-16', reason: 'ledger:refused.moreThanPaid', params: over }] : problems
}

/** What changes: lines to write, those that give back first, so that nothing is paid twice in between. */
export const changesOf = <L extends Line & { wanted: number }>(wanted: readonly L[]): (L & { change: number })[] =>
  wanted
    .map((line) => ({ ...line, change: line.wanted - line.mine }))
    .filter(({ change }) => change !== 0)
    .toSorted((one, other) => one.change - other.change)

/** CRD-20: the oldest month that is still open, if it is over. Months as 2026-11. */
export function closingProblems(month: string, { open, current }: { open: string | null; current: string }): Refusal[] {
  if (month >= current) return [{ rule: 'CRD-20', reason: 'ledger:refused.monthRuns', params: { month } }]
  if (open === null || month > open)
    return [{ rule: 'CRD-20', reason: 'ledger:refused.monthsBefore', params: { month, open: open ?? month } }]
  return month < open ? [{ rule: 'CRD-20', reason: 'ledger:refused.monthClosed', params: { month } }] : []
}

/** The month after the last that was closed, else the first with documents, else the one before this. */
export function oldestOpen(lastClosed: string | null, firstUsed: string | null, current: string): string {
  if (lastClosed !== null) return monthAfter(lastClosed, 1)
  return firstUsed ?? monthAfter(current, -1)
}

/** CRD-09: money received for a release stays with it from the moment it went out on it. */
export function purposeProblems(release: { state: string; number: string } | null): Refusal[] {
  if (release?.state === 'shipped')
    return [{ rule: 'CRD-09', reason: 'ledger:refused.purposeUsed', params: { release: release.number } }]
  if (release?.state === 'released')
    return [{ rule: 'CRD-09', reason: 'ledger:refused.purposeReleased', params: { release: release.number } }]
  return []
}
