import type { Actor } from '../access/actor.ts'
import { objectChanged } from '../approvals/changing.ts'
import { change } from '../audit/change.ts'
import { stopClocks } from './clocks.ts'
import type { ReasonInput } from './forms.ts'
import { held, tell } from './holding.ts'
import { transferPolicy } from './policy.ts'
import { partOf, supplementsOf } from './queries.ts'
import { tellPeople } from './telling.ts'

/** It comes to nothing: the clocks stop, whoever was asked for leave need not decide any more. */
export function cancelTransfer(actor: Actor, id: bigint, { reason, version }: ReasonInput, now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    const transfer = await held(tx, actor, id, { act: 'cancel', allow: transferPolicy.cancel, version })
    const data = { state: 'cancelled', endedAt: now, endReason: reason, version: version + 1 } as const
    await tx.transfer.update({ where: { id }, data })
    await stopClocks(tx, transfer, await supplementsOf(id, tx), now)
    await objectChanged(tx, audit, actor, partOf(transfer), [{ kind: 'archive.transfer', basis: 'cancelled' }], now)
    await tell(audit, 'transfer.cancelled', transfer, { why: reason })
    const to = [transfer.officerId, transfer.checkerId, transfer.archivistId]
    await tellPeople(tx, actor, transfer, { kind: 'transfer.cancelled', to }, now)
  })
}
