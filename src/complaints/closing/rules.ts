import type { ComplaintOutcome, ComplaintState } from '../../../prisma/client/enums.ts'
import type { Refusal } from '../../lib/refused.ts'

/**
 * CMP-11: who is left for what somebody without a part in it must do: a colleague; nobody but the customer service manager,
 * who may then do it, which is recorded and told; or, for anybody else, that manager.
 */
export type Left = 'colleague' | 'manager' | 'oneself'

/** CMP-07: who had a hand in it, now or before, asks the customer nothing while anybody else can. */
export function callBackProblems(actor: { id: bigint }, hands: readonly bigint[], left: Left): Refusal[] {
  if (!hands.includes(actor.id) || left === 'oneself') return []
  const reason = left === 'manager' ? 'closing:refused.onlyManager' : 'closing:refused.ownCallBack'
  return [{ rule: 'CMP-07', reason }]
}

export const scores = ['1', '2', '3', '4', '5'] as const

/** A word and a number that contradict each other are a slip of the hand. */
export function scoreProblems({ reached, satisfied, score }: Answer): Refusal[] {
  if (!reached) return []
  if (satisfied === null) return [{ rule: 'CMP-11', reason: 'closing:refused.noVerdict', field: 'satisfied' }]
  if (score === null) return [{ rule: 'CMP-11', reason: 'closing:refused.noScore', field: 'score' }]
  if (satisfied ? score < 3 : score > 3) return [{ rule: 'CMP-11', reason: 'closing:refused.contrary', field: 'score' }]
  return []
}
export type Answer = { reached: boolean; satisfied: boolean | null; score: number | null }

/** CBK-02, CAL-03: so many days of trying, the number itself included. */
export const triedEnough = (days: number, attempts: number): boolean => days >= attempts

export type ClosingFacts = {
  state: ComplaintState
  /** What the course came to; null where it was never asked. */
  outcome: ComplaintOutcome | null
  told: boolean
  asked: boolean
  /** Days on which somebody tried in vain at this step, and how many there must be. */
  days: number
  attempts: number
  /** A request for approval that waits. */
  waiting: string | null
  remedyApproved: boolean
  /** CMP-13: who passed the complaint on, while not told of the result. */
  unreported: string | null
  /** CMP-10: what is still to be filed with others. */
  missing: readonly Refusal[]
}

/** CMP-11, CMP-20: everything that stands between this complaint and its closing. */
export function closingProblems(facts: ClosingFacts): Refusal[] {
  const { state, waiting, unreported, missing } = facts
  const problems = state === 'answering' ? answerProblems(facts) : courseProblems(facts)
  if (waiting) problems.push({ rule: 'CMP-11', reason: 'closing:refused.waiting', params: { number: waiting } })
  if (unreported) problems.push({ rule: 'CMP-13', reason: 'closing:refused.unreported', params: { unit: unreported } })
  return [...problems, ...missing]
}

function answerProblems({ told, days, attempts }: ClosingFacts): Refusal[] {
  if (told || triedEnough(days, attempts)) return []
  return [{ rule: 'CMP-11', reason: 'closing:refused.notAnswered', params: { days, attempts } }]
}

function courseProblems({ state, outcome, told, asked, days, attempts, remedyApproved }: ClosingFacts): Refusal[] {
  if (outcome === 'unreachable' || outcome === 'unresolved') return []
  const problems: Refusal[] = []
  if (!told) problems.push({ rule: 'CMP-11', reason: 'closing:refused.notTold', params: { days, attempts } })
  else if (!asked) problems.push({ rule: 'CMP-11', reason: 'closing:refused.notAsked', params: { days, attempts } })
  if (!remedyApproved && state === 'improving') problems.push({ rule: 'CMP-20', reason: 'closing:refused.noRemedy' })
  return problems
}

export type ClosingWords = { carriedOut: string | null; improvement: string | null; noImprovement: boolean }

/** CMP-07, CMP-11: what the closing form must say. */
export function wordProblems(words: ClosingWords, facts: ClosingFacts): Refusal[] {
  const problems: Refusal[] = []
  if (facts.state === 'answering') return problems
  if (facts.remedyApproved && facts.outcome === 'settled' && words.carriedOut === null)
    problems.push({ rule: 'CMP-11', reason: 'closing:refused.notCarriedOut', field: 'carriedOut' })
  if (words.improvement === null)
    problems.push({
      rule: 'CMP-07',
      reason: words.noImprovement ? 'closing:refused.whyNone' : 'closing:refused.noImprovement',
      field: 'improvement',
    })
  return problems
}

/** Nobody but those who handled it has spoken to the customer then: the word of one of them alone closes no case. */
export const endsAlone = (
  actor: { id: bigint },
  handlers: readonly bigint[],
  outcome: ComplaintOutcome | null,
): boolean => handlers.includes(actor.id) && (outcome === 'unreachable' || outcome === 'unresolved')

export function ownEndProblems(
  actor: { id: bigint },
  handlers: readonly bigint[],
  outcome: ComplaintOutcome,
  left: Left,
): Refusal[] {
  if (!endsAlone(actor, handlers, outcome) || left === 'oneself') return []
  const reason = left === 'manager' ? 'closing:refused.onlyManager' : 'closing:refused.ownEnd'
  return [{ rule: 'CMP-11', reason }]
}

/** What an answered or asked complaint comes to when it closes. */
export function outcomeOf({
  state,
  outcome,
  told,
}: Pick<ClosingFacts, 'state' | 'outcome' | 'told'>): ComplaintOutcome {
  if (state === 'answering') return told ? 'answered' : 'unreachable'
  return outcome ?? 'settled'
}
