import { regulationAt } from '../../regulations/in-force.ts'
import { form, seeOther } from '../../web/route.ts'
import { complaintPolicy } from '../policy.ts'
import { complaintFor, type Complaint } from '../queries.ts'
import { assignComplaint, undoAssignment } from './commands.ts'
import { assignmentForm, undoForm, type Assignment } from './forms.ts'
import { assignmentPage } from './pages.ts'
import { endedProblems } from './rules.ts'

const at = ({ number }: { number: string }) => `/complaints/${number}`

export const assigningRoutes = [
  form<Assignment, Complaint>('/complaints/:number/assignment', {
    load: complaintFor,
    allow: complaintPolicy.assign,
    guard: ({ record }) => endedProblems(record),
    view: 'complaints/assigning/form',
    show: ({ actor, record }) => assignmentPage(actor, record),
    fields: assignmentForm,
    submit: async ({ actor, record, input, now }) => {
      await assignComplaint(actor, record.id, input, now)
      const notice = input.ownerId === null ? 'judging:notice.assignedDepartment' : 'judging:notice.assigned'
      const seconds = (await regulationAt(now)).value('customers.undo_seconds')
      return { ...seeOther(at(record), notice), undo: { action: `${at(record)}/assignment/undo`, seconds } }
    },
  }),
  form<object, Complaint>('/complaints/:number/assignment/undo', {
    load: complaintFor,
    allow: complaintPolicy.assign,
    fields: undoForm,
    submit: async ({ actor, record, now }) => {
      await undoAssignment(actor, record.id, now)
      return seeOther(at(record), 'judging:notice.undone')
    },
  }),
]
