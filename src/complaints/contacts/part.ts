import type { Actor } from '../../access/actor.ts'
import { db } from '../../db.ts'
import { translate } from '../../i18n.ts'
import type { Obstacle, PageAct } from '../../web/parts.ts'
import { negotiated } from '../crises/gates.ts'
import type { Part } from '../page/parts.ts'
import { mayWith } from '../policy.ts'
import type { Complaint } from '../queries.ts'
import { isOpen } from '../states.ts'
import { contactLines } from './pages.ts'
import { contactsOf, remedyInForce } from './queries.ts'

const at = ({ number }: Complaint, purpose?: string) =>
  `/complaints/${number}/contacts/new${purpose ? `?purpose=${purpose}` : ''}`

/** 联系记录: every word with the customer, and what is to be said next. */
export const contactsPart: Part = {
  section: async (actor, complaint) => {
    const lines = contactLines(translate[actor.language], await contactsOf(complaint))
    const speaks = isOpen(complaint.state) && mayWith(actor, 'complaints.contact', complaint)
    if (lines.length === 0 && !speaks) return null
    const model = { contacts: lines, newContact: speaks ? at(complaint) : null }
    return { view: 'complaints/contacts/section', place: 'column', model }
  },
  acts: (actor, complaint) => actsOf(actor, complaint),
  obstacles: async (actor, complaint) => tellingObstacle(actor, complaint),
}

async function actsOf(actor: Actor, complaint: Complaint): Promise<PageAct[]> {
  if (!isOpen(complaint.state) || !mayWith(actor, 'complaints.contact', complaint)) return []
  if (complaint.state === 'answering' && complaint.toldAt === null)
    return [{ href: at(complaint, 'answer'), word: 'closing:act.answer', icon: 'phone', rank: 'next' }]
  if (complaint.state !== 'telling') return [{ href: at(complaint), word: 'closing:act.contact', icon: 'phone' }]
  if (await negotiated(db, complaint))
    return [{ href: at(complaint, 'telling'), word: 'closing:act.tell', icon: 'phone', rank: 'next' }]
  return [{ href: at(complaint, 'negotiation'), word: 'closing:act.negotiate', icon: 'phone', rank: 'next' }]
}

/** CMP-08: a major complaint is negotiated before its result is told. */
async function tellingObstacle(actor: Actor, complaint: Complaint): Promise<Obstacle[]> {
  if (complaint.state !== 'telling' || !(await remedyInForce(db, complaint))) return []
  if (await negotiated(db, complaint)) return []
  const next = mayWith(actor, 'complaints.contact', complaint)
    ? { next: { href: at(complaint, 'negotiation'), word: 'closing:act.negotiate' as const } }
    : {}
  return [{ act: 'closing:cannot.tell', reason: 'closing:refused.notNegotiated', rule: 'CMP-08', ...next }]
}
