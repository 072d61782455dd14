import type { Prisma } from '../../prisma/client/client.ts'
import type { VisitState } from '../../prisma/client/enums.ts'
import type { Tx } from '../db.ts'
import { Refused } from '../lib/refused.ts'
import type { Visit } from './queries.ts'
import { visitStates, type VisitAct } from './states.ts'

type Data = Omit<Prisma.VisitUncheckedUpdateInput, 'id' | 'state' | 'version'>

/** VIS-05: takes a locked visit to its next state, with what that step writes; refuses steps that are left out. */
export async function moveOn(tx: Tx, visit: Visit, act: VisitAct, data: Data = {}): Promise<VisitState> {
  const state = visitStates.next(visit.state, act)
  await tx.visit.update({ where: { id: visit.id }, data: { ...data, state, version: { increment: 1 } } })
  return state
}

/** Whoever opened the form saw another visit than it is now. */
export function refuseIfChanged({ version }: { version: number }, opened: number, rule = 'VIS-05'): void {
  if (version !== opened) throw new Refused([{ rule, reason: 'visits:refused.changedMeanwhile' }])
}
