import type { ApplicationState } from '../../prisma/client/enums.ts'

export type Timed = {
  state: ApplicationState
  fromAt: Date
  untilAt: Date
  endedAt: Date | null
  requestId: bigint | null
  emergency: boolean
}

export const stages = [
  'unsealed',
  'waiting',
  'coming',
  'open',
  'over',
  'returned',
  'refused',
  'withdrawn',
  'ended',
] as const
export type Stage = (typeof stages)[number]

/** ARC-07: where an application stands at this moment. That a window is over is reckoned, never stored. */
export function stageOf({ state, fromAt, untilAt, endedAt, requestId }: Timed, now: Date): Stage {
  if (state === 'returned') return requestId === null ? 'unsealed' : 'returned'
  if (state !== 'approved') return state
  if (endedAt) return 'ended'
  if (now < fromAt) return 'coming'
  return now < untilAt ? 'open' : 'over'
}

/** What its applicant can still change and hand in (again). */
export const isEditable = (stage: Stage): boolean => stage === 'unsealed' || stage === 'returned'

/** What can still be taken back or ended early. */
export const isRunning = (stage: Stage): boolean =>
  isEditable(stage) || stage === 'waiting' || stage === 'coming' || stage === 'open'
