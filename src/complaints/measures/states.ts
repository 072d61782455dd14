import type { ActionState } from '../../../prisma/client/enums.ts'
import { machine } from '../../lib/machine.ts'

export type MeasureAct = 'approve' | 'refuse' | 'correct' | 'finish' | 'verify' | 'send_back' | 'confirm' | 'disprove'

/**
 * CMP-18: the course of a measure: approved with its checker, done, verified by another than its owner, and looked at
 * again after so many days. One that had no effect ends; another is proposed.
 */
export const measureStates = machine<ActionState, MeasureAct>('CMP-18', 'measures:refused.state', {
  proposed: { approve: 'approved', refuse: 'refused', correct: 'proposed' },
  approved: { finish: 'done' },
  done: { verify: 'verified', send_back: 'approved' },
  verified: { confirm: 'effective', disprove: 'ineffective' },
  effective: {},
  ineffective: {},
  refused: {},
})

export const openStates = ['proposed', 'approved', 'done', 'verified'] as const satisfies readonly ActionState[]
export const isUnderWay = (state: ActionState): boolean => openStates.some((one) => one === state)
