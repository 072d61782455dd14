import type { ComplaintLevel, ComplaintState, ContactPurpose } from '../../../prisma/client/enums.ts'
import { dateText } from '../../lib/dates.ts'
import type { Refusal } from '../../lib/refused.ts'
import { isOpen } from '../states.ts'

/** What is recorded as a contact; the customer's satisfaction is asked in a call-back of its own (CMP-07). */
export const recordedPurposes = [
  'telling',
  'answer',
  'first',
  'progress',
  'negotiation',
] as const satisfies ContactPurpose[]
export type RecordedPurpose = (typeof recordedPurposes)[number]

/** How the customer took what was told: the remedy or the answer. */
export const replies = ['accepted', 'refused'] as const
export type Reply = (typeof replies)[number]

type Stage = { state: ComplaintState; level: ComplaintLevel; reachedBefore: boolean }

/** What one may speak to the customer about at this step, what the step asks for first. */
export function purposesOf({ state, level, reachedBefore }: Stage): RecordedPurpose[] {
  if (!isOpen(state)) return []
  const talks = level === 'major' || ['proposing', 'approving', 'telling'].includes(state)
  return [
    ...(state === 'telling' ? (['telling'] as const) : []),
    ...(state === 'answering' ? (['answer'] as const) : []),
    ...(reachedBefore ? [] : (['first'] as const)),
    'progress' as const,
    ...(talks ? (['negotiation'] as const) : []),
  ]
}

/** Whether this word is the one a step of the course waits for. */
export const isStep = (purpose: ContactPurpose): boolean => purpose === 'telling' || purpose === 'answer'

export type ContactInput = {
  purpose: RecordedPurpose
  at: Date
  reached: boolean
  reply: Reply | null
  withId: bigint | null
  message: string | null
}

export type ContactFacts = Stage & {
  receivedAt: Date
  /** When there was something to tell: the remedy approved, the judgement made. */
  tellableAt: Date | null
  /** Who may negotiate beside the one who writes it down. */
  companions: readonly bigint[]
  /** CMP-08: of a major complaint, whether head and manager negotiated. */
  negotiated: boolean
  /** Nobody knows how this person could be reached. */
  nameless: boolean
}

const of =
  (rule: string) =>
  (reason: Refusal['reason'], field?: string): Refusal => ({
    rule,
    reason,
    ...(field ? { field } : {}),
  })

/** CMP-11, CMP-12: why a contact cannot be recorded as it is typed. */
export function contactProblems(input: ContactInput, facts: ContactFacts, now: Date): Refusal[] {
  const { purpose, reached, reply, withId, message } = input
  const problems = [...momentProblems(input.at, facts.receivedAt, now)]
  if (!purposesOf(facts).includes(purpose)) problems.push(of('CMP-07')('closing:refused.notNow', 'purpose'))
  if (isStep(purpose) && reached && reply === null) problems.push(of('CMP-11')('closing:refused.noReply', 'reply'))
  if (isStep(purpose) && facts.tellableAt && input.at < minuteOf(facts.tellableAt))
    problems.push(of('CMP-11')('closing:refused.beforeDecision', 'at'))
  if (isStep(purpose) && !reached) problems.push(...tryProblems(input.at, now))
  if (purpose === 'telling' && reached && !facts.negotiated)
    problems.push(of('CMP-08')('closing:refused.notNegotiated'))
  if (purpose === 'first' && !reached && message === null && !facts.nameless)
    problems.push(of('CMP-12')('closing:refused.noMessage', 'message'))
  if (purpose === 'negotiation' && reached && facts.level === 'major' && withId === null)
    problems.push(of('CMP-08')('closing:refused.alone', 'withId'))
  if (withId !== null && !facts.companions.includes(withId))
    problems.push(of('CMP-08')('closing:refused.companion', 'withId'))
  return problems
}

/** Nobody speaks to a customer tomorrow, nor before the complaint. */
export function momentProblems(at: Date, receivedAt: Date, now: Date): Refusal[] {
  if (at > now) return [of('CMP-12')('closing:refused.future', 'at')]
  if (at < minuteOf(receivedAt)) return [of('CMP-12')('closing:refused.beforeReceipt', 'at')]
  return []
}

// The field knows minutes: who calls in the minute of receipt calls after it.
export const minuteOf = (moment: Date): Date => new Date(Math.floor(moment.getTime() / 60_000) * 60_000)

/** CMP-11: attempts count by their days, so they are written down on the day itself. */
export const tryProblems = (at: Date, now: Date): Refusal[] =>
  dateText(at) === dateText(now) ? [] : [of('CMP-11')('closing:refused.lateTry', 'at')]

/** CBK-02: on how many different days somebody tried in vain. */
export const daysOf = (tries: readonly { at: Date }[]): number => new Set(tries.map(({ at }) => dateText(at))).size
