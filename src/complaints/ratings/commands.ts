import { signedIn, type Actor } from '../../access/actor.ts'
import { holdersAt } from '../../approvals/holders.ts'
import { change } from '../../audit/change.ts'
import type { Tx } from '../../db.ts'
import { translate } from '../../i18n.ts'
import { Refused } from '../../lib/refused.ts'
import { notify } from '../../notices/commands.ts'
import { lockComplaint, subjectOf, type Complaint } from '../queries.ts'
import type { Rating } from './forms.ts'
import { openLink } from './queries.ts'
import { isLow } from './rules.ts'
import { hashOf } from './token.ts'

/**
 * SAT-03: the customer's own word, once. Where nobody asked before, as of someone who was not reached, it is the
 * complaint's satisfaction; a call-back's stands.
 */
export async function rateComplaint(actor: Actor, token: string, input: Rating, now: Date): Promise<void> {
  // Nobody rates on the customer's behalf.
  if (signedIn(actor)) throw new Refused([{ rule: 'SAT-03', reason: 'closing:rating.staff' }])
  const link = await openLink(token, now)
  if (!link) throw new Refused([{ rule: 'SAT-03', reason: 'closing:rating.closed' }])
  // Whoever rates has no name here; the trail says what it was.
  const customer = { ...actor, name: translate.zh('closing:rating.customer') }
  await change(customer, async (tx, audit) => {
    const complaint = await lockComplaint(tx, link.complaintId)
    const { count } = await tx.complaintRating.updateMany({
      where: { tokenHash: hashOf(token), usedAt: null, withdrawnAt: null, expiresAt: { gt: now } },
      data: { usedAt: now, score: input.score, words: input.words },
    })
    if (count === 0) throw new Refused([{ rule: 'SAT-03', reason: 'closing:rating.closed' }])
    if (complaint.satisfaction === null)
      await tx.complaint.update({ where: { id: complaint.id }, data: { satisfaction: input.score } })
    await audit('complaint.rated', subjectOf(complaint), { after: { score: input.score } })
    if (isLow(input.score)) await tellOfLow(tx, complaint, input.score, now)
  })
}

async function tellOfLow(tx: Tx, complaint: Complaint, score: number, now: Date): Promise<void> {
  const { number, accused } = complaint
  const people = (await holdersAt(tx, 'cs_manager', complaint)).filter((id) => !accused.includes(id))
  const notice = { kind: 'complaint.rated_low', subject: subjectOf(complaint), href: `/complaints/${number}` } as const
  await notify(
    tx,
    people.map((to) => ({ ...notice, to, rule: 'SAT-03', params: { number, score } })),
    now,
  )
}
