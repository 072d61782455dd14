import type { ImportState } from '../../prisma/client/enums.ts'
import { machine } from '../lib/machine.ts'

export type ImportAct = 'start' | 'cancel' | 'run' | 'finish' | 'fail' | 'resume' | 'undo' | 'finish_undo'

/** CUS-15: the life of an import. What was imported can be taken back once; undone is final. */
export const importStates = machine<ImportState, ImportAct>('CUS-15', 'imports:refused.state', {
  mapping: { start: 'waiting', cancel: 'cancelled' },
  waiting: { run: 'running', finish: 'done', fail: 'failed', cancel: 'cancelled' },
  running: { run: 'running', finish: 'done', fail: 'failed', cancel: 'cancelled' },
  failed: { resume: 'waiting', cancel: 'cancelled', undo: 'undoing' },
  done: { undo: 'undoing' },
  cancelled: { undo: 'undoing' },
  undoing: { finish_undo: 'undone', fail: 'failed' },
  undone: {},
})

/** Something happens by itself: the page is read again and again. */
export const isMoving = (state: ImportState) => state === 'waiting' || state === 'running' || state === 'undoing'

/** It stopped while it was taken back, not while it came in: that had ended before. */
export const undoFailed = ({ state, finishedAt }: { state: ImportState; finishedAt: Date | null }) =>
  state === 'failed' && finishedAt !== null

/** As many batches that fail one after another are no accident any more. */
export const mostFailures = 5
