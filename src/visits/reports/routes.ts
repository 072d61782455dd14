import { form, download, seeOther } from '../../web/route.ts'
import { visitPolicy } from '../policy.ts'
import { visitFor, type Visit } from '../queries.ts'
import { submitReport } from './commands.ts'
import {
  listQuery,
  readingForm,
  reportForm,
  reviewForm,
  type ListQuery,
  type ReportInput,
  type Review,
  type Ticked,
} from './forms.ts'
import { listPage, reviewPage, tabFor } from './list-pages.ts'
import { reportPage } from './pages.ts'
import { printReport } from './printing.ts'
import { reportOf, reportsFor } from './queries.ts'
import { readTogether, reviewReport } from './reviewing.ts'
import { writingProblems } from './rules.ts'

const at = ({ number }: Visit) => `/visits/${number}`

/** The list of reports; before the routes of one visit. */
export const reportListRoutes = [
  form<Ticked, undefined, ListQuery>('/visits/reports', {
    allow: visitPolicy.list,
    query: listQuery as never,
    view: 'visits/reports/index',
    show: async ({ actor, query, now }) => {
      const tab = tabFor(actor, query)
      return listPage(actor, { ...query, tab }, await reportsFor(actor, tab, query, now), now)
    },
    fields: readingForm as never,
    submit: async ({ actor, input, now }) => {
      const { done, left } = await readTogether(actor, input, now)
      const to = '/visits/reports?tab=waiting'
      return left === 0
        ? seeOther(to, 'visitReports:notice.readMany', { done })
        : seeOther(to, 'visitReports:notice.readSome', { done, left })
    },
  }),
]

const notices = {
  reported: 'visitReports:notice.reported',
  late: 'visitReports:notice.late',
  corrected: 'visitReports:notice.corrected',
} as const

export const reportRoutes = [
  form<ReportInput, Visit>('/visits/:number/report', {
    load: visitFor,
    allow: visitPolicy.own,
    guard: async ({ record, now }) => writingProblems(record, await reportOf(record), now),
    view: 'visits/reports/form',
    show: ({ actor, record, now, typed }) => reportPage(actor, record, now, typed),
    fields: reportForm as never,
    draft: true,
    submit: async ({ actor, record, input, now }) => {
      const outcome = await submitReport(actor, record, input, now)
      return seeOther(`${at(record)}#report`, notices[outcome])
    },
  }),
  form<Review, Visit>('/visits/:number/report/review', {
    load: visitFor,
    allow: visitPolicy.review,
    view: 'visits/reports/review',
    show: async ({ actor, record }) => reviewPage(actor, record, await reportOf(record)),
    fields: reviewForm,
    submit: async ({ actor, record, input, now }) => {
      const decision = await reviewReport(actor, record, input, now)
      return seeOther(at(record), decision === 'read' ? 'visitReports:notice.reviewed' : 'visitReports:notice.returned')
    },
  }),
  download<Visit>('/visits/:number/report.pdf', {
    load: visitFor,
    allow: visitPolicy.view,
    send: ({ actor, record, now }) => printReport(actor, record, now),
  }),
]
