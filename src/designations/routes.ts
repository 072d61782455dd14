import { form, page, seeOther } from '../web/route.ts'
import { designate, endDesignation } from './commands.ts'
import { designationForm, endForm, type Ending, type NewDesignation } from './forms.ts'
import { endPage, listPage, newPage } from './pages.ts'
import { designationPolicy } from './policy.ts'
import { colleaguesAtWork, designationFor, designations, type DesignationRow } from './queries.ts'

export const designationRoutes = [
  page('/designations', {
    allow: designationPolicy.manage,
    view: 'designations/index',
    show: async ({ actor, now }) => listPage(actor, await designations(), now),
  }),
  form<NewDesignation>('/designations/new', {
    allow: designationPolicy.manage,
    view: 'designations/new',
    show: async ({ now }) => newPage(await colleaguesAtWork(), now),
    fields: designationForm,
    submit: async ({ actor, input, now }) => {
      const name = await designate(actor, input, now)
      return seeOther('/designations', 'designations:notice.given', { name })
    },
  }),
  form<Ending, DesignationRow>('/designations/:id/ending', {
    load: designationFor,
    allow: designationPolicy.manage,
    view: 'designations/ending',
    show: ({ record }) => endPage(record),
    fields: endForm,
    submit: async ({ actor, record, input, now }) => {
      await endDesignation(actor, record, input, now)
      return seeOther('/designations', 'designations:notice.ended', { name: record.name })
    },
  }),
]
