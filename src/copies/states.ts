import type { CopyState } from '../../prisma/client/enums.ts'
import { machine } from '../lib/machine.ts'

export type CopyAct = 'take_back' | 'destroy' | 'lose'

/** ARC-13: a copy is followed until it is back, destroyed or lost; what has ended stays as it is. */
export const copyStates = machine<CopyState, CopyAct>('ARC-13', 'copies:refused.ended', {
  out: { take_back: 'returned', destroy: 'destroyed', lose: 'lost' },
  returned: {},
  destroyed: {},
  lost: {},
})
