import { fileField } from '../attachments/limits.ts'
import { dateTimeText } from '../lib/dates.ts'
import { download, form, page, seeOther } from '../web/route.ts'
import { askToView } from './commands.ts'
import { openInEmergency } from './emergency.ts'
import { applicationPage } from './form-pages.ts'
import {
  emergencyForm,
  itemQuery,
  registerQuery,
  viewingForm,
  visitorForm,
  type ItemQuery,
  type NewEmergency,
  type NewViewing,
  type NewVisitor,
  type RegisterQuery,
} from './forms.ts'
import { mineViewingsPage, receivedPage } from './pages.ts'
import { viewingPolicy } from './policy.ts'
import { receivedBy, reviewedBy, viewingsOf } from './queries.ts'
import { recordRoutes } from './record-routes.ts'
import { countLines, linesFor } from './register.ts'
import { exportRegister } from './register-file.ts'
import { exportPage, registerPage } from './register-page.ts'
import { registerVisitor } from './visitors.ts'

const at = (number: string) => `/viewings/${number}`

export const viewingRoutes = [
  page('/viewings', {
    allow: viewingPolicy.list,
    view: 'viewings/index',
    show: async ({ actor, now }) => {
      const [own, reviews] = await Promise.all([viewingsOf(actor, now), reviewedBy(actor, now)])
      return mineViewingsPage(actor, own, reviews, now)
    },
  }),
  page('/viewings/received', {
    allow: viewingPolicy.receive,
    view: 'viewings/received',
    show: async ({ actor, now }) => receivedPage(actor, await receivedBy(actor, now), now),
  }),
  page<undefined, RegisterQuery>('/viewings/register', {
    allow: viewingPolicy.register,
    query: registerQuery,
    view: 'viewings/register',
    show: async ({ actor, query, now }) => {
      const [lines, count] = await Promise.all([linesFor(actor, query, now), countLines(actor, query, now)])
      return registerPage(actor, query, { lines, count })
    },
  }),
  page<undefined, RegisterQuery>('/viewings/register/export', {
    allow: viewingPolicy.register,
    stepUp: true,
    query: registerQuery,
    view: 'viewings/register-export',
    show: async ({ actor, query, now }) => exportPage(actor, query, await countLines(actor, query, now)),
  }),
  download<undefined, RegisterQuery>('/viewings/register/file', {
    allow: viewingPolicy.register,
    stepUp: '/viewings/register/export',
    query: registerQuery,
    send: ({ actor, query, now }) => exportRegister(actor, query, now),
  }),
  form<NewViewing, undefined, ItemQuery>('/viewings/new', {
    allow: viewingPolicy.ask,
    query: itemQuery as never,
    draft: true,
    view: 'viewings/new',
    show: ({ actor, query, now }) => applicationPage(actor, query, 'own', now),
    fields: viewingForm,
    submit: async ({ actor, input, now }) => {
      const { number, sealed } = await askToView(actor, input, now)
      return seeOther(at(number), sealed ? 'viewings:notice.filed' : 'viewings:notice.unsealed', { number })
    },
  }),
  form<NewVisitor, undefined, ItemQuery>('/viewings/visitors/new', {
    allow: viewingPolicy.receive,
    query: itemQuery as never,
    view: 'viewings/visitor',
    show: ({ actor, query, now }) => applicationPage(actor, query, 'visitor', now),
    fields: visitorForm,
    upload: fileField,
    submit: async ({ actor, input, upload, now }) => {
      const { number } = await registerVisitor(actor, input, upload, now)
      return seeOther(at(number), 'viewings:notice.visitor', { number })
    },
  }),
  form<NewEmergency, undefined, ItemQuery>('/viewings/emergency', {
    allow: viewingPolicy.emergency,
    query: itemQuery as never,
    view: 'viewings/emergency',
    show: ({ actor, query, now }) => applicationPage(actor, query, 'emergency', now),
    fields: emergencyForm,
    submit: async ({ actor, input, now }) => {
      const { number, until } = await openInEmergency(actor, input, now)
      return seeOther(at(number), 'viewings:notice.emergency', { number, until: dateTimeText(until) })
    },
  }),
  ...recordRoutes,
]
