import { signedIn, type Actor } from '../../access/actor.ts'
import { permit } from '../../access/policy.ts'
import { Refused } from '../../lib/refused.ts'
import { form, page, seeOther } from '../../web/route.ts'
import { company } from '../ways/queries.ts'
import { rateComplaint } from './commands.ts'
import { ratingForm, type Rating } from './forms.ts'
import { countMiss, mayTry } from './limits.ts'
import { ratingPage } from './pages.ts'
import { openLink } from './queries.ts'

const anyone = permit('public.read')
const behind = async (_actor: Actor, token?: string) => token ?? ''

/** SAT-03: without account or session. Short, as its address stands in a code on paper. */
export const ratingRoutes = [
  page('/r/thanks', {
    allow: anyone,
    view: 'complaints/ratings/thanks',
    show: async () => ({ company: (await company())?.name ?? null }),
  }),
  form<Rating, string>('/r/:token', {
    load: behind,
    allow: anyone,
    view: 'complaints/ratings/rate',
    show: async ({ actor, record: token, now }) => {
      const house = (await company())?.name ?? null
      const { ip } = actor.origin
      if (signedIn(actor)) return ratingPage(actor, house, null, 'staff')
      if (!(await mayTry(ip))) return ratingPage(actor, house, null, 'busy')
      const link = await openLink(token, now)
      if (!link) await countMiss(ip)
      return ratingPage(actor, house, link, 'closed')
    },
    fields: ratingForm,
    submit: async ({ actor, record: token, input, now }) => {
      if (!(await mayTry(actor.origin.ip))) throw new Refused([{ rule: 'SAT-03', reason: 'closing:rating.busy' }])
      await rateComplaint(actor, token, input, now)
      return seeOther('/r/thanks')
    },
  }),
]
