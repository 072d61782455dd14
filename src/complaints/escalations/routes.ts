import { form, seeOther } from '../../web/route.ts'
import { complaintPolicy } from '../policy.ts'
import { complaintFor, type Complaint } from '../queries.ts'
import { escalate } from './commands.ts'
import { escalationForm, type Escalation } from './forms.ts'
import { escalationPage } from './pages.ts'
import { escalationProblems } from './rules.ts'

export const escalationRoutes = [
  form<Escalation, Complaint>('/complaints/:number/escalation', {
    load: complaintFor,
    allow: complaintPolicy.contact,
    guard: ({ record }) => escalationProblems(record.state),
    view: 'complaints/escalations/new',
    show: ({ actor, record }) => escalationPage(actor, record),
    fields: escalationForm as never,
    submit: async ({ actor, record, input, now }) => {
      await escalate(actor, record.id, input, now)
      return seeOther(`/complaints/${record.number}`, 'escalations:notice.recorded')
    },
  }),
]
