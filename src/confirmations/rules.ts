import type { ApprovalState, CustomerStanding } from '../../prisma/client/enums.ts'
import type { Refusal } from '../lib/refused.ts'

export type ToConfirm = {
  version: number
  standing: CustomerStanding
  createdById: bigint
  /** The last request about it; null where none was filed yet. */
  asked: { number: string; state: ApprovalState } | null
}

/** CUS-05: why nobody can decide now about this file. Whether it is complete is judged with the decision. */
export function undecidable(customer: ToConfirm, actorId: bigint, opened: number): Refusal[] {
  const { version, standing, createdById, asked } = customer
  const refuse = (reason: Refusal['reason'], params?: Refusal['params']): Refusal[] => [
    { rule: 'CUS-05', reason, ...(params ? { params } : {}) },
  ]
  if (version !== opened) return refuse('customers:refused.changedMeanwhile')
  if (standing === 'confirmed') return refuse('customers:refused.confirmedAlready')
  if (createdById === actorId) return refuse('customers:refused.confirmOwn')
  if (asked && asksAgain(asked.state))
    return refuse('confirmations:refused.toAskAgain', {
      number: asked.number,
      state: { word: `approvals:state.${asked.state}` },
    })
  return []
}

/** Decided against, or taken back: nobody confirms it before somebody asks again. */
export const asksAgain = (state: ApprovalState): boolean =>
  state === 'returned' || state === 'refused' || state === 'withdrawn'
