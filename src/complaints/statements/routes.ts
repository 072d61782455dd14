import { permit } from '../../access/policy.ts'
import { form, seeOther } from '../../web/route.ts'
import { complaintPolicy } from '../policy.ts'
import { complaintFor, type Complaint } from '../queries.ts'
import { answerFacts, putFacts } from './commands.ts'
import { answerForm, factsForm, type Answer, type Facts } from './forms.ts'
import { answerPage, puttingPage } from './pages.ts'
import { statementFor, type Statement } from './queries.ts'
import { endedProblems } from '../assigning/rules.ts'

export const statementRoutes = [
  form<Facts, Complaint>('/complaints/:number/statements', {
    load: complaintFor,
    allow: complaintPolicy.handle,
    guard: ({ record }) => endedProblems(record),
    view: 'complaints/statements/form',
    show: ({ record }) => puttingPage(record),
    fields: factsForm,
    draft: true,
    submit: async ({ actor, record, input, now }) => {
      await putFacts(actor, record.id, input, now)
      return seeOther(`/complaints/${record.number}`, 'judging:notice.put')
    },
  }),
  form<Answer, Statement>('/statements/:id', {
    load: statementFor,
    allow: permit('complaints.answer'),
    view: 'complaints/statements/answer',
    show: ({ actor, record }) => answerPage(actor, record),
    fields: answerForm,
    draft: true,
    submit: async ({ actor, record, input, now }) => {
      await answerFacts(actor, record.id, input, now)
      return seeOther(`/statements/${record.id}`, 'judging:notice.answered')
    },
  }),
]
