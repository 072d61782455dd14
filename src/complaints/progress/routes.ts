import { calendarAt } from '../../calendar/queries.ts'
import { regulationAt } from '../../regulations/in-force.ts'
import { form, seeOther } from '../../web/route.ts'
import { complaintPolicy } from '../policy.ts'
import { complaintFor, type Complaint } from '../queries.ts'
import { enterProgress } from './commands.ts'
import { progressForm, type Progress } from './forms.ts'
import { progressPage } from './pages.ts'
import { progressClockOf, progressOf } from './queries.ts'

export const progressRoutes = [
  form<Progress, Complaint>('/complaints/:number/progress', {
    load: complaintFor,
    allow: complaintPolicy.handle,
    view: 'complaints/progress/new',
    show: async ({ actor, record, now }) => {
      const [clock, rows, { value }, calendar] = await Promise.all([
        progressClockOf(record),
        progressOf(record),
        regulationAt(record.recordedAt),
        calendarAt(now),
      ])
      return progressPage(actor, record, { clock, rows, days: value('complaints.progress_days'), calendar }, now)
    },
    fields: progressForm as never,
    submit: async ({ actor, record, input, now }) => {
      await enterProgress(actor, record.id, input, now)
      return seeOther(`/complaints/${record.number}`, 'progress:notice.entered')
    },
  }),
]
