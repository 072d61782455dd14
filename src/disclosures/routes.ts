import { download, form, page, seeOther } from '../web/route.ts'
import { askingPage } from './asking-page.ts'
import { askDisclosure } from './commands.ts'
import {
  disclosureForm,
  handForm,
  listQuery,
  newQuery,
  packForm,
  type Handing,
  type ListQuery,
  type NewDisclosure,
  type NewQuery,
  type Packing,
} from './forms.ts'
import { fetchPackage, handOver, packDisclosure } from './packing.ts'
import { disclosurePage, listPage } from './pages.ts'
import { handPage, packedPage } from './parcel-pages.ts'
import { disclosurePolicy } from './policy.ts'
import { disclosureFor, disclosuresFor, type Disclosure } from './queries.ts'
import { printRegister } from './register.ts'

export const disclosureRoutes = [
  page<undefined, ListQuery>('/disclosures', {
    allow: disclosurePolicy.list,
    query: listQuery as never,
    view: 'disclosures/index',
    show: async ({ actor, query, now }) => listPage(actor, query, await disclosuresFor(actor, query, now), now),
  }),
  download('/disclosures/register.pdf', {
    allow: disclosurePolicy.register,
    send: ({ actor, now }) => printRegister(actor, now),
  }),
  form<NewDisclosure, undefined, NewQuery>('/disclosures/new', {
    allow: disclosurePolicy.ask,
    query: newQuery as never,
    view: 'disclosures/new',
    show: ({ actor, query, now }) => askingPage(actor, query, now),
    fields: disclosureForm as never,
    submit: async ({ actor, input, now }) => {
      const number = await askDisclosure(actor, input, now)
      return seeOther(`/disclosures/${number}`, 'disclosures:notice.asked', { number })
    },
  }),
  page<Disclosure>('/disclosures/:number', {
    load: disclosureFor,
    allow: disclosurePolicy.list,
    view: 'disclosures/show',
    show: ({ actor, record, now }) => disclosurePage(actor, record, now),
  }),
  form<Packing, Disclosure>('/disclosures/:number/packing', {
    load: disclosureFor,
    allow: disclosurePolicy.pack,
    fields: packForm,
    submit: async ({ actor, record, input, now }) => {
      const { password } = await packDisclosure(actor, record, input.version, now)
      const to = seeOther(`/disclosures/${record.number}`, 'disclosures:notice.packed')
      if (password === null) return to
      return { ...to, shown: { view: 'disclosures/packed', model: packedPage(actor, record, password) } }
    },
  }),
  download<Disclosure>('/disclosures/:number/package', {
    load: disclosureFor,
    allow: disclosurePolicy.pack,
    send: ({ actor, record, now }) => fetchPackage(actor, record, now),
  }),
  form<Handing, Disclosure>('/disclosures/:number/handover', {
    load: disclosureFor,
    allow: disclosurePolicy.pack,
    view: 'disclosures/handover',
    show: ({ actor, record, now }) => handPage(actor, record, now),
    fields: handForm as never,
    submit: async ({ actor, record, input, now }) => {
      await handOver(actor, record, input, now)
      return seeOther(`/disclosures/${record.number}`, 'disclosures:notice.handed')
    },
  }),
]
