import type { Actor } from '../../access/actor.ts'
import { translate } from '../../i18n.ts'
import { bestWayOut, type WayOut } from '../../web/lists.ts'
import { isNarrowed, type ItemQuery } from './address.ts'
import { chipsOf } from './chips.ts'
import { countsOf, type ItemList } from './queries.ts'

/** Where nothing was found: the one condition without which most would be. */
export async function wayOutOf(actor: Actor, query: ItemQuery, { rows, names }: ItemList): Promise<WayOut | null> {
  if (rows.length > 0 || !isNarrowed(query)) return null
  const chips = chipsOf(query, names, translate[actor.language])
  const counts = await countsOf(
    actor,
    chips.map(({ name }) => ({ ...query, [name]: '' })),
  )
  return bestWayOut(chips, counts)
}
