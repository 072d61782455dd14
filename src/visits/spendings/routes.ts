import { form, seeOther, type SeeOther } from '../../web/route.ts'
import { visitPolicy } from '../policy.ts'
import { visitFor, type Visit } from '../queries.ts'
import { askAgain, changeCosts, type Changed } from './commands.ts'
import { againForm, costsForm, type Again, type CostsInput } from './forms.ts'
import { costsPage } from './pages.ts'
import { costsOf, limitFor } from './queries.ts'
import { changeProblems } from './rules.ts'

const home = ({ number }: Visit) => `/visits/${number}`

export const spendingRoutes = [
  form<CostsInput, Visit>('/visits/:number/spendings', {
    load: visitFor,
    allow: visitPolicy.own,
    guard: ({ record, now }) => changeProblems(record, now),
    view: 'visits/spendings/form',
    show: async ({ actor, record, now, typed }) =>
      costsPage(actor, record, await costsOf(record), await limitFor(record.ownerId, now), now, typed),
    fields: costsForm as never,
    submit: async ({ actor, record, input, now }) => toVisit(record, await changeCosts(actor, record, input, now)),
  }),
  form<Again, Visit>('/visits/:number/spendings/request', {
    load: visitFor,
    allow: visitPolicy.own,
    fields: againForm as never,
    submit: async ({ actor, record, input, now }) => {
      const number = await askAgain(actor, record, input.version, now)
      return seeOther(home(record), 'visitDecisions:notice.again', { number: number ?? '' })
    },
  }),
]

function toVisit(visit: Visit, { over, asked }: Changed): SeeOther {
  if (asked) return seeOther(home(visit), 'visitDecisions:notice.costsAsked', { number: asked })
  if (over > 0) return seeOther(home(visit), 'visitDecisions:notice.costsOver', { n: over })
  return seeOther(home(visit), 'visitDecisions:notice.costs')
}
