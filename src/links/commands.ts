import type { Actor } from '../access/actor.ts'
import { may } from '../access/policy.ts'
import { change } from '../audit/change.ts'
import { lockCustomer } from '../customers/queries.ts'
import type { Tx } from '../db.ts'
import { Forbidden, refuseIf } from '../lib/refused.ts'
import type { NewLink, Removal } from './forms.ts'
import { linkIn, linksBetween, otherNamed, parentsAbove } from './queries.ts'
import { linkProblems, opposite, storedLink } from './rules.ts'

type Here = { id: bigint; number: string }

/**
 * CUS-12: links two customers; both have it in their history, which tells the other one's number only to those who see
 * it. Who links must see both.
 */
export function addLink(actor: Actor, here: Here, { side, other: typed, note }: NewLink, now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    const other = await otherNamed(tx, actor, typed)
    const link = storedLink(side, here.id, other.id)
    if (link.kind === 'parent') await lockParents(tx)
    await lockBoth(tx, actor, here.id, other.id)
    const above = link.kind === 'parent' ? await parentsAbove(tx, link.toId) : []
    refuseIf(linkProblems(link, await linksBetween(tx, link), above))
    const { id } = await tx.customerLink.create({ data: { ...link, note, createdAt: now }, select: { id: true } })
    const part = `link:${id}`
    const told = { part, ...(note ? { note } : {}) }
    await audit('link.added', `customer:${here.id}`, {
      before: { part },
      after: { side, other: other.number, ...told },
    })
    await audit('link.added', `customer:${other.id}`, {
      before: { part },
      after: { side: opposite(side), other: here.number, ...told },
    })
  })
}

/** Takes a link away from both sides. */
export function removeLink(actor: Actor, here: Here, linkId: bigint, { reason }: Removal, now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    const { other } = await linkIn(tx, actor, here.id, linkId)
    await lockBoth(tx, actor, here.id, other.id)
    const { side } = await linkIn(tx, actor, here.id, linkId)
    await tx.customerLink.update({ where: { id: linkId }, data: { removedAt: now } })
    const part = `link:${linkId}`
    await audit('link.removed', `customer:${here.id}`, {
      before: { part },
      after: { side, other: other.number, part },
      why: reason,
    })
    await audit('link.removed', `customer:${other.id}`, {
      before: { part },
      after: { side: opposite(side), other: here.number, part },
      why: reason,
    })
  })
}

/** In the order of their identifiers, so that two who link the same two never wait for each other. */
async function lockBoth(tx: Tx, actor: Actor, id: bigint, otherId: bigint): Promise<void> {
  const locked = new Map<bigint, Awaited<ReturnType<typeof lockCustomer>>>()
  for (const one of id < otherId ? [id, otherId] : [otherId, id]) locked.set(one, await lockCustomer(tx, one))
  if (!may(actor, 'customers.correct', locked.get(id)!)) throw new Forbidden('customers.correct')
  if (!may(actor, 'customers.view', locked.get(otherId)!)) throw new Forbidden('customers.view')
}

// A circle may close over four customers in two links made at once, which share no row.
async function lockParents(tx: Tx): Promise<void> {
  await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended('customer_link.parent', 0))::text`
}
