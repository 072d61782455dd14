import { download, form, page, seeOther } from '../../web/route.ts'
import { recordPolicy } from '../policy.ts'
import { fileMonth } from './commands.ts'
import { exportContactMonth, printContactMonth } from './documents.ts'
import { contactMonthQuery, filingForm, type ContactMonthQuery, type FilingInput } from './forms.ts'
import { contactMonthPage } from './pages.ts'
import { contactMonthFor } from './queries.ts'

export const contactMonthRoutes = [
  page<undefined, ContactMonthQuery>('/contact-records/month', {
    allow: recordPolicy.list,
    query: contactMonthQuery as never,
    view: 'contact-records/month/show',
    show: async ({ actor, query, now }) => contactMonthPage(actor, await contactMonthFor(actor, query, now), now),
  }),
  download<undefined, ContactMonthQuery>('/contact-records/month.pdf', {
    allow: recordPolicy.list,
    query: contactMonthQuery as never,
    send: async ({ actor, query, now }) => printContactMonth(actor, await contactMonthFor(actor, query, now), now),
  }),
  download<undefined, ContactMonthQuery>('/contact-records/month.xlsx', {
    allow: recordPolicy.export,
    stepUp: '/contact-records/month',
    query: contactMonthQuery as never,
    send: async ({ actor, query, now }) => exportContactMonth(actor, await contactMonthFor(actor, query, now), now),
  }),
  form<FilingInput>('/contact-records/month/filing', {
    allow: recordPolicy.record,
    fields: filingForm as never,
    submit: async ({ actor, input: { month }, now }) => {
      const late = await fileMonth(actor, month, now)
      const notice = late ? 'contactRecords:month.notice.filedLate' : 'contactRecords:month.notice.filed'
      return seeOther(`/contact-records/month?of=${month}`, notice, { month })
    },
  }),
]
