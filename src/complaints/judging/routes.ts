import { form, seeOther } from '../../web/route.ts'
import { complaintPolicy } from '../policy.ts'
import { complaintFor, type Complaint } from '../queries.ts'
import { dismissComplaint, judgeComplaint, voidComplaint } from './commands.ts'
import {
  dismissalForm,
  judgementForm,
  voidingForm,
  type Dismissal,
  type JudgementInput,
  type Voiding,
} from './forms.ts'
import { endPage, judgementPage } from './pages.ts'
import { complaintStates } from '../states.ts'
import { db } from '../../db.ts'
import { dismissalProblems, voidProblems } from './guards.ts'

const at = ({ number }: Complaint) => `/complaints/${number}`

export const judgingRoutes = [
  form<JudgementInput, Complaint>('/complaints/:number/judgement', {
    load: complaintFor,
    allow: complaintPolicy.judge,
    guard: ({ record }) => complaintStates.problems(record.state, 'ask_acceptance'),
    view: 'complaints/judging/form',
    show: ({ actor, record }) => judgementPage(actor, record),
    fields: judgementForm,
    draft: true,
    submit: async ({ actor, record, input, now }) => {
      const asked = await judgeComplaint(actor, record.id, input, now)
      return seeOther(at(record), asked === null ? 'judging:notice.judged' : 'judging:notice.filed')
    },
  }),
  form<Dismissal, Complaint>('/complaints/:number/dismissal', {
    load: complaintFor,
    allow: complaintPolicy.judge,
    guard: ({ record }) => dismissalProblems(db, record),
    view: 'complaints/judging/end',
    show: ({ actor, record }) => endPage(actor, record, 'dismiss'),
    fields: dismissalForm,
    submit: async ({ actor, record, input, now }) => {
      await dismissComplaint(actor, record.id, input, now)
      return seeOther(at(record), 'judging:notice.dismissed')
    },
  }),
  form<Voiding, Complaint>('/complaints/:number/void', {
    load: complaintFor,
    allow: complaintPolicy.void,
    guard: ({ record }) => voidProblems(db, record),
    view: 'complaints/judging/end',
    show: ({ actor, record }) => endPage(actor, record, 'void'),
    fields: voidingForm,
    submit: async ({ actor, record, input, now }) => {
      await voidComplaint(actor, record.id, input, now)
      return seeOther(at(record), 'judging:notice.void')
    },
  }),
]
