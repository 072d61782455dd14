import { download, form, page, seeOther } from '../../web/route.ts'
import { complaintPolicy } from '../policy.ts'
import { reportMonth } from './commands.ts'
import { exportMonth, printMonth } from './documents.ts'
import { monthQuery, reportForm, type MonthQuery, type ReportInput } from './forms.ts'
import { monthPage } from './pages.ts'
import { monthFor } from './queries.ts'

export const monthRoutes = [
  page<undefined, MonthQuery>('/complaints/month', {
    allow: complaintPolicy.statistics,
    query: monthQuery as never,
    view: 'complaints/month/show',
    show: async ({ actor, query, now }) => monthPage(actor, await monthFor(actor, query, now), now),
  }),
  download<undefined, MonthQuery>('/complaints/month.pdf', {
    allow: complaintPolicy.statistics,
    query: monthQuery as never,
    send: async ({ actor, query, now }) => printMonth(actor, await monthFor(actor, query, now), now),
  }),
  download<undefined, MonthQuery>('/complaints/month.xlsx', {
    allow: complaintPolicy.statistics,
    stepUp: '/complaints/month',
    query: monthQuery as never,
    send: async ({ actor, query, now }) => exportMonth(actor, await monthFor(actor, query, now), now),
  }),
  form<ReportInput>('/complaints/month/report', {
    allow: complaintPolicy.manage,
    fields: reportForm as never,
    submit: async ({ actor, input: { month }, now }) => {
      const n = await reportMonth(actor, month, now)
      return seeOther(`/complaints/month?month=${month}`, 'complaintMonth:notice.reported', { n, month })
    },
  }),
]
