import type { Actor } from '../../access/actor.ts'
import { change, type Audit } from '../../audit/change.ts'
import type { Tx } from '../../db.ts'
import { dayOf } from '../../lib/days.ts'
import { fenOf, yuanText } from '../../lib/money.ts'
import { Forbidden, NotFound, Refused, refuseIf } from '../../lib/refused.ts'
import { releaseWhatPasses } from '../paying.ts'
import { creditPolicy } from '../policy.ts'
import { contractsOn, creditCustomer, lockAccount, lockRelease, releaseNow, trailOf, type Release } from '../queries.ts'
import { cancelRelease, requestRelease } from '../releasing.ts'
import { releaseStates } from '../states.ts'
import { tellReleased } from '../telling.ts'
import { checkRelease } from '../weighing.ts'
import type { RequestInput } from './forms.ts'
import { weighedNow } from './queries.ts'
import { carried, closedProblems, contractProblems, heldProblems, partProblems, restProblems } from './rules.ts'

/** CRD-06: asks for goods to go out: answers with the release, let out at once or held with the reason. */
export async function askRelease(actor: Actor, input: RequestInput, now: Date): Promise<Release> {
  const { id } = await customerNamed(actor, input.customer)
  return change(actor, async (tx, audit) => {
    const customer = await lockAccount(tx, id)
    if (!creditPolicy.request(actor, customer)) throw new Forbidden(creditPolicy.request.act)
    refuseIf(closedProblems(customer.life === 'void' || customer.life === 'lost' || customer.withdrawnAt !== null))
    const contractId = await contractNamed(tx, id, input.contract, now)
    const { amount, goods, note } = input
    const asked = { customerId: id, amount, goods, note, contractId }
    return (await requestRelease(tx, audit, actor, asked, now)).release
  })
}

async function customerNamed(actor: Actor, number: string) {
  try {
    return await creditCustomer(actor, number)
  } catch (error) {
    if (!(error instanceof NotFound)) throw error
    const params = { customer: number }
    throw new Refused([{ rule: 'CRD-06', reason: 'releases:refused.unknown', field: 'customer', params }])
  }
}

async function contractNamed(tx: Tx, customerId: bigint, named: string | null, now: Date): Promise<bigint | null> {
  if (named === null) return null
  const contracts = await contractsOn(tx, customerId, dayOf(now))
  refuseIf(
    contractProblems(
      named,
      contracts.map(({ number }) => number),
    ),
  )
  return contracts.find(({ number }) => number === named)!.id
}

/** CRD-06, CRD-20: weighs a held release again, by hand. */
export function checkAgain(actor: Actor, id: bigint, version: number, now: Date): Promise<Release> {
  return change(actor, async (tx, audit) => {
    const release = await openRelease(tx, actor, id)
    refuseIf(heldProblems(release.state))
    refuseIfChanged(release, version)
    return weighAgain(tx, audit, actor, release, now)
  })
}

/** Given up, with the reason; what it held of the credit may let out others. */
export function giveUpRelease(actor: Actor, id: bigint, given: { version: number; reason: string }, now: Date) {
  return change(actor, async (tx, audit) => {
    const release = await openRelease(tx, actor, id)
    releaseStates.next(release.state, 'cancel')
    refuseIfChanged(release, given.version)
    await cancelRelease(tx, audit, actor, release, given.reason, now)
    await releaseWhatPasses(tx, audit, actor, release.customerId, now, 'recheck')
  })
}

/** CRD-09: the request becomes what is paid and available; the rest is asked for anew. */
export function payPart(actor: Actor, id: bigint, given: { version: number; amount: string }, now: Date) {
  return change(actor, async (tx, audit) => {
    const release = await openRelease(tx, actor, id)
    refuseIf(heldProblems(release.state))
    refuseIfChanged(release, given.version)
    const { figure, request } = await weighedNow(tx, release, now)
    refuseIf(partProblems(fenOf(given.amount), carried(figure, request), request.amount))
    const { weighed } = await weighedNow(tx, release, now, given.amount)
    refuseIf(restProblems(weighed.holds))
    await reduce(tx, audit, release, given.amount)
    return weighAgain(tx, audit, actor, await releaseNow(tx, id), now)
  })
}

async function reduce(tx: Tx, audit: Audit, release: Release, amount: string): Promise<void> {
  await tx.release.update({ where: { id: release.id }, data: { amount } })
  const before = release.amount.toFixed(2)
  await audit('release.reduced', trailOf(release), {
    before: { amount: before },
    after: { release: release.number, amount, rest: yuanText(fenOf(before) - fenOf(amount)) },
  })
}

async function weighAgain(tx: Tx, audit: Audit, actor: Actor, release: Release, now: Date): Promise<Release> {
  const checked = await checkRelease(tx, audit, actor, release, 'recheck', now)
  if (checked.check.passed) await tellReleased(tx, actor, [checked], now)
  else await audit('release.rechecked', trailOf(release), { after: { release: release.number, holds: checked.holds } })
  return checked
}

async function openRelease(tx: Tx, actor: Actor, id: bigint): Promise<Release> {
  const release = await lockRelease(tx, id)
  if (!creditPolicy.request(actor, release)) throw new Forbidden(creditPolicy.request.act)
  return release
}

function refuseIfChanged(release: Release, version: number): void {
  if (release.version !== version) throw new Refused([{ rule: 'CRD-20', reason: 'credit:refused.changedMeanwhile' }])
}
