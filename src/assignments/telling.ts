import type { Actor } from '../access/actor.ts'
import type { Tx } from '../db.ts'
import { notify, withdrawNotices, type NewNotice } from '../notices/commands.ts'

type Given = { number: string; before: bigint | null; after: bigint | null }

/** Tells each new owner once, however many customers came: with the number of the one, or how many they are. */
export function tellOwners(tx: Tx, actor: Actor, subject: string, given: Given[], now: Date): Promise<void> {
  const owners = new Map<bigint, string[]>()
  for (const { number, before, after } of given)
    if (after !== null && after !== before && after !== actor.id)
      owners.set(after, [...(owners.get(after) ?? []), number])
  const notices = [...owners].map(([to, numbers]): NewNotice => ({
    to,
    kind: 'customer.assigned',
    rule: 'CUS-06',
    subject,
    ...(numbers.length === 1
      ? { href: `/customers/${numbers[0]!}`, params: { by: actor.name, number: numbers[0]! } }
      : { href: '/customers?owner=mine', params: { by: actor.name, n: numbers.length } }),
  }))
  return notify(tx, notices, now)
}

/** An assignment taken back within seconds was none: what told of it and was not mailed yet goes too. */
export async function untellOwners(tx: Tx, subject: string, customers: bigint[], since: Date): Promise<void> {
  const owned = await tx.customer.findMany({
    where: { id: { in: customers }, ownerId: { not: null } },
    distinct: ['ownerId'],
    select: { ownerId: true },
  })
  const to = owned.flatMap(({ ownerId }) => ownerId ?? [])
  await withdrawNotices(tx, { to, kind: 'customer.assigned', subject, since })
}
