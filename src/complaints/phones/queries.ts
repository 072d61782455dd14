import type { Actor } from '../../access/actor.ts'
import { db } from '../../db.ts'
import { NotFound } from '../../lib/refused.ts'
import { ticketOf, type Unmasked } from '../../unmaskings/queries.ts'
import { complaintFor, subjectOf, type Complaint } from '../queries.ts'

/** A complaint with a phone, for as long as that may be shown. */
export type ShownPhone = Complaint & { value: string | null; until: Date }

export const field = 'phone'
export const unmaskedOf = (complaint: { id: bigint }): Unmasked => ({
  action: 'complaint.unmasked',
  subject: subjectOf(complaint),
})

/** What nobody left cannot be shown. */
export async function phoneFor(actor: Actor, number: string): Promise<Complaint> {
  const complaint = await complaintFor(actor, number)
  if (!complaint.phone) throw new NotFound()
  return complaint
}

/** PRV-02: the number itself, by the line that says who asked and why. */
export async function shownPhone(actor: Actor, number: string, line: string): Promise<ShownPhone> {
  const complaint = await phoneFor(actor, number)
  const until = await ticketOf(actor, unmaskedOf(complaint), { field }, line)
  const held = await db.complaint.findUniqueOrThrow({ where: { id: complaint.id }, select: { phone: true } })
  return { ...complaint, value: held.phone, until }
}
