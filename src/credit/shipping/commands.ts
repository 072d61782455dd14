import type { Actor } from '../../access/actor.ts'
import { change } from '../../audit/change.ts'
import type { Tx } from '../../db.ts'
import { dateText } from '../../lib/dates.ts'
import { Forbidden, Refused, refuseIf } from '../../lib/refused.ts'
import { sendOff } from '../booking.ts'
import { releasePolicy } from '../policy.ts'
import { lockRelease } from '../queries.ts'
import type { Weighed } from '../releasing.ts'
import { releaseStates } from '../states.ts'
import type { ShippingInput } from './forms.ts'
import { shippedOf } from './queries.ts'
import { documentProblems, shippedProblems } from './rules.ts'

export type Confirmed = { release: Weighed; shipped: boolean }

/**
 * CRD-13, CRD-20: the goods are loaded: confirmed against their release, once, today, for at most its amount; or stopped
 * by the check at the gate, which then stands.
 */
export function confirmShipping(actor: Actor, id: bigint, input: ShippingInput, now: Date): Promise<Confirmed> {
  return change(actor, async (tx, audit) => {
    const release = await lockRelease(tx, id)
    if (!releasePolicy.ship(actor, release)) throw new Forbidden(releasePolicy.ship.act)
    refuseIf(shippedProblems(await shippedOf(tx, release)))
    releaseStates.next(release.state, 'ship')
    if (release.version !== input.version)
      throw new Refused([{ rule: 'CRD-13', reason: 'credit:refused.changedMeanwhile' }])
    refuseIf(documentProblems(await knownOf(tx, input.document)))
    const { amount, document, invoice } = input
    const goods = { amount, document, invoice, shippedOn: dateText(now), source: 'release' as const }
    const { release: after, shipmentId } = await sendOff(tx, audit, actor, release, goods, now)
    return { release: after, shipped: shipmentId !== null }
  })
}

async function knownOf(tx: Tx, document: string | null): Promise<string | null> {
  if (document === null) return null
  return (await tx.shipment.count({ where: { document } })) > 0 ? document : null
}
