import type { ReleaseState } from '../../prisma/client/enums.ts'
import { machine } from '../lib/machine.ts'

export type ReleaseAct = 'release' | 'hold' | 'ship' | 'cancel'

/** CRD-06, CRD-13: goods asked for are held until a check lets them out, and shipped once. `hold`: a later check stopped them. */
export const releaseStates = machine<ReleaseState, ReleaseAct>('CRD-13', 'credit:refused.state', {
  held: { release: 'released', cancel: 'cancelled' },
  released: { hold: 'held', ship: 'shipped', cancel: 'cancelled' },
  shipped: {},
  cancelled: {},
})

/** Still on its way: can be let out, given up, shipped. */
export const isOpen = (state: ReleaseState): boolean => state === 'held' || state === 'released'
