import { type Plan, planFor } from '../queries.ts'
import { download, form, page, seeOther } from '../../web/route.ts'
import { beginPage } from './begin-page.ts'
import { beginPlan, beginWith } from './beginning.ts'
import { submitPlan } from './commands.ts'
import { printPlan } from './documents.ts'
import { exportPlan } from './export.ts'
import {
  type Begin,
  beginForm,
  beginQuery,
  type BeginQuery,
  lineQuery,
  type LineQuery,
  type ListQuery,
  listQuery,
  type Submission,
  submissionForm,
  type Suggested,
  suggestionForm,
  takingUpForm,
} from './forms.ts'
import { listPage } from './list-pages.ts'
import { duePage } from './due-page.ts'
import { planPage } from './pages.ts'
import { planPolicy } from './policy.ts'
import { submissionPage } from './submission-page.ts'
import { lineNotice } from './saying.ts'
import { numbersDue, takeSuggested } from './suggesting.ts'
import { takeUpTemplates } from './taking-up.ts'
import { lineRoutes } from './line-routes.ts'
const addressOf = ({ number }: Pick<Plan, 'number'>) => `/visits/plans/${number}`

export const planRoutes = [
  page<undefined, ListQuery>('/visits/plans', {
    allow: planPolicy.list,
    query: listQuery as never,
    view: 'visits/plans/index',
    show: ({ actor, query, now }) => listPage(actor, query, now),
  }),
  form<Begin, undefined, BeginQuery>('/visits/plans/new', {
    allow: planPolicy.begin,
    query: beginQuery as never,
    view: 'visits/plans/new',
    show: ({ actor, query, now, typed }) => beginPage(actor, { ...query, ...typed }, now),
    fields: beginForm,
    submit: async ({ actor, input: { month, customer, day }, now }) => {
      if (customer) {
        const { number, begun, line } = await beginWith(actor, { month, customer, day }, now)
        const notice = begun ? 'visitPlans:notice.begunWith' : 'visitPlans:notice.added'
        return seeOther(`${addressOf({ number })}#${line.number}`, notice, { number, ...lineNotice(actor, line) })
      }
      const { number, begun } = await beginPlan(actor, month, now)
      return seeOther(addressOf({ number }), begun ? 'visitPlans:notice.begun' : 'visitPlans:notice.opened', {
        number,
        month,
      })
    },
  }),
  page<Plan, LineQuery>('/visits/plans/:number', {
    load: planFor,
    allow: planPolicy.view,
    query: lineQuery as never,
    view: 'visits/plans/show',
    show: ({ actor, record, query, now }) => planPage(actor, record, query, now),
  }),
  ...lineRoutes,
  form<Suggested, Plan>('/visits/plans/:number/suggestions', {
    load: planFor,
    allow: planPolicy.own,
    view: 'visits/plans/due',
    show: ({ actor, record, now }) => duePage(actor, record, now),
    fields: suggestionForm as never,
    submit: async ({ actor, record, input, now }) => {
      const customers = input.all ? await numbersDue(actor, record, now) : input.customers
      const n = await takeSuggested(actor, record, { ...input, customers }, now)
      return seeOther(addressOf(record), 'visitPlans:notice.suggested', { n })
    },
  }),
  form<object, Plan>('/visits/plans/:number/templates', {
    load: planFor,
    allow: planPolicy.own,
    fields: takingUpForm,
    submit: async ({ actor, record, now }) => {
      const { added, moved } = await takeUpTemplates(actor, record, now)
      const notice = moved > 0 ? 'visitPlans:notice.takenUpMoved' : 'visitPlans:notice.takenUp'
      return seeOther(addressOf(record), notice, { n: added, moved })
    },
  }),
  form<Submission, Plan>('/visits/plans/:number/submission', {
    load: planFor,
    allow: planPolicy.own,
    view: 'visits/plans/submission',
    show: ({ actor, record, now }) => submissionPage(actor, record, now),
    fields: submissionForm,
    submit: async ({ actor, record, input, now }) => {
      const { approval, late } = await submitPlan(actor, record, input, now)
      const notice = late ? 'visitPlans:notice.submittedLate' : 'visitPlans:notice.submitted'
      return seeOther(addressOf(record), notice, { approval })
    },
  }),
  download<Plan>('/visits/plans/:number/print', {
    load: planFor,
    allow: planPolicy.view,
    send: ({ actor, record, now }) => printPlan(actor, record, now),
  }),
  download<Plan>('/visits/plans/:number/sheet', {
    load: planFor,
    allow: planPolicy.export,
    stepUp: '/visits/plans',
    send: ({ actor, record, now }) => exportPlan(actor, record, now),
  }),
]
