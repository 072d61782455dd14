import type { Actor } from '../../access/actor.ts'
import { db } from '../../db.ts'
import { translate } from '../../i18n.ts'
import { unitsOf } from '../../organisation/queries.ts'
import { form, seeOther } from '../../web/route.ts'
import { kinds } from '../intake/forms.ts'
import { complaintPolicy } from '../policy.ts'
import { setDestinations } from './commands.ts'
import { destinationForm, type DestinationInput } from './forms.ts'
import { destinations, seenMark } from './queries.ts'

export const destinationRoutes = [
  form<DestinationInput>('/complaints/destinations', {
    allow: complaintPolicy.manage,
    view: 'complaints/destinations/index',
    show: ({ actor }) => destinationsPage(actor),
    fields: destinationForm as never,
    submit: async ({ actor, input }) => {
      await setDestinations(actor, input)
      return seeOther('/complaints/destinations', 'intake:notice.destinations')
    },
  }),
]

async function destinationsPage(actor: Actor) {
  const t = translate[actor.language]
  const [held, units] = await Promise.all([destinations(db), unitsOf('department')])
  return {
    seen: seenMark(held),
    departments: units.map(({ id, name }) => ({ value: String(id), word: name })),
    kinds: kinds.map((kind) => ({
      name: kind,
      word: t(`complaints:kind.${kind}`),
      value: String(held.get(kind)?.departmentId ?? ''),
    })),
  }
}
