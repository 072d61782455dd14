import type { ComplaintState } from '../../../prisma/client/enums.ts'
import { fenOf, moneyText, yuanText } from '../../lib/money.ts'
import type { Refusal } from '../../lib/refused.ts'

type Case = { state: ComplaintState; founded: boolean | null }

/** CMP-17: who is liable for the matter is said once it was found to hold; a delay in handling is one in any case. */
export function recordingProblems({ state, founded }: Case, delay: boolean): Refusal[] {
  if (state === 'void') return [{ rule: 'CMP-17', reason: 'measures:refused.void' }]
  if (delay || founded === true) return []
  return [{ rule: 'CMP-17', reason: 'measures:refused.notJudged', field: 'delay' }]
}

export type Row = {
  staffId: bigint | null
  headId: bigint | null
  delay: boolean
  /** In yuan, two decimals. */
  penalty: string
  headPenalty: string
}

/** CMP-17: a penalty has a person; a delay is somebody's. */
export function rowProblems({ staffId, headId, delay, penalty, headPenalty }: Row): Refusal[] {
  const refuse = (reason: Refusal['reason'], field: string): Refusal => ({ rule: 'CMP-17', reason, field })
  return [
    ...(delay && staffId === null ? [refuse('measures:refused.delayOfWhom', 'staff')] : []),
    ...(Number(penalty) > 0 && staffId === null ? [refuse('measures:refused.penaltyOfWhom', 'staff')] : []),
    ...(Number(headPenalty) > 0 && headId === null ? [refuse('measures:refused.headOfWhom', 'head')] : []),
    ...(staffId !== null && staffId === headId ? [refuse('measures:refused.headTwice', 'head')] : []),
  ]
}

/** PPL-02: nobody who is liable decides upon it; who recorded it does not confirm it. */
export function selfProblems(
  actorId: bigint,
  { staffId, headId, recordedById }: { staffId: bigint | null; headId: bigint | null; recordedById?: bigint },
): Refusal[] {
  if (actorId === staffId || actorId === headId) return [{ rule: 'PPL-02', reason: 'measures:refused.ownLiability' }]
  return actorId === recordedById ? [{ rule: 'PPL-02', reason: 'measures:refused.ownRecord' }] : []
}

type Amounts = Record<'loss' | 'penalty' | 'headPenalty', { toString(): string }>

/** As people read it: 8,340.00 */
export const amountText = (yuan: { toString(): string }): string => moneyText(yuanText(fenOf(yuan.toString())))

/** Summed in fen: exact. */
export function sumOf(rows: readonly Amounts[]): Record<keyof Amounts, string> {
  const sum = (name: keyof Amounts) =>
    moneyText(yuanText(rows.reduce((total, row) => total + fenOf(row[name].toString()), 0)))
  return { loss: sum('loss'), penalty: sum('penalty'), headPenalty: sum('headPenalty') }
}
