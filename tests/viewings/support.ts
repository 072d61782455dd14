import type { SecrecyLevel } from '../../prisma/client/enums.ts'
import { db } from '../../src/db.ts'
import { acknowledged, agreed, anItem } from '../support/archive.ts'
import { make } from '../support/make.ts'
import type { NewViewing } from '../../src/viewings/forms.ts'
import { askToView } from '../../src/viewings/commands.ts'
import type { Actor } from '../../src/access/actor.ts'

/** Tuesday, ten in the morning. */
export const now = new Date('2026-11-24T02:00:00Z')
export const later = (ms: number, from = now) => new Date(from.getTime() + ms)
export const hour = 3_600_000

/** Of a customer in 城东营业部, where the cast's clerks and their head are. */
export async function itemsOf(...levels: SecrecyLevel[]) {
  const customer = await make.customer({ department: '城东营业部' })
  const items = []
  for (const secrecy of levels) items.push(await anItem(customer, { secrecy }))
  return items
}

export const asking = (items: { number: string }[], more: Partial<NewViewing> = {}): NewViewing => ({
  items: items.map(({ number }) => number),
  day: '2026-11-24',
  span: 'd1',
  purpose: 'complaint',
  reason: '核对交货期与合同约定是否一致',
  ...more,
})

export async function asked(actor: Actor, items: { number: string }[], more: Partial<NewViewing> = {}, at = now) {
  const { number } = await askToView(actor, asking(items, more), at)
  return db.viewing.findUniqueOrThrow({ where: { number } })
}

export const subjectOf = ({ id }: { id: bigint }) => `viewing:${id}`

export const ready = async (...people: { id: bigint }[]) => {
  await acknowledged(...people)
  await agreed(...people)
}
