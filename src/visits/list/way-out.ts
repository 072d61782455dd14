import type { Actor } from '../../access/actor.ts'
import { translate } from '../../i18n.ts'
import { bestWayOut } from '../../web/lists.ts'
import { isNarrowed, type VisitListQuery } from './address.ts'
import { chipsOf } from './chips.ts'
import { countsOf, type VisitList } from './queries.ts'

/** Where nothing was found: the one condition without which most would be. */
export async function wayOutOf(
  actor: Actor,
  query: VisitListQuery,
  { rows, names }: Pick<VisitList, 'rows' | 'names'>,
  now: Date,
) {
  if (rows.length > 0 || !isNarrowed(query)) return null
  const chips = chipsOf(query, names, translate[actor.language])
  const counts = await countsOf(
    actor,
    chips.map(({ name }): VisitListQuery => ({ ...query, [name]: '' })),
    now,
  )
  return bestWayOut(chips, counts)
}
