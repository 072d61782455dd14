import type { Actor } from '../../access/actor.ts'
import { mayEver } from '../../access/policy.ts'
import { change } from '../../audit/change.ts'
import { Forbidden, Refused } from '../../lib/refused.ts'
import { goneOf } from '../../organisation/queries.ts'
import { kinds } from '../intake/forms.ts'
import type { DestinationInput } from './forms.ts'
import { destinations, seenMark } from './queries.ts'

/** CMP-02: which department answers which kind, for what is taken from now on. */
export function setDestinations(actor: Actor, input: DestinationInput): Promise<void> {
  return change(actor, async (tx, audit) => {
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtext('complaint.destinations'))`
    if (!mayEver(actor, 'complaints.manage')) throw new Forbidden('complaints.manage')
    const held = await destinations(tx)
    if (seenMark(held) !== input.seen)
      throw new Refused([{ rule: 'CMP-02', reason: 'intake:refused.destinationsChanged' }])
    const before: Record<string, string> = {}
    const after: Record<string, string> = {}
    for (const kind of kinds) {
      const old = held.get(kind)?.departmentId ?? null
      const departmentId = input[kind]
      if (old === departmentId) continue
      if (departmentId !== null && (await goneOf(tx, { departmentId, regionId: null })))
        throw new Refused([{ rule: 'CMP-02', reason: 'intake:refused.departmentGone', field: kind }])
      if (departmentId === null) await tx.complaintDestination.delete({ where: { kind } })
      else {
        const data = { departmentId, version: { increment: 1 } }
        await tx.complaintDestination.upsert({ where: { kind }, update: data, create: { kind, departmentId } })
      }
      before[kind] = held.get(kind)?.name ?? ''
      after[kind] = departmentId === null ? '' : await nameOf(departmentId)
    }
    if (Object.keys(after).length === 0)
      throw new Refused([{ rule: 'CMP-02', reason: 'intake:refused.nothingChanged' }])
    await audit('complaint.destinations_set', 'complaint_destinations:1', { before, after })

    async function nameOf(id: bigint): Promise<string> {
      return (await tx.department.findUniqueOrThrow({ where: { id }, select: { name: true } })).name
    }
  })
}
