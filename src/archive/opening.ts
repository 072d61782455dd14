import type { Actor } from '../access/actor.ts'
import { may } from '../access/policy.ts'
import { agreementInForce } from '../agreements/in-force.ts'
import type { Refusal } from '../lib/refused.ts'
import { needsWindow } from './levels.ts'
import { keeps } from './policy.ts'
import type { Item } from './queries.ts'

/**
 * ARC-06, ARC-07, PRV-14: what stands between this person and the content of the item, all of it at once; empty where it
 * opens. Page, file, thumbnail, preview, print and package ask here and nowhere else. That the person has acknowledged the
 * three prohibitions (ARC-19) was asked before, of every act that is gated.
 */
export async function openingProblems(actor: Actor, item: Item, now: Date): Promise<Refusal[]> {
  if (item.state === 'disposed') return [{ rule: 'ARC-06', reason: 'archive:refused.disposed' }]
  if (!needsWindow(item.secrecy)) {
    return may(actor, 'archive.view', item) ? [] : [{ rule: 'ARC-06', reason: 'archive:refused.notOpen' }]
  }
  const problems: Refusal[] = []
  if (!item.window && !keeps(actor, item)) problems.push({ rule: 'ARC-06', reason: 'archive:refused.notOpen' })
  if (!(await agreementInForce(actor.id, now))) problems.push({ rule: 'PRV-14', reason: 'archive:refused.noAgreement' })
  return problems
}
