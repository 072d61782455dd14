import { form, page, seeOther } from '../web/route.ts'
import { removeView, renameView, saveView, shareView } from './commands.ts'
import {
  inQuery,
  newViewForm,
  removalForm,
  sharingForm,
  viewForm,
  type InQuery,
  type NewView,
  type Renaming,
  type Sharing,
} from './forms.ts'
import { newViewPage, viewsPage } from './pages.ts'
import { viewPolicy } from './policy.ts'
import { viewFor, viewsFor, type View } from './queries.ts'

export const savedViewRoutes = [
  page('/customers/views', {
    allow: viewPolicy.keep,
    view: 'saved-views/index',
    show: async ({ actor }) => viewsPage(actor, await viewsFor(actor)),
  }),
  form<NewView, undefined, InQuery>('/customers/views/new', {
    allow: viewPolicy.keep,
    query: inQuery as never,
    view: 'saved-views/new',
    show: ({ actor, query }) => newViewPage(actor, query.in),
    fields: newViewForm,
    submit: async ({ actor, input }) => {
      const search = await saveView(actor, input)
      return seeOther(search ? `/customers?${search}` : '/customers', 'views:notice.saved', { name: input.name })
    },
  }),
  form<Renaming, View>('/customers/views/:view', {
    load: viewFor,
    allow: viewPolicy.keep,
    view: 'saved-views/one',
    show: ({ record }) => ({ view: record }),
    fields: viewForm,
    submit: async ({ actor, record, input }) => {
      await renameView(actor, record.id, input)
      return seeOther('/customers/views', 'views:notice.renamed', { name: input.name })
    },
  }),
  form<Sharing, View>('/customers/views/:view/sharing', {
    load: viewFor,
    allow: viewPolicy.share,
    fields: sharingForm,
    submit: async ({ actor, record, input }) => {
      await shareView(actor, record.id, input)
      return seeOther('/customers/views', `views:notice.${input.shared ? 'shared' : 'unshared'}`, { name: record.name })
    },
  }),
  form<object, View>('/customers/views/:view/removal', {
    load: viewFor,
    allow: viewPolicy.keep,
    fields: removalForm,
    submit: async ({ actor, record }) => {
      await removeView(actor, record.id)
      return seeOther('/customers/views', 'views:notice.removed', { name: record.name })
    },
  }),
]
