import { form, seeOther } from '../../web/route.ts'
import { visitPolicy } from '../policy.ts'
import { recordUnplanned } from './commands.ts'
import { newQuery, unplannedForm, type NewQuery, type Sent } from './forms.ts'
import { unplannedPage } from './pages.ts'
import { customerToRecord } from './queries.ts'
import { voidProblems } from '../making.ts'

export const unplannedRoutes = [
  form<Sent, undefined, NewQuery>('/visits/new', {
    allow: visitPolicy.plan,
    guard: async ({ actor, query }) => {
      const customer = await customerToRecord(actor, query.customer)
      return voidProblems(customer ? [customer] : [], 'customer')
    },
    query: newQuery as never,
    view: 'visits/unplanned/new',
    show: async ({ actor, query, now }) => unplannedPage(actor, await customerToRecord(actor, query.customer), now),
    fields: unplannedForm as never,
    submit: async ({ actor, input, now }) => {
      const { number, party, made, asked } = await recordUnplanned(actor, input, now)
      const notice = made ? 'recorded' : asked ? 'arrangedAsked' : 'arranged'
      return seeOther(`/visits/${number}`, `visitDay:notice.${notice}`, { party })
    },
  }),
]
