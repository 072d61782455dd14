import { permit } from '../access/policy.ts'
import { fileField } from '../attachments/limits.ts'
import { download, form, page, seeOther } from '../web/route.ts'
import { correctAgreement, endAgreement, recordAgreement } from './commands.ts'
import {
  correctionForm,
  endForm,
  listQuery,
  newAgreementForm,
  newQuery,
  type Correction,
  type Ending,
  type ListQuery,
  type NewAgreement,
  type NewQuery,
} from './forms.ts'
import { endPage, formPage, lackingPage } from './form-pages.ts'
import { lackingAgreement } from './lacking.ts'
import { agreementPage, listPage } from './pages.ts'
import { agreementFor, agreementsFor, colleagues, historyOf, standingCounts, type Agreement } from './queries.ts'
import { openScan } from './scan.ts'

const view = permit('agreements.view')
const manage = permit('agreements.manage')

export const agreementRoutes = [
  page<undefined, ListQuery>('/agreements', {
    allow: view,
    query: listQuery as never,
    view: 'agreements/index',
    show: async ({ actor, query, now }) => {
      const [found, counts, lacking] = await Promise.all([
        agreementsFor(query, now),
        standingCounts(now),
        lackingAgreement(now),
      ])
      return listPage(actor, query, found, { counts, lacking: lacking.length }, now)
    },
  }),
  page('/agreements/missing', {
    allow: view,
    view: 'agreements/missing',
    show: async ({ actor, now }) => lackingPage(actor, await lackingAgreement(now)),
  }),
  form<NewAgreement, undefined, NewQuery>('/agreements/new', {
    allow: manage,
    query: newQuery as never,
    view: 'agreements/form',
    show: async ({ actor, query, now }) => formPage(actor, { people: await colleagues(), query }, null, now),
    fields: newAgreementForm as never,
    upload: fileField,
    submit: async ({ actor, input, upload, now }) => {
      const number = await recordAgreement(actor, input, upload, now)
      return seeOther(`/agreements/${number}`, 'agreements:notice.recorded', { number })
    },
  }),
  page<Agreement>('/agreements/:number', {
    load: agreementFor,
    allow: view,
    view: 'agreements/show',
    show: async ({ actor, record, now }) => agreementPage(actor, record, await historyOf(record), now),
  }),
  download<Agreement>('/agreements/:number/scan', {
    load: agreementFor,
    allow: view,
    send: ({ actor, record }) => openScan(actor, record),
  }),
  form<Correction, Agreement>('/agreements/:number/correction', {
    load: agreementFor,
    allow: manage,
    view: 'agreements/form',
    show: ({ actor, record, now }) => formPage(actor, { people: [], query: {} }, record, now),
    fields: correctionForm as never,
    upload: fileField,
    submit: async ({ actor, record, input, upload, now }) => {
      await correctAgreement(actor, record.id, input, upload, now)
      return seeOther(`/agreements/${record.number}`, 'agreements:notice.corrected')
    },
  }),
  form<Ending, Agreement>('/agreements/:number/end', {
    load: agreementFor,
    allow: manage,
    view: 'agreements/end',
    show: ({ actor, record }) => endPage(actor, record),
    fields: endForm,
    submit: async ({ actor, record, input, now }) => {
      await endAgreement(actor, record.id, input, now)
      return seeOther(`/agreements/${record.number}`, 'agreements:notice.ended')
    },
  }),
]
