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
import { complaintList, customerList, releaseList, visitList, type KeptList } from './lists.ts'
import { listOf, newViewPage, viewsPage } from './pages.ts'
import { viewPolicy } from './policy.ts'
import { viewFor, viewsFor, type View } from './queries.ts'

const routesOf = <Q>(list: KeptList<Q>) => [
  page(`${list.path}/views`, {
    allow: list.keep,
    view: 'saved-views/index',
    show: async ({ actor }) => viewsPage(actor, list, await viewsFor(actor, list)),
  }),
  form<NewView, undefined, InQuery>(`${list.path}/views/new`, {
    allow: list.keep,
    query: inQuery as never,
    view: 'saved-views/new',
    show: ({ actor, query }) => newViewPage(actor, list, query.in),
    fields: newViewForm,
    submit: async ({ actor, input }) => {
      const search = await saveView(actor, input, list)
      return seeOther(search ? `${list.path}?${search}` : list.path, 'views:notice.saved', { name: input.name })
    },
  }),
  form<Renaming, View<Q>>(`${list.path}/views/:view`, {
    load: viewFor(list),
    allow: list.keep,
    view: 'saved-views/one',
    show: ({ actor, record }) => ({ view: record, list: listOf(actor, list) }),
    fields: viewForm,
    submit: async ({ actor, record, input }) => {
      await renameView(actor, record.id, input)
      return seeOther(`${list.path}/views`, 'views:notice.renamed', { name: input.name })
    },
  }),
  form<Sharing, View<Q>>(`${list.path}/views/:view/sharing`, {
    load: viewFor(list),
    allow: viewPolicy.share,
    fields: sharingForm,
    submit: async ({ actor, record, input }) => {
      await shareView(actor, record.id, input)
      const notice = `views:notice.${input.shared ? 'shared' : 'unshared'}` as const
      return seeOther(`${list.path}/views`, notice, { name: record.name })
    },
  }),
  form<object, View<Q>>(`${list.path}/views/:view/removal`, {
    load: viewFor(list),
    allow: list.keep,
    fields: removalForm,
    submit: async ({ actor, record }) => {
      await removeView(actor, record.id)
      return seeOther(`${list.path}/views`, 'views:notice.removed', { name: record.name })
    },
  }),
]

export const savedViewRoutes = [
  ...routesOf(customerList),
  ...routesOf(complaintList),
  ...routesOf(visitList),
  ...routesOf(releaseList),
]
