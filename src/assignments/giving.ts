import type { Actor } from '../access/actor.ts'
import { auditMany, type Audit } from '../audit/change.ts'
import type { Tx } from '../db.ts'
import { assigned, move, placeWords, type Going } from './moving.ts'
import { tellOwners } from './telling.ts'

/** What their lines in the trail say beside the places, why, and what the new owners' notice is about. */
type Telling = { subject: string; more?: object; why?: string | null }

/** Customers that are held go to their new places: each has its line in the trail, each new owner one notice. Of many the caller's own line tells. */
export async function give(
  tx: Tx,
  audit: Audit,
  actor: Actor,
  going: readonly Going[],
  { subject, more, why }: Telling,
  now: Date,
): Promise<void> {
  const places = going.map(({ customer, place }) => ({ ...place, id: customer.id }))
  await move(tx, audit, actor, places, now)
  const words = await placeWords(tx, [...going.map(({ customer }) => customer), ...places])
  const items = going.map(({ customer, place }) => {
    const { before, after } = assigned(customer, place, words, now)
    return {
      subject: `customer:${customer.id}`,
      detail: { before, after: { ...after, ...more }, ...(why ? { why } : {}) },
    }
  })
  const [only] = items
  if (only && items.length === 1) await audit('customer.assigned', only.subject, only.detail)
  else await auditMany(tx, actor, 'customer.assigned', items)
  const given = going.map(({ customer, place }) => ({
    number: customer.number,
    before: customer.ownerId,
    after: place.ownerId,
  }))
  await tellOwners(tx, actor, subject, given, now)
}
