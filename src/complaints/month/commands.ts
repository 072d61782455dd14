import { createHash } from 'node:crypto'
import type { Actor } from '../../access/actor.ts'
import { mayEver } from '../../access/policy.ts'
import { holdersAt } from '../../approvals/holders.ts'
import { change } from '../../audit/change.ts'
import { Forbidden, Refused } from '../../lib/refused.ts'
import { monthModel } from './model.ts'
import { monthFor, subjectOf } from './queries.ts'
import { monthBounds } from './rules.ts'
import { tellOfMonth } from './telling.ts'

const everywhere = { departmentId: null, regionId: null }

/** CMP-19: the month's statistics go to the general manager; what was sent stays in the trail. Answers how many were told. */
export async function reportMonth(actor: Actor, month: string, now: Date): Promise<number> {
  if (!mayEver(actor, 'complaints.manage')) throw new Forbidden('complaints.manage')
  if (monthBounds(month).until > now)
    throw new Refused([{ rule: 'CMP-19', reason: 'complaintMonth:refused.notOver', params: { month } }])
  const model = monthModel(actor, await monthFor(actor, { month, department: '' }, now))
  return change(actor, async (tx, audit) => {
    const people = (await holdersAt(tx, 'general_manager', everywhere)).filter((id) => id !== actor.id)
    if (people.length === 0) throw new Refused([{ rule: 'CMP-19', reason: 'complaintMonth:refused.nobody' }])
    await tellOfMonth(tx, 'complaint.month_reported', { month, to: people, params: { by: actor.name } }, now)
    const figures = model.head.map(({ word, n }) => `${word} ${n}`).join('；')
    const sha256 = createHash('sha256').update(JSON.stringify(model)).digest('hex')
    await audit('complaint.month_reported', subjectOf(month), { after: { month, figures, sha256, to: people.length } })
    return people.length
  })
}
