import type { Actor } from '../../../access/actor.ts'
import { creditPolicy } from '../../policy.ts'
import type { Release } from '../../queries.ts'
import { isOpen } from '../../states.ts'
import type { PageAct } from '../../../web/parts.ts'
import type { Part } from './parts.ts'

/** What whoever asks for it may do: weigh it again, give it up. */
export const actsPart: Part = { acts }

const mine = (actor: Actor, release: Release) => isOpen(release.state) && creditPolicy.request(actor, release)

function acts(actor: Actor, release: Release): PageAct[] {
  if (!mine(actor, release)) return []
  const home = `/releases/${release.number}`
  const cancel: PageAct = { href: `${home}/cancellation`, word: 'releases:act.cancel', rank: 'menu', how: 'drawer' }
  if (release.state !== 'held') return [cancel]
  return [
    {
      href: `${home}/check`,
      word: 'releases:act.check',
      icon: 'refresh',
      how: 'post',
      values: { version: String(release.version) },
    },
    cancel,
  ]
}
