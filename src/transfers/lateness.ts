import type { Actor } from '../access/actor.ts'
import { fileRequest, type Filed } from '../approvals/filing.ts'
import { change } from '../audit/change.ts'
import { dateTimeText } from '../lib/dates.ts'
import { Refused } from '../lib/refused.ts'
import { regulationAt } from '../regulations/in-force.ts'
import { limitFor } from './clocks.ts'
import type { ReasonInput } from './forms.ts'
import { held, tell } from './holding.ts'
import { transferPolicy } from './policy.ts'
import { partOf, type Transfer } from './queries.ts'

/** What leave to be late rests on: the project's end as it was named. */
export const latenessBasis = ({ endedOn }: Pick<Transfer, 'endedOn'>): string => endedOn

/** ARC-03: whoever is to sign next says why it is late, and asks for leave; none of the three decides about it. */
export function askLateness(actor: Actor, id: bigint, { reason, version }: ReasonInput, now: Date): Promise<Filed> {
  return change(actor, async (tx, audit) => {
    const transfer = await held(tx, actor, id, { act: 'ask_late', allow: transferPolicy.late, version })
    if (transfer.lateApprovedAt) throw new Refused([{ rule: 'ARC-03', reason: 'transfers:refused.lateAlready' }])
    const { customerId, departmentId, regionId, officerId, checkerId, archivistId } = transfer
    const limit = dateTimeText(await limitFor(transfer))
    const filed = await fileRequest(
      tx,
      audit,
      actor,
      {
        kind: 'archive.transfer',
        subject: partOf(transfer),
        customerId,
        place: { departmentId, regionId },
        asked: [{ field: 'transfers:field.limit', before: limit, after: '' }],
        payload: { transfer: String(id) },
        basis: latenessBasis(transfer),
        reason,
        signatures: [{ role: (await regulationAt(now)).value('archive.late_role') }],
        excluded: [officerId, checkerId, archivistId],
      },
      now,
    )
    await tx.transfer.update({ where: { id }, data: { lateReason: reason, version: version + 1 } })
    await tell(audit, 'transfer.late_asked', transfer, { after: { request: filed.number }, why: reason })
    return filed
  })
}
