import { monthOf } from '../../lib/months.ts'
import { download, form, page, seeOther } from '../../web/route.ts'
import { signMonth } from './commands.ts'
import { printAssessment } from './documents.ts'
import { exportAssessment } from './file.ts'
import { assessmentQuery, signatureForm, type AssessmentQuery, type SignatureInput } from './forms.ts'
import { assessmentPage } from './pages.ts'
import { personPage, signaturePage } from './person-pages.ts'
import { assessmentPolicy } from './policy.ts'
import { personFor, type PersonFound } from './people.ts'
import { assessmentFor, monthOfPerson } from './queries.ts'
import { signedMonths } from './signatures.ts'
import { weightsAt } from './weights.ts'
import { scoreText } from './saying.ts'

export const assessmentRoutes = [
  page<undefined, AssessmentQuery>('/visits/assessment', {
    allow: assessmentPolicy.list,
    query: assessmentQuery as never,
    view: 'visits/assessment/index',
    show: async ({ actor, query, now }) => assessmentPage(actor, query, await assessmentFor(actor, query, now), now),
  }),
  download<undefined, AssessmentQuery>('/visits/assessment.pdf', {
    allow: assessmentPolicy.list,
    query: assessmentQuery as never,
    send: async ({ actor, query, now }) => printAssessment(actor, query, await assessmentFor(actor, query, now), now),
  }),
  download<undefined, AssessmentQuery>('/visits/assessment.xlsx', {
    allow: assessmentPolicy.export,
    stepUp: '/visits/assessment',
    query: assessmentQuery as never,
    send: async ({ actor, query, now }) => exportAssessment(actor, query, await assessmentFor(actor, query, now), now),
  }),
  page<PersonFound, AssessmentQuery>('/visits/assessment/:person', {
    load: personFor,
    allow: assessmentPolicy.view,
    query: assessmentQuery as never,
    view: 'visits/assessment/person',
    show: async ({ actor, record, query, now }) => {
      const month = query.month || monthOf(now)
      const [one, weights, signatures] = await Promise.all([
        monthOfPerson(actor, record, month, now),
        weightsAt(month, now),
        signedMonths(record),
      ])
      return personPage(actor, record, { month, one, weights, signatures }, now)
    },
  }),
  form<SignatureInput, PersonFound, AssessmentQuery>('/visits/assessment/:person/signature', {
    load: personFor,
    allow: assessmentPolicy.sign,
    query: assessmentQuery as never,
    view: 'visits/assessment/sign',
    show: async ({ actor, record, query, now }) => {
      const month = query.month || monthOf(now)
      return signaturePage(actor, record, month, await monthOfPerson(actor, record, month, now), now)
    },
    fields: signatureForm,
    submit: async ({ actor, record, input, now }) => {
      const score = await signMonth(actor, record, input, now)
      const said = { name: record.name, month: input.month, score: scoreText(score) }
      return seeOther(`/visits/assessment/${record.number}?month=${input.month}`, 'assessment:notice.signed', said)
    },
  }),
]
