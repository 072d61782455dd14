import { permit } from '../access/policy.ts'
import { customerNames, pickedCustomers } from '../customers/list/picked.ts'
import { pickedQuery, type Picked } from '../customers/list/picks.ts'
import { form, page, seeOther } from '../web/route.ts'
import { confirmCustomers } from './commands.ts'
import { confirmationsForm, type Confirmations } from './forms.ts'
import { manyPage, outcomesPage } from './pages.ts'
import { outcomesFor, type Outcome } from './queries.ts'

export const confirmationRoutes = [
  form<Confirmations, undefined, Picked>('/customers/confirmation', {
    allow: permit('customers.confirm'),
    query: pickedQuery as never,
    view: 'confirmations/many',
    show: async ({ actor, query }) => manyPage(actor, await pickedCustomers(actor, query)),
    fields: confirmationsForm as never,
    submit: async ({ actor, input, now }) => {
      const batch = await confirmCustomers(actor, input.picked, now)
      const n = (await outcomesFor(actor, batch)).filter(({ reason }) => !reason).length
      const notice = n > 0 ? 'confirmations:notice.confirmed' : 'confirmations:notice.none'
      return seeOther(`/customers/confirmation/${batch}`, notice, { n })
    },
  }),
  page<Outcome[]>('/customers/confirmation/:batch', {
    load: outcomesFor,
    allow: permit('customers.confirm'),
    view: 'confirmations/batch',
    show: async ({ actor, record }) =>
      outcomesPage(
        actor,
        record,
        await customerNames(
          actor,
          record.map(({ number }) => number),
        ),
      ),
  }),
]
