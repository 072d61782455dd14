import type { Actor } from '../../access/actor.ts'
import { translate } from '../../i18n.ts'
import { isNarrowed, type ItemQuery } from './address.ts'
import { chipsOf } from './chips.ts'
import { countsOf, type ItemList } from './queries.ts'

export type WayOut = { href: string; label: string; word: string; n: number }

/** Where nothing was found: the one condition without which most would be. */
export async function wayOutOf(actor: Actor, query: ItemQuery, { rows, names }: ItemList): Promise<WayOut | null> {
  if (rows.length > 0 || !isNarrowed(query)) return null
  const chips = chipsOf(query, names, translate[actor.language])
  const counts = await countsOf(
    actor,
    chips.map(({ name }) => ({ ...query, [name]: '' })),
  )
  const best = counts.indexOf(Math.max(...counts))
  const { remove: href, label, word } = chips[best]!
  return counts[best]! > 0 ? { href, label, word, n: counts[best]! } : null
}
