import type { OverrideKind, ReleaseState } from '../../../prisma/client/enums.ts'
import type { Refusal } from '../../lib/refused.ts'
import { isBelowPart, type Hold } from '../reckoning.ts'
import { money } from '../saying.ts'

export const ruleOf = { first: 'CRD-07', final: 'CRD-08', overdue: 'CRD-05' } as const satisfies Record<
  OverrideKind,
  string
>

/** An approved override of this calendar month: for which release, by whom, when. */
export type Used = { release: string; by: string; on: string }

/** How a release stands now, by the server's day. Money in fen. */
export type Standing = {
  state: ReleaseState
  holds: readonly Hold[]
  short: number
  limit: number
  /** The amount must stay below this part of the limit. */
  part: number
  used: { first: Used | null; final: Used | null }
}

/** CRD-05, CRD-07, CRD-08: what stands against asking for it, as things are. */
export function askProblems(kind: OverrideKind, standing: Standing): Refusal[] {
  const lift = liftProblems(kind, standing)
  if (lift.length > 0 || kind === 'overdue') return lift
  const month = monthProblems(kind, standing.used)
  return month.length > 0 ? month : boundProblems(kind, standing.short, standing)
}

/** The same at the moment of signing, for what was asked: the figure may have moved since, and the day gone by. */
export function signProblems(kind: OverrideKind, asked: Asked, standing: Standing, today: string): Refusal[] {
  const found = askProblems(kind, standing)
  if (found.length > 0) return found
  if (kind === 'overdue') return pastProblems(asked, today)
  // What is signed stays signed for the whole amount: it must be below the part also where less is short by now.
  return [...coverProblems(kind, asked, standing), ...boundProblems(kind, asked.amount, standing)]
}

/** `amount` in fen; `validOn`: the day of an overdue approval. */
type Asked = { amount: number; validOn: string }

/** Only a hold that it can lift: a first or final one what is over a limit, the overdue one the stop. */
function liftProblems(kind: OverrideKind, { state, holds }: Standing): Refusal[] {
  const rule = ruleOf[kind]
  if (state !== 'held') return [{ rule, reason: 'overrides:refused.notHeld' }]
  if (holds.length === 0) return [{ rule, reason: 'overrides:refused.passesNow' }]
  if (holds.includes('closed')) return [{ rule: 'CRD-01', reason: 'overrides:refused.closed' }]
  if (kind === 'overdue') return holds.includes('overdue') ? [] : [{ rule, reason: 'overrides:refused.notOverdue' }]
  if (holds.includes('unpaid')) return [{ rule, reason: 'overrides:refused.noLimit' }]
  return holds.includes('over') ? [] : [{ rule, reason: 'overrides:refused.notOver' }]
}

/** Once per customer and calendar month; the final one after the first. */
function monthProblems(kind: 'first' | 'final', { first, final }: Standing['used']): Refusal[] {
  const rule = ruleOf[kind]
  const used = kind === 'first' ? first : final
  if (used) return [{ rule, reason: `overrides:refused.${kind}Used`, params: used }]
  return kind === 'final' && !first ? [{ rule, reason: 'overrides:refused.firstFirst' }] : []
}

function boundProblems(kind: 'first' | 'final', short: number, { limit, part }: Standing): Refusal[] {
  if (isBelowPart(short, limit, part)) return []
  const params = { short: money(short), limit: money(limit), part, most: money(mostBelow(limit, part)) }
  return [{ rule: ruleOf[kind], reason: 'overrides:refused.tooMuch', params }]
}

/** The largest amount below the part, in fen; 0 where there is no limit. */
export const mostBelow = (limit: number, part: number): number => Math.max(0, Math.ceil(limit / part) - 1)

/** It is signed for an amount: when more is short by now, it would let nothing out. */
function coverProblems(kind: 'first' | 'final', { amount }: Asked, { short }: Standing): Refusal[] {
  if (short <= amount) return []
  const params = { asked: money(amount), short: money(short) }
  return [{ rule: ruleOf[kind], reason: 'overrides:refused.moved', params }]
}

const pastProblems = ({ validOn }: Asked, today: string): Refusal[] =>
  validOn < today ? [{ rule: 'CRD-05', reason: 'overrides:refused.dayOver', params: { day: validOn } }] : []

/** CRD-05: for a named day: today, or one of the `days` that it can be given ahead. */
export const dayProblems = (on: string, days: readonly string[]): Refusal[] =>
  days.includes(on)
    ? []
    : [{ rule: 'CRD-05', reason: 'overrides:refused.day', field: 'on', params: { last: days.at(-1) ?? on } }]
