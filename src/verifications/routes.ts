import { aroundOf } from '../customers/around.ts'
import { customerFor, type Customer } from '../customers/queries.ts'
import { form, seeOther } from '../web/route.ts'
import { verifyCustomer } from './commands.ts'
import { verificationForm, type VerificationInput } from './forms.ts'
import { verificationPage } from './pages.ts'
import { verificationPolicy } from './policy.ts'

export const verificationRoutes = [
  form<VerificationInput, Customer>('/customers/:number/verification', {
    load: customerFor,
    allow: verificationPolicy.verify,
    view: 'verifications/one',
    show: async ({ actor, record, now }) => verificationPage(actor, record, await aroundOf(actor, record, 0, now), now),
    fields: verificationForm as never,
    submit: async ({ actor, record, input, now }) => {
      await verifyCustomer(actor, record.id, input, now)
      return seeOther(`/customers/${record.number}`, 'verifications:notice.verified')
    },
  }),
]
