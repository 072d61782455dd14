import type { Actor } from '../../access/actor.ts'
import type { Tx } from '../../db.ts'
import { Forbidden } from '../../lib/refused.ts'
import { refuseIfChanged } from '../course.ts'
import { visitPolicy } from '../policy.ts'
import { lockPlan, lockVisit, type Visit } from '../queries.ts'
import { holdAsked } from '../spendings/asking.ts'

/** VIS-05: the visit for a change by who goes: what is asked for it and its plan are held first, the right is asked again. */
export async function holdOwn(
  tx: Tx,
  actor: Actor,
  { id, planId }: Pick<Visit, 'id' | 'planId'>,
  opened?: number,
): Promise<Visit> {
  await holdAsked(tx, { id })
  if (planId !== null) await lockPlan(tx, planId)
  const visit = await lockVisit(tx, id)
  if (!visitPolicy.own(actor, visit)) throw new Forbidden(visitPolicy.own.act)
  if (opened !== undefined) refuseIfChanged(visit, opened)
  return visit
}
