import { Prisma } from '../../../../prisma/client/client.ts'
import type { Actor } from '../../../access/actor.ts'
import { mayEver, waysWithin } from '../../../access/policy.ts'

export type ListAct = 'credit.view' | 'credit.export'

/** CRD-13: who ships sees what may go out, and what went. */
const shippable = Prisma.sql`state in ('released', 'shipped')`

/** The ways by which releases come into a list, each of which an index walks; together they are what `seesRelease` lets through. */
export function waysIn(actor: Actor, act: ListAct): Prisma.Sql[] {
  const seen = waysOf(actor, act)
  if (act === 'credit.export') return seen.length > 0 ? seen : [Prisma.sql`false`]
  const shipping = waysOf(actor, 'releases.view').map((way) => Prisma.sql`${way} and ${shippable}`)
  const all = [...seen, ...shipping]
  return all.length > 0 ? all : [Prisma.sql`false`]
}

function waysOf(actor: Actor, act: ListAct | 'releases.view'): Prisma.Sql[] {
  if (!mayEver(actor, act)) return []
  return waysWithin(actor, act) ?? [Prisma.sql`true`]
}

/** The same as one condition. */
export const seenSql = (actor: Actor): Prisma.Sql =>
  Prisma.sql`(${Prisma.join(
    waysIn(actor, 'credit.view').map((way) => Prisma.sql`(${way})`),
    ' or ',
  )})`
