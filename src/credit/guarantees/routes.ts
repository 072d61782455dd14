import { reads } from '../../db.ts'
import { form, page, seeOther } from '../../web/route.ts'
import { creditPolicy } from '../policy.ts'
import { creditCustomer, type CreditCustomer } from '../queries.ts'
import { offerGuarantee } from './commands.ts'
import { guaranteeForm, type GuaranteeInput } from './forms.ts'
import { guaranteesPage, offerPage, pathOf } from './pages.ts'
import { boundsOf } from './queries.ts'
import { offerProblems } from './rules.ts'

export const guaranteeRoutes = [
  page<CreditCustomer>('/credit/customers/:number/guarantees', {
    load: creditCustomer,
    allow: creditPolicy.view,
    view: 'credit/guarantees/list',
    show: ({ actor, record, now }) => guaranteesPage(actor, record, creditPolicy.guarantee(actor, record), now),
  }),
  form<GuaranteeInput, CreditCustomer>('/credit/customers/:number/guarantees/new', {
    load: creditCustomer,
    allow: creditPolicy.guarantee,
    guard: async ({ record, now }) => offerProblems(await boundsOf(reads, record.id, now)),
    view: 'credit/guarantees/offer',
    show: ({ actor, record, now }) => offerPage(actor, record, now),
    fields: guaranteeForm as never,
    submit: async ({ actor, record, input, now }) => {
      const { number, approval } = await offerGuarantee(actor, record, input, now)
      return seeOther(pathOf(record), 'guarantees:notice.offered', { number, approval })
    },
  }),
]
