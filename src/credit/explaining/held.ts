import type { Actor } from '../../access/actor.ts'
import { db } from '../../db.ts'
import { translate } from '../../i18n.ts'
import { releaseToSign } from '../queries.ts'
import { ladderOf } from '../releases/ladder.ts'
import { weighedNow } from '../releases/queries.ts'
import { shortTerms, stopsOf } from '../releases/saying.ts'
import { heldOf, mostHeld } from './queries.ts'

/** The customer's held releases as their own pages show them: what is short, and what can be done. */
export async function heldReleases(actor: Actor, customerId: bigint, now: Date) {
  const t = translate[actor.language]
  const ids = await heldOf(customerId)
  const shown = await Promise.all(
    ids.slice(0, mostHeld).map(async ({ id }) => {
      const release = await releaseToSign(id)
      const scale = await weighedNow(db, release, now)
      return {
        number: release.number,
        title: t('creditFigure:held.title', { number: release.number }),
        terms: shortTerms(t, scale, release.goods),
        stops: stopsOf(t, scale.weighed.holds),
        passes: scale.weighed.holds.length === 0,
        ladder: await ladderOf(actor, release, scale, now),
      }
    }),
  )
  return { shown, more: ids.length > mostHeld }
}
