import type { Actor } from '../access/actor.ts'
import { permit } from '../access/policy.ts'
import { form, page, seeOther } from '../web/route.ts'
import { settleAlert } from './commands.ts'
import { alertsQuery, settlingForm, type AlertsQuery, type Settling } from './forms.ts'
import { alertPage, listPage } from './pages.ts'
import { alertFor, alertsFor, othersAlike, type Alert } from './queries.ts'

const show = async ({ actor, record }: { actor: Actor; record: Alert }) =>
  alertPage(actor, record, await othersAlike(record))

export const alertRoutes = [
  page<undefined, AlertsQuery>('/alerts', {
    allow: permit('alerts.view'),
    query: alertsQuery as never,
    view: 'alerts/index',
    show: async ({ actor, query }) => listPage(actor, query, await alertsFor(query)),
  }),
  page<Alert>('/alerts/:id', {
    load: alertFor,
    allow: permit('alerts.view'),
    view: 'alerts/show',
    show,
  }),
  form<Settling, Alert>('/alerts/:id/settle', {
    load: alertFor,
    allow: permit('alerts.settle'),
    view: 'alerts/show',
    show,
    fields: settlingForm,
    submit: async ({ actor, record, input, now }) => {
      await settleAlert(actor, record.id, input, now)
      return seeOther('/alerts?state=open', 'alerts:notice.settled')
    },
  }),
]
