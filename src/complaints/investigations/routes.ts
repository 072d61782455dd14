import { form, seeOther } from '../../web/route.ts'
import { complaintPolicy } from '../policy.ts'
import { complaintFor, type Complaint } from '../queries.ts'
import { giveOpinion, saveReport } from './commands.ts'
import { opinionForm, reportForm, type Opinion, type ReportInput } from './forms.ts'
import { opinionPage, reportPage } from './pages.ts'
import { endedProblems } from '../assigning/rules.ts'

const at = ({ number }: Complaint) => `/complaints/${number}`
const notices = {
  saved: 'judging:notice.saved',
  finished: 'judging:notice.finished',
  filed: 'judging:notice.reportFiled',
} as const

export const investigationRoutes = [
  form<ReportInput, Complaint>('/complaints/:number/investigation', {
    load: complaintFor,
    allow: complaintPolicy.handle,
    view: 'complaints/investigations/form',
    show: ({ actor, record }) => reportPage(actor, record),
    fields: reportForm,
    draft: true,
    submit: async ({ actor, record, input, now }) => {
      const outcome = await saveReport(actor, record.id, input, now)
      return seeOther(at(record), notices[outcome])
    },
  }),
  form<Opinion, Complaint>('/complaints/:number/opinion', {
    load: complaintFor,
    allow: complaintPolicy.handle,
    guard: ({ record }) => endedProblems(record),
    view: 'complaints/investigations/opinion',
    show: ({ record }) => opinionPage(record),
    fields: opinionForm,
    submit: async ({ actor, record, input, now }) => {
      await giveOpinion(actor, record.id, input, now)
      return seeOther(at(record), 'judging:notice.opinion')
    },
  }),
]
