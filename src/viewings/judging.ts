import type { Actor } from '../access/actor.ts'
import { may } from '../access/policy.ts'
import { needsWindow } from '../archive/levels.ts'
import { keeps } from '../archive/policy.ts'
import type { Item } from '../archive/queries.ts'
import type { Tx } from '../db.ts'
import { refuseIf, type Refusal } from '../lib/refused.ts'
import { itemsNamed } from './naming.ts'

export const mostItems = 20

/** ARC-06: internal items in reach, and what one keeps, open without an application. */
export const opensAnyway = (actor: Actor, item: Item): boolean =>
  (!needsWindow(item.secrecy) && may(actor, 'archive.view', item)) || keeps(actor, item)

const refuse = (reason: Refusal['reason'], params?: Refusal['params']): Refusal => ({
  rule: 'ARC-07',
  reason,
  field: 'items',
  ...(params ? { params } : {}),
})

/** Exactly these items, of one customer, none of them gone; `opens` says which need no application. */
export async function askedItems(
  actor: Actor,
  numbers: readonly string[],
  opens: (actor: Actor, item: Item) => boolean,
): Promise<Item[]> {
  if (numbers.length === 0) refuseIf([refuse('viewings:refused.noItems')])
  if (numbers.length > mostItems) refuseIf([refuse('viewings:refused.tooMany', { most: mostItems })])
  const { items, unknown } = await itemsNamed(actor, numbers)
  if (unknown.length > 0) refuseIf([refuse('viewings:refused.unknown', { numbers: unknown.join('、') })])
  refuseIf(itemProblems(actor, items, opens))
  return items
}

function itemProblems(actor: Actor, items: Item[], opens: (actor: Actor, item: Item) => boolean): Refusal[] {
  const [first] = items as [Item]
  const others = items.filter(({ customerId }) => customerId !== first.customerId).map(({ number }) => number)
  return [
    ...(others.length > 0
      ? [refuse('viewings:refused.customers', { numbers: others.join('、'), first: first.number })]
      : []),
    ...items
      .filter(({ state }) => state === 'disposed')
      .map(({ number }) => refuse('viewings:refused.disposed', { number })),
    ...items
      .filter((item) => item.state !== 'disposed' && opens(actor, item))
      .map(({ number }) => refuse('viewings:refused.notNeeded', { number })),
  ]
}

/** The items are held: two applications of one person for one item at once, and the second finds the first. */
export async function waitingProblems(tx: Tx, actor: Actor, items: readonly Item[], own?: bigint): Promise<Refusal[]> {
  const found = await tx.viewingItem.findMany({
    where: {
      itemId: { in: items.map(({ id }) => id) },
      viewing: { applicantId: actor.id, state: 'waiting', visitorName: null, ...(own ? { id: { not: own } } : {}) },
    },
    select: { item: { select: { number: true } }, viewing: { select: { number: true } } },
  })
  return found.map(({ item, viewing }) =>
    refuse('viewings:refused.waiting', { number: item.number, viewing: viewing.number }),
  )
}
