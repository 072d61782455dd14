import type { VisitPlanState, VisitState } from '../../prisma/client/enums.ts'
import { machine } from '../lib/machine.ts'

export type PlanAct = 'submit' | 'approve' | 'send_back' | 'refuse' | 'withdraw'

/** VIS-01: a month's plan on its way to the head's word. */
export const planStates = machine<VisitPlanState, PlanAct>('VIS-01', 'visits:refused.planState', {
  draft: { submit: 'waiting' },
  waiting: { approve: 'approved', send_back: 'returned', refuse: 'refused', withdraw: 'draft' },
  returned: { submit: 'waiting' },
  refused: { submit: 'waiting' },
  approved: {},
})

/** Whether lines can still be added, changed and taken out. */
export const isBeingPlanned = (state: VisitPlanState): boolean =>
  state === 'draft' || state === 'returned' || state === 'refused'

export type VisitAct =
  | 'submit'
  | 'approve'
  | 'refuse'
  | 'send_back'
  | 'revise'
  | 'reschedule'
  | 'arrive'
  | 'undo_arrival'
  | 'report'
  | 'return_report'
  | 'cancel'

/**
 * VIS-05, VIS-06: a visit from a line of a plan to its report. `revise`: a refused line is planned anew; `arrive` also
 * stands for a visit that was made and is written down afterwards, `undo_arrival` for a slip of the finger; `return_report`: the head wants it completed.
 */
export const visitStates = machine<VisitState, VisitAct>('VIS-05', 'visits:refused.state', {
  draft: { submit: 'waiting', cancel: 'cancelled' },
  waiting: { approve: 'approved', refuse: 'refused', send_back: 'draft' },
  refused: { revise: 'draft', submit: 'waiting', cancel: 'cancelled' },
  approved: { arrive: 'done', reschedule: 'approved', cancel: 'cancelled' },
  done: { report: 'reported', undo_arrival: 'approved' },
  reported: { return_report: 'done' },
  cancelled: {},
})
