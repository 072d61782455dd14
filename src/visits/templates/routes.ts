import { form, page, seeOther } from '../../web/route.ts'
import { isOwn, visitPolicy } from '../policy.ts'
import { addTemplate, correctTemplate, endTemplate, goingProblems } from './commands.ts'
import {
  endForm,
  templateForm,
  templateQuery,
  type TemplateEnd,
  type TemplateInput,
  type TemplateQuery,
} from './forms.ts'
import { templatePage, templatesPage } from './pages.ts'
import { templateFor, type Template } from './queries.ts'
import type { Actor } from '../../access/actor.ts'

const own = Object.assign((actor: Actor, template: Template) => isOwn(actor, template), { act: visitPolicy.plan.act })

export const templateRoutes = [
  page('/visits/templates', {
    allow: visitPolicy.plan,
    view: 'visits/templates/index',
    show: ({ actor }) => templatesPage(actor),
  }),
  form<TemplateInput, undefined, TemplateQuery>('/visits/templates/new', {
    allow: visitPolicy.plan,
    query: templateQuery as never,
    view: 'visits/templates/form',
    show: ({ actor, query, now, typed }) => templatePage(actor, null, query, now, typed),
    fields: templateForm as never,
    submit: async ({ actor, input, now }) =>
      seeOther('/visits/templates', 'visitPlans:notice.templateAdded', { party: await addTemplate(actor, input, now) }),
  }),
  form<TemplateInput, Template>('/visits/templates/:id', {
    load: templateFor,
    allow: own,
    guard: ({ record }) => goingProblems(record),
    view: 'visits/templates/form',
    show: ({ actor, record, now, typed }) => templatePage(actor, record, {}, now, typed),
    fields: templateForm as never,
    submit: async ({ actor, record, input }) =>
      seeOther('/visits/templates', 'visitPlans:notice.templateSaved', {
        party: await correctTemplate(actor, record, input),
      }),
  }),
  form<TemplateEnd, Template>('/visits/templates/:id/end', {
    load: templateFor,
    allow: own,
    fields: endForm,
    submit: async ({ actor, record, input, now }) => {
      await endTemplate(actor, record, input.version, now)
      return seeOther('/visits/templates', 'visitPlans:notice.templateEnded')
    },
  }),
]
