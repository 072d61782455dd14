import { mayEver, permit } from '../access/policy.ts'
import { form, page, seeOther } from '../web/route.ts'
import { reportByHand } from './commands.ts'
import { incidentForm, listQuery, newQuery, type IncidentInput, type ListQuery, type NewQuery } from './forms.ts'
import { incidentPage, listPage, newPage } from './pages.ts'
import { incidentFor, incidentsFor, type Incident } from './queries.ts'

export const incidentRoutes = [
  form<IncidentInput, undefined, NewQuery>('/incidents/new', {
    allow: permit('incidents.report'),
    query: newQuery as never,
    view: 'incidents/new',
    show: ({ actor, query, now }) => newPage(actor, query, now),
    fields: incidentForm as never,
    submit: async ({ actor, input, now }) => {
      const number = await reportByHand(actor, input, now)
      const to = mayEver(actor, 'incidents.view') ? `/incidents/${number}` : '/'
      return seeOther(to, 'incidents:notice.reported', { number })
    },
  }),
  page<undefined, ListQuery>('/incidents', {
    allow: permit('incidents.view'),
    query: listQuery as never,
    view: 'incidents/index',
    show: async ({ actor, query }) => listPage(actor, query, await incidentsFor(actor, query)),
  }),
  page<Incident>('/incidents/:number', {
    load: incidentFor,
    allow: permit('incidents.view'),
    view: 'incidents/show',
    show: ({ actor, record }) => incidentPage(actor, record),
  }),
]
