import { form, seeOther } from '../../web/route.ts'
import { complaintPolicy } from '../policy.ts'
import { complaintFor, type Complaint } from '../queries.ts'
import { draftRemedy, submitRemedy } from './commands.ts'
import { remedyForm, type RemedyInput } from './forms.ts'
import { remedyPage } from './remedy-page.ts'

export const remedyRoutes = [
  form<RemedyInput, Complaint>('/complaints/:number/remedy', {
    load: complaintFor,
    allow: complaintPolicy.handle,
    view: 'complaints/remedies/remedy',
    show: ({ actor, record, now, typed }) => remedyPage(actor, record, now, typed),
    fields: remedyForm as never,
    submit: async ({ actor, record, input, now }) => {
      // Saved first: what is then refused is not lost, and its sum counts for the level at once.
      const version = await draftRemedy(actor, record.id, input, now)
      if (!input.submit) return seeOther(`/complaints/${record.number}`, 'remedies:notice.drafted')
      const number = await submitRemedy(actor, record.id, version, now)
      return seeOther(`/complaints/${record.number}`, 'remedies:notice.submitted', { number })
    },
  }),
]
