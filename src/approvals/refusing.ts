import type { Tx } from '../db.ts'
import { dateTimeText } from '../lib/dates.ts'
import { Refused, type Refusal } from '../lib/refused.ts'
import type { Request } from './contract.ts'
import { lastDecision } from './queries.ts'
import type { Standing } from './standing.ts'

export function refusal(
  rule: 'ACC-02' | 'APR-01' | 'APR-02' | 'PPL-02',
  reason: Refusal['reason'],
  more: Pick<Refusal, 'field' | 'params'> = {},
): Refused {
  return new Refused([{ rule, reason, ...more }])
}

const decided: readonly string[] = ['approved', 'returned', 'refused']

/** APR-02: the second of two is told who was first and when, or how else it ended. */
export async function tooLate(tx: Tx, { id, state, number }: Request): Promise<Refused> {
  const word = { word: `approvals:state.${state}` } as const
  const last = decided.includes(state) ? await lastDecision(tx, id) : null
  if (!last?.decidedBy || !last.decidedAt)
    return refusal('APR-02', 'approvals:refused.ended', { params: { number, state: word } })
  const params = { number, state: word, by: last.decidedBy.name, at: dateTimeText(last.decidedAt) }
  return refusal('APR-02', 'approvals:refused.decided', { params })
}

/** The request goes on, but not with what was on the page: a step was signed since, or something else changed. */
export async function changedSince(tx: Tx, { id, number }: Request): Promise<Refused> {
  const last = await lastDecision(tx, id)
  if (!last?.decidedBy || !last.decidedAt) return refusal('APR-02', 'approvals:refused.changedMeanwhile')
  const params = { number, by: last.decidedBy.name, at: dateTimeText(last.decidedAt) }
  return refusal('APR-02', 'approvals:refused.stepDecided', { params })
}

export function refuseStanding(standing: Standing): void {
  if (standing.by !== 'none') return
  if (standing.part) throw refusal('PPL-02', 'approvals:refused.signedAlready')
  throw standing.own ? refusal('PPL-02', 'approvals:refused.own') : refusal('APR-01', 'approvals:refused.notYours')
}
