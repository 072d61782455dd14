import { download, form, page, seeOther } from '../../web/route.ts'
import { complaintFor, type Complaint } from '../queries.ts'
import { confirmLiability, correctLiability, recordLiability, withdrawLiability } from './commands.ts'
import { exportLiabilities } from './file.ts'
import {
  confirmationForm,
  correctionForm,
  liabilityForm,
  newQuery,
  registerQuery,
  withdrawalForm,
  type Confirmation,
  type Correction,
  type LiabilityInput,
  type NewQuery,
  type RegisterQuery,
  type Withdrawal,
} from './forms.ts'
import { liabilityPage, rowPage } from './form-pages.ts'
import { liabilityPolicy } from './policy.ts'
import { choicesFor, liabilityFor, missedOf, type WithLiability } from './queries.ts'
import { registerFor } from './register.ts'
import { registerPage } from './register-pages.ts'
import { recordingProblems } from './rules.ts'

const back = ({ number }: { number: string }) => `/complaints/${number}`

export const liabilityRoutes = [
  page<undefined, RegisterQuery>('/complaints/liabilities', {
    allow: liabilityPolicy.register,
    query: registerQuery as never,
    view: 'complaints/liabilities/register',
    show: async ({ actor, query, now }) => registerPage(actor, query, await registerFor(actor, query), now),
  }),
  download<undefined, RegisterQuery>('/complaints/liabilities/file', {
    allow: liabilityPolicy.register,
    stepUp: '/complaints/liabilities',
    query: registerQuery as never,
    send: ({ actor, query, now }) => exportLiabilities(actor, query, now),
  }),
  form<LiabilityInput, Complaint, NewQuery>('/complaints/:number/liabilities/new', {
    load: complaintFor,
    allow: liabilityPolicy.record,
    guard: ({ record }) => recordingProblems(record, true),
    query: newQuery as never,
    view: 'complaints/liabilities/new',
    show: async ({ actor, record, query }) => {
      const [choices, missed] = await Promise.all([choicesFor(), missedOf(record)])
      return liabilityPage(actor, record, { choices, missed, delay: query.delay === 'on' })
    },
    fields: liabilityForm as never,
    draft: true,
    submit: async ({ actor, record, input, now }) => {
      await recordLiability(actor, record.id, input, now)
      return seeOther(back(record), 'measures:notice.recorded')
    },
  }),
  form<Correction, WithLiability>('/complaints/:number/liabilities/:id/correction', {
    load: liabilityFor,
    allow: liabilityPolicy.record,
    view: 'complaints/liabilities/new',
    show: async ({ actor, record }) =>
      liabilityPage(actor, record, { choices: await choicesFor(), missed: [], delay: false }),
    fields: correctionForm as never,
    submit: async ({ actor, record, input }) => {
      await correctLiability(actor, record.id, record.liability.id, input)
      return seeOther(back(record), 'measures:notice.rowCorrected')
    },
  }),
  form<Withdrawal, WithLiability>('/complaints/:number/liabilities/:id/withdrawal', {
    load: liabilityFor,
    allow: liabilityPolicy.record,
    view: 'complaints/liabilities/withdrawal',
    show: ({ actor, record }) => rowPage(actor, record),
    fields: withdrawalForm as never,
    submit: async ({ actor, record, input, now }) => {
      await withdrawLiability(actor, record.id, record.liability.id, input, now)
      return seeOther(back(record), 'measures:notice.withdrawn')
    },
  }),
  form<Confirmation, WithLiability>('/complaints/:number/liabilities/:id/confirmation', {
    load: liabilityFor,
    allow: liabilityPolicy.confirm,
    view: 'complaints/liabilities/confirmation',
    show: ({ actor, record }) => rowPage(actor, record),
    fields: confirmationForm as never,
    submit: async ({ actor, record, input, now }) => {
      await confirmLiability(actor, record.id, record.liability.id, input, now)
      const notice = input.verdict === 'confirm' ? 'measures:notice.confirmed' : 'measures:notice.takenBack'
      return seeOther(back(record), notice)
    },
  }),
]
