import type { Actor } from '../../access/actor.ts'
import { mayEver } from '../../access/policy.ts'
import { change } from '../../audit/change.ts'
import { Forbidden, NotFound, refuseIf, Refused } from '../../lib/refused.ts'
import type { WaysInput } from './forms.ts'
import { wayProblems } from './rules.ts'

/** CMP-26: what the public page and every printed form say of complaining. */
export function setWays(actor: Actor, { version, ...ways }: WaysInput): Promise<void> {
  return change(actor, async (tx, audit) => {
    if (!mayEver(actor, 'complaints.manage')) throw new Forbidden('complaints.manage')
    await tx.$queryRaw`select 1 from company where id = 1 for update`
    const company = await tx.company.findUnique({ where: { id: 1 } })
    if (!company) throw new NotFound()
    if (company.version !== version) throw new Refused([{ rule: 'CMP-26', reason: 'closing:refused.waysChanged' }])
    refuseIf(wayProblems(ways))
    const { complaintPhone, complaintEmail, complaintPlace, complaintPerson, complaintHours } = company
    await tx.company.update({ where: { id: 1 }, data: { ...ways, version: { increment: 1 } } })
    await audit('complaint.ways_set', 'company:1', {
      before: { complaintPhone, complaintEmail, complaintPlace, complaintPerson, complaintHours },
      after: ways,
    })
  })
}
