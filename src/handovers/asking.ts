import type { Actor } from '../access/actor.ts'
import { change } from '../audit/change.ts'
import { Refused } from '../lib/refused.ts'
import { tellHeads } from './telling.ts'

/** Who keeps accounts cannot hand on customers: they ask the leaver's head to. */
export function askForHandover(actor: Actor, staffId: bigint, now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    const leaver = await tx.staff.findUniqueOrThrow({
      where: { id: staffId },
      select: { id: true, number: true, name: true, departmentId: true },
    })
    const told = await tellHeads(tx, actor, 'handover.asked', leaver, `/handovers/new?staff=${leaver.number}`, now)
    if (told === 0) throw new Refused([{ rule: 'ACC-02', reason: 'handovers:refused.noHead' }])
    await audit('handover.asked', `staff:${leaver.id}`, { before: { part: 'handover' }, after: {} })
  })
}
