import { db } from '../../../db.ts'
import { translate } from '../../../i18n.ts'
import { creditPolicy } from '../../policy.ts'
import { ladderOf } from '../ladder.ts'
import { weighedNow } from '../queries.ts'
import { figureTerms, shortTerms, stopsOf } from '../saying.ts'
import type { Part } from './parts.ts'

/** CRD-06, CRD-20: of a held one how it stands this moment, why it is held and what can be done. */
export const weighedPart: Part = {
  section: async (actor, release, now) => {
    if (release.state !== 'held' || !creditPolicy.view(actor, release)) return null
    const t = translate[actor.language]
    const scale = await weighedNow(db, release, now)
    return {
      view: 'credit/releases/weighed',
      place: 'column',
      model: {
        terms: figureTerms(t, scale),
        asked: shortTerms(t, scale, release.goods),
        passes: scale.weighed.holds.length === 0,
        stops: stopsOf(t, scale.weighed.holds),
        figureAt: `/credit/customers/${release.customer.number}`,
        ladder: await ladderOf(actor, release, scale, now),
      },
    }
  },
}
