import { form, page, seeOther, type Visit } from '../../web/route.ts'
import { complaintPolicy, type PlacedComplaint } from '../policy.ts'
import { complaintFor, type Complaint } from '../queries.ts'
import { aroundOf } from './around.ts'
import { takeComplaint } from './commands.ts'
import { correctComplaint, openProblems } from './correction.ts'
import { correctionPage } from './correction-page.ts'
import {
  aroundQuery,
  correctionForm,
  intakeForm,
  newQuery,
  type CorrectionInput,
  type Intake,
  type NewQuery,
  type Values,
} from './forms.ts'
import { aroundPage, newPage } from './pages.ts'

export const intakeRoutes = [
  form<Intake, undefined, NewQuery>('/complaints/new', {
    allow: complaintPolicy.take,
    query: newQuery as never,
    view: 'complaints/intake/new',
    draft: true,
    show: async ({ actor, query, typed, now }) => {
      const values: Values = typed ?? (query.customer ? { customer: query.customer } : {})
      return newPage(actor, values, await aroundOf(actor, values, now), now)
    },
    fields: intakeForm as never,
    submit: async ({ actor, input, now }) => {
      const { number, seen, assigned } = await takeComplaint(actor, input, now)
      if (!seen) return seeOther('/complaints/new', 'intake:notice.unseen', { number })
      return seeOther(`/complaints/${number}`, assigned ? 'intake:notice.assigned' : 'intake:notice.taken', { number })
    },
  }),
  page<undefined, Values>('/complaints/new/around', {
    allow: complaintPolicy.take,
    query: aroundQuery,
    view: 'complaints/intake/around',
    show: async ({ actor, query, now }) => aroundPage(actor, query, await aroundOf(actor, query, now), now),
  }),
]

export const correctionRoutes = [
  form<CorrectionInput, Complaint & PlacedComplaint>('/complaints/:number/correction', {
    load: complaintFor,
    allow: complaintPolicy.correct,
    guard: ({ record }) => openProblems(record),
    view: 'complaints/intake/correction',
    show: ({ actor, record }: Visit<Complaint, undefined>) => correctionPage(actor, record),
    fields: correctionForm as never,
    submit: async ({ actor, record, input, now }) => {
      const seen = await correctComplaint(actor, record.id, input, now)
      const { number } = record
      return seeOther(seen ? `/complaints/${number}` : '/', 'intake:notice.corrected', { number })
    },
  }),
]
