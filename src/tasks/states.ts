import type { TaskState } from '../../prisma/client/enums.ts'
import { machine } from '../lib/machine.ts'

export type TaskAct = 'finish' | 'withdraw' | 'hand_on' | 'correct'

/** VIS-07: a task is followed until it is done or withdrawn; what has ended stays as it is. */
export const taskStates = machine<TaskState, TaskAct>('VIS-07', 'tasks:refused.ended', {
  open: { finish: 'done', withdraw: 'withdrawn', hand_on: 'open', correct: 'open' },
  done: {},
  withdrawn: {},
})
