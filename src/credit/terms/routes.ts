import { db } from '../../db.ts'
import type { Refusal } from '../../lib/refused.ts'
import { form, seeOther } from '../../web/route.ts'
import { creditPolicy } from '../policy.ts'
import { creditCustomer, type CreditCustomer } from '../queries.ts'
import { askMode, askTerms } from './commands.ts'
import { modeForm, termsForm, type ModeInput, type TermsInput } from './forms.ts'
import { modePage, termsPage } from './pages.ts'
import { waitingFor } from './queries.ts'

const home = ({ number }: CreditCustomer) => `/credit/customers/${number}`

async function guardOf(kind: 'credit.terms' | 'credit.mode', customer: CreditCustomer): Promise<Refusal[]> {
  const number = await waitingFor(db, kind, customer)
  const rule = kind === 'credit.terms' ? 'CRD-02' : 'CRD-14'
  return number ? [{ rule, reason: 'creditTerms:refused.waiting', params: { number } }] : []
}

export const termsRoutes = [
  form<TermsInput, CreditCustomer>('/credit/customers/:number/terms/new', {
    load: creditCustomer,
    allow: creditPolicy.ask,
    guard: ({ record }) => guardOf('credit.terms', record),
    view: 'credit/terms/terms',
    show: ({ actor, record, now }) => termsPage(actor, record, now),
    fields: termsForm as never,
    submit: async ({ actor, record, input, now }) => {
      const number = await askTerms(actor, record, input, now)
      return seeOther(home(record), 'creditTerms:notice.asked', { number })
    },
  }),
  form<ModeInput, CreditCustomer>('/credit/customers/:number/mode/new', {
    load: creditCustomer,
    allow: creditPolicy.ask,
    guard: ({ record }) => guardOf('credit.mode', record),
    view: 'credit/terms/mode',
    show: ({ actor, record, now }) => modePage(actor, record, now),
    fields: modeForm as never,
    submit: async ({ actor, record, input, now }) => {
      const number = await askMode(actor, record, input, now)
      return seeOther(home(record), 'creditTerms:notice.asked', { number })
    },
  }),
]
