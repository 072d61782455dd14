import type { LinkKind } from '../../prisma/client/enums.ts'
import type { Refusal } from '../lib/refused.ts'

/** CUS-12: what the other customer is to this one; stored once, as what `to` is to `from`, and shown from both sides. */
export const linkSides = [
  'parent',
  'subsidiary',
  'referrer',
  'referred',
  'relative',
  'driver',
  'driven',
  'secretary',
  'assisted',
  'attached_guest',
  'host',
] as const
export type LinkSide = (typeof linkSides)[number]

type Ends = { fromId: bigint; toId: bigint }
export type StoredLink = Ends & { kind: LinkKind }

const facing: Record<LinkKind, LinkSide> = {
  parent: 'subsidiary',
  referrer: 'referred',
  relative: 'relative',
  driver: 'driven',
  secretary: 'assisted',
  attached_guest: 'host',
}
const kinds = Object.keys(facing) as LinkKind[]

/** 上级单位 seen from the one is 下属单位 seen from the other. */
export function opposite(side: LinkSide): LinkSide {
  return kinds.find((kind) => facing[kind] === side) ?? facing[side as LinkKind]
}

/** How “the other is this customer's …” is stored. */
export function storedLink(side: LinkSide, customerId: bigint, otherId: bigint): StoredLink {
  const kind = kinds.find((one) => one === side)
  if (kind) return { kind, fromId: customerId, toId: otherId }
  return { kind: opposite(side) as LinkKind, fromId: otherId, toId: customerId }
}

/** What the other end is to this customer. */
export function sideOf({ kind, fromId }: StoredLink, customerId: bigint): LinkSide {
  return fromId === customerId ? kind : facing[kind]
}

/**
 * CUS-12: nobody is linked to himself, a link stands once and not the other way round, too, and nobody is above his own
 * parents. `above` are all who stand above `to`.
 */
export function linkProblems(link: StoredLink, existing: Ends[], above: bigint[]): Refusal[] {
  const refuse = (reason: Refusal['reason']): Refusal[] => [{ rule: 'CUS-12', reason, field: 'other' }]
  if (link.fromId === link.toId) return refuse('links:refused.self')
  if (existing.some(({ fromId }) => fromId === link.fromId || link.kind === 'relative'))
    return refuse('links:refused.twice')
  if (link.kind === 'parent' && above.includes(link.fromId)) return refuse('links:refused.circle')
  return existing.length > 0 ? refuse('links:refused.reversed') : []
}
