import type { Actor } from '../access/actor.ts'
import type { Audit } from '../audit/change.ts'
import { takeSerials } from '../customers/numbers.ts'
import type { Tx } from '../db.ts'
import { dateText, yearOf } from '../lib/dates.ts'
import { dayOf } from '../lib/days.ts'
import { fenOf, moneyText } from '../lib/money.ts'
import { businessNumber } from '../lib/numbers.ts'
import { Refused } from '../lib/refused.ts'
import { allocateOldest } from './allocating.ts'
import { knownRelease, refuseOtherwise } from './documents.ts'
import { endAsked, endDue } from './ending.ts'
import { enterShipment, type NewShipment } from './entering.ts'
import { shippedOnOverride } from './liabilities/repaying.ts'
import { lockAccount, releaseNow, trailOf, type Release } from './queries.ts'
import { releaseStates } from './states.ts'
import { tellStopped } from './telling.ts'
import { checkRelease, type Check } from './weighing.ts'

/** `amount` in yuan, above zero. `document`: the order's number elsewhere (CRD-18). */
export type NewRelease = {
  customerId: bigint
  amount: string
  goods: string
  note: string | null
  contractId?: bigint | null
  document?: string | null
}

export type Weighed = Release & { check: Check }

/**
 * CRD-06: asks for goods to go out: released at once within what is available, else held with the reason. Asked again
 * under the same document number it is the same request. The right was checked.
 */
export async function requestRelease(
  tx: Tx,
  audit: Audit,
  actor: Actor,
  given: NewRelease,
  now: Date,
): Promise<{ release: Release; again: boolean }> {
  const customer = await lockAccount(tx, given.customerId)
  const known = await knownRelease(tx, given.document ?? null)
  if (known) return { release: await sameOrRefuse(tx, known, given), again: true }
  await tx.$executeRaw`insert into credit_opening (id, opened_on) values (1, ${dayOf(dateText(now))}::date)
    on conflict (id) do nothing`
  const number = businessNumber('FX', yearOf(now), await takeSerials(tx, 'release', yearOf(now), 1))
  const { ownerId, departmentId, regionId } = customer
  const { id } = await tx.release.create({
    data: {
      ...given,
      number,
      ownerId,
      departmentId,
      regionId,
      state: 'held',
      requestedAt: now,
      requestedById: actor.id,
    },
    select: { id: true },
  })
  return { release: await checkRelease(tx, audit, actor, await releaseNow(tx, id), 'request', now), again: false }
}

async function sameOrRefuse(tx: Tx, known: { id: bigint }, given: NewRelease): Promise<Release> {
  const found = await releaseNow(tx, known.id)
  // As it was asked for: it may have been reduced since (CRD-09).
  const first = await tx.releaseCheck.findFirst({ where: { releaseId: known.id }, orderBy: { id: 'asc' } })
  const same = found.customerId === given.customerId && found.goods === given.goods
  if (same && (first ?? found).amount.toFixed(2) === given.amount) return found
  return refuseOtherwise(given.document!)
}

export type Shipping = Pick<NewShipment, 'source' | 'document' | 'invoice' | 'importId' | 'tokenId'> & {
  /** In yuan, at most the release's. */
  amount: string
  shippedOn: string
}

/**
 * CRD-13, CRD-20: the goods of a release leave: weighed once more, confirmed once, for at most its amount. What the check
 * stops is held again and answered so, not thrown: the hold must stay. The release is held (lockRelease).
 */
export async function shipRelease(
  tx: Tx,
  audit: Audit,
  actor: Actor,
  release: Release,
  shipping: Shipping,
  now: Date,
): Promise<{ release: Weighed; shipmentId: bigint | null }> {
  const next = releaseStates.next(release.state, 'ship')
  refuseUnlike(release, shipping)
  const checked = await checkRelease(tx, audit, actor, release, 'shipping', now, fenOf(shipping.amount))
  if (!checked.check.passed) {
    await tellStopped(tx, actor, release, checked.check.weighed.holds, now)
    return { release: checked, shipmentId: null }
  }
  const { amount } = shipping
  await tx.release.update({
    where: { id: release.id },
    data: { state: next, shippedAt: now, shippedById: actor.id, shippedAmount: amount, version: { increment: 1 } },
  })
  const goods = { customerId: release.customerId, goods: release.goods, releaseId: release.id }
  const given = { ...shipping, ...goods, contractId: release.contractId }
  const { document, again } = await enterShipment(tx, audit, actor, given, now)
  // CRD-18: a document that is known is another shipment's: these goods would stand nowhere.
  if (again) refuseOtherwise(document.document)
  await shippedOnOverride(tx, release, shipping.shippedOn.slice(0, 7), now)
  await audit('release.shipped', trailOf(release), {
    after: { release: release.number, shipment: document.number, amount, ofAmount: release.amount.toFixed(2) },
  })
  return { release: { ...(await releaseNow(tx, release.id)), check: checked.check }, shipmentId: document.id }
}

function refuseUnlike(release: Release, { amount, shippedOn }: Shipping): void {
  const most = release.amount.toFixed(2)
  if (fenOf(amount) > fenOf(most))
    throw new Refused([
      { rule: 'CRD-13', reason: 'credit:refused.shipsMore', field: 'amount', params: { most: moneyText(most) } },
    ])
  const released = dateText(release.releasedAt!)
  if (shippedOn < released)
    throw new Refused([
      { rule: 'CRD-13', reason: 'credit:refused.shippedBefore', field: 'shippedOn', params: { released } },
    ])
}

/** Given up by whoever asked, with the reason: what it held of the credit, and the money received for it, are free again. */
export async function cancelRelease(
  tx: Tx,
  audit: Audit,
  actor: Actor,
  release: Release,
  reason: string,
  now: Date,
): Promise<void> {
  const state = releaseStates.next(release.state, 'cancel')
  await tx.release.update({
    where: { id: release.id },
    data: { state, cancelledAt: now, cancelledById: actor.id, cancelReason: reason, version: { increment: 1 } },
  })
  await endAsked(tx, audit, actor, release, now)
  await endDue(tx, release, now)
  await allocateOldest(tx, release.customerId, actor.id, now)
  await audit('release.cancelled', trailOf(release), { after: { release: release.number }, why: reason })
}
