import type { Receipt } from '../../../prisma/client/client.ts'
import type { ReleaseState } from '../../../prisma/client/enums.ts'
import type { Actor } from '../../access/actor.ts'
import { change, type Audit } from '../../audit/change.ts'
import type { Tx } from '../../db.ts'
import { fenOf, yuanText } from '../../lib/money.ts'
import { Refused, refuseIf } from '../../lib/refused.ts'
import { allocateOldest } from '../allocating.ts'
import { releaseWhatPasses } from '../paying.ts'
import { isOpen } from '../states.ts'
import { lockAccount, trailOf } from '../queries.ts'
import { mayRecord, releaseCalled } from './commands.ts'
import type { AllocationForm, PurposeForm } from './forms.ts'
import { everyLine, openLines, stampOf, type OpenLine } from './queries.ts'
import { allocationProblems, changesOf, purposeProblems, typedLines } from './rules.ts'

type Held = Receipt & { release: { number: string; state: ReleaseState } | null }

/** CRD-16: which goods this money pays, by hand or the oldest first again. Answers with the releases that go out on it. */
export function allocate(actor: Actor, { id }: { id: bigint }, input: AllocationForm, now: Date): Promise<string[]> {
  return change(actor, async (tx, audit) => {
    const receipt = await holdReceipt(tx, actor, id)
    refuseReserved(receipt)
    const lines = await openLines(tx, receipt)
    if (input.seen !== stampOf(receipt, lines)) refuseStale()
    const { wanted, problems } =
      input.way === 'hand' ? typedLines(lines, input.typed) : typedLines(await openLines(tx, receipt, everyLine), {})
    refuseIf([...problems, ...allocationProblems(wanted, fenOf(receipt.net.toFixed(2)))])
    await tx.receipt.update({ where: { id }, data: { byHand: input.way === 'hand' } })
    await writeChanges(tx, actor, receipt, wanted, now)
    await allocateOldest(tx, receipt.customerId, actor.id, now)
    const paid = wanted.filter((line) => line.wanted > 0).map((one) => `${one.number} ${yuanText(one.wanted)}`)
    const after = {
      receipt: receipt.number,
      way: input.way,
      ...(input.way === 'hand' ? { lines: paid.join('；') } : {}),
    }
    await audit('receipt.allocated', trailOf(receipt), { after })
    return outNow(tx, audit, actor, receipt, now)
  })
}

/** CRD-09: for which held release this money is, or for none: what it paid until now is owed again first. */
export function givePurpose(actor: Actor, { id }: { id: bigint }, input: PurposeForm, now: Date): Promise<string[]> {
  return change(actor, async (tx, audit) => {
    const receipt = await holdReceipt(tx, actor, id)
    const lines = await openLines(tx, receipt)
    if (input.seen !== stampOf(receipt, lines)) refuseStale()
    refuseIf(purposeProblems(receipt.release))
    const releaseId = input.release === null ? null : await releaseCalled(tx, receipt.customerId, input.release)
    const { wanted } = typedLines(await openLines(tx, receipt, everyLine), {})
    if (releaseId !== null) await writeChanges(tx, actor, receipt, wanted, now)
    await tx.receipt.update({ where: { id }, data: { releaseId } })
    await allocateOldest(tx, receipt.customerId, actor.id, now)
    const release = input.release?.toUpperCase() ?? ''
    await audit('receipt.purposed', trailOf(receipt), {
      before: { release: receipt.release?.number ?? '' },
      after: { receipt: receipt.number, release },
    })
    return outNow(tx, audit, actor, receipt, now)
  })
}

async function holdReceipt(tx: Tx, actor: Actor, id: bigint): Promise<Held> {
  const { customerId } = await tx.receipt.findUniqueOrThrow({ where: { id }, select: { customerId: true } })
  mayRecord(actor, await lockAccount(tx, customerId))
  const include = { release: { select: { number: true, state: true } } } as const
  const receipt = await tx.receipt.findUniqueOrThrow({ where: { id }, include })
  if (receipt.counterOfId !== null || receipt.net.isZero())
    throw new Refused([{ rule: 'CRD-16', reason: 'ledger:refused.nothingLeft' }])
  return receipt
}

/** CRD-09: money for a release that is under way pays nothing else. */
function refuseReserved({ release }: Held): void {
  if (release && isOpen(release.state))
    throw new Refused([{ rule: 'CRD-09', reason: 'ledger:refused.reserved', params: { release: release.number } }])
}

function refuseStale(): never {
  throw new Refused([{ rule: 'CRD-16', reason: 'ledger:refused.changedMeanwhile' }])
}

async function writeChanges(
  tx: Tx,
  actor: Actor,
  { id: receiptId }: Receipt,
  wanted: (OpenLine & { wanted: number })[],
  at: Date,
): Promise<void> {
  const data = changesOf(wanted).map(({ id: shipmentId, change }) => ({
    receiptId,
    shipmentId,
    amount: yuanText(change),
    way: 'hand' as const,
    at,
    byId: actor.id,
  }))
  if (data.length > 0) await tx.allocation.createMany({ data })
}

async function outNow(tx: Tx, audit: Audit, actor: Actor, { customerId }: Receipt, now: Date): Promise<string[]> {
  const released = await releaseWhatPasses(tx, audit, actor, customerId, now)
  return released.map(({ number }) => number)
}
