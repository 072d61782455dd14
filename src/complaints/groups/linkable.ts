import type { Actor } from '../../access/actor.ts'
import { reads } from '../../db.ts'
import { regulationAt } from '../../regulations/in-force.ts'
import { alikeComplaints } from '../intake/repeats.ts'
import type { Complaint } from '../queries.ts'
import { phoneDigitsOf, repeatOf } from './queries.ts'

export type Linkable = Awaited<ReturnType<typeof linkableTo>>

/** CMP-05: what a complaint may be linked to and is not yet, as far as this person sees it, and what it repeats. */
export async function linkableTo(actor: Actor, complaint: Complaint, now: Date) {
  const { id, title, customerId, productKey, what, groupId, repeatOfId } = complaint
  const days = (await regulationAt(now)).value('complaints.repeat_days')
  const matter = {
    customerId,
    phoneDigits: await phoneDigitsOf(id),
    productKey,
    text: `${title} ${what}`,
    except: id,
  }
  const found = await alikeComplaints(reads, actor, matter, { now, days })
  const alike = found.filter(
    (one) => one.seen && one.id !== repeatOfId && (groupId === null || one.groupId !== groupId),
  )
  return { days, alike, first: repeatOfId === null ? null : await repeatOf(actor, repeatOfId) }
}
