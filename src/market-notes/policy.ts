import type { MarketNoteKind } from '../../prisma/client/enums.ts'
import type { Actor } from '../access/actor.ts'
import { mayEver, permit, permitAt, type Permit, type Placed } from '../access/policy.ts'

export const noteKinds = [
  'market',
  'competitor',
  'price',
  'policy',
  'channel',
  'product',
] as const satisfies MarketNoteKind[]

/** What was heard is written down, corrected and withdrawn by whoever heard it. */
const own = <R extends Placed>(): Permit<R> =>
  Object.assign((actor: Actor, { ownerId }: R) => ownerId === actor.id && mayEver(actor, 'visits.plan'), {
    act: 'visits.plan' as const,
  })

export const notePolicy = {
  list: permit('market_notes.view'),
  view: permitAt<Placed>('market_notes.view'),
  record: permit('visits.plan'),
  own: own<Placed>(),
  export: permit('visits.export'),
}
