import type { Actor } from '../access/actor.ts'
import type { Permit } from '../access/policy.ts'
import type { Audit, Detail } from '../audit/change.ts'
import type { AuditAction } from '../audit/actions.ts'
import type { Tx } from '../db.ts'
import { dateTimeText } from '../lib/dates.ts'
import { Forbidden, Refused } from '../lib/refused.ts'
import type { PlacedTransfer } from './policy.ts'
import { lockTransfer, partOf, type Transfer } from './queries.ts'
import { allowed, type TransferAct } from './states.ts'

/** Holds a transfer for an act of this person's: theirs to do, in a state that allows it, as it stood on the page. */
export async function held(
  tx: Tx,
  actor: Actor,
  id: bigint,
  { act, allow, version }: { act: TransferAct; allow: Permit<PlacedTransfer>; version?: number },
): Promise<Transfer> {
  const transfer = await lockTransfer(tx, id)
  if (!allowed(act, transfer.state)) throw await tooLate(tx, transfer)
  if (!allow(actor, transfer)) throw new Forbidden(allow.act)
  if (version !== undefined && transfer.version !== version)
    throw new Refused([{ rule: 'ARC-03', reason: 'transfers:refused.changedMeanwhile' }])
  return transfer
}

/** Who was first, and what it is by now. */
async function tooLate(tx: Tx, { id, customerId, number, state }: Transfer): Promise<Refused> {
  const last = await tx.auditEntry.findFirst({
    where: { subject: `customer:${customerId}`, kind: 'change', before: { path: ['part'], equals: `transfer:${id}` } },
    orderBy: { id: 'desc' },
    select: { actorName: true, at: true },
  })
  const params = {
    number,
    state: { word: `transfers:state.${state}` } as const,
    by: last?.actorName ?? '',
    at: last ? dateTimeText(last.at) : '',
  }
  return new Refused([{ rule: 'ARC-03', reason: 'transfers:refused.moved', params }])
}

/** A line of the customer's trail about this transfer: numbers and sums, never what a classified item is called (ARC-02). */
export function tell(
  audit: Audit,
  action: AuditAction,
  transfer: Transfer,
  { after, why }: Detail = {},
): Promise<void> {
  return audit(action, `customer:${transfer.customerId}`, {
    before: { part: partOf(transfer), version: transfer.version },
    after: { transfer: transfer.number, ...after },
    ...(why ? { why } : {}),
  })
}
