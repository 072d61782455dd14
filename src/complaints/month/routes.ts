import { download, form, page, seeOther } from '../../web/route.ts'
import { complaintPolicy } from '../policy.ts'
import { reportMonth } from './commands.ts'
import { exportMonth, printMonth } from './documents.ts'
import { monthQuery, reportForm, type MonthQuery, type ReportInput } from './forms.ts'
import { exportOccasions, recordOccasions } from './occasion-file.ts'
import { occasionFileQuery, occasionQuery, type OccasionFileQuery, type OccasionQuery } from './occasion-forms.ts'
import { occasionsPage } from './occasion-pages.ts'
import { occasionsFor } from './occasions.ts'
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
  page<undefined, OccasionQuery>('/complaints/month/occasions', {
    allow: complaintPolicy.statistics,
    query: occasionQuery as never,
    view: 'complaints/month/occasions',
    show: async ({ actor, query, now }) => {
      const found = await occasionsFor(actor, query, now)
      await recordOccasions(actor, query, found, now)
      return occasionsPage(actor, query, found, now)
    },
  }),
  download<undefined, OccasionFileQuery>('/complaints/month/occasions/file', {
    allow: complaintPolicy.export,
    stepUp: '/complaints/month/occasions',
    query: occasionFileQuery as never,
    send: ({ actor, query, now }) => exportOccasions(actor, query, now),
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
