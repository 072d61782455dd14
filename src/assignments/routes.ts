import { permitAt } from '../access/policy.ts'
import { placeOptions } from '../customers/placing.ts'
import { customerFor, placesToChoose, type Customer } from '../customers/queries.ts'
import { form, seeOther } from '../web/route.ts'
import { assignCustomer } from './commands.ts'
import { assignmentForm, type Assignment } from './forms.ts'
import { possibleOwners } from './queries.ts'

export const assignmentRoutes = [
  form<Assignment, Customer>('/customers/:number/assignment', {
    load: customerFor,
    allow: permitAt<Customer>('customers.assign'),
    view: 'assignments/one',
    show: async ({ actor, record }) => ({
      customer: record,
      owners: await possibleOwners(),
      ...placeOptions(actor, 'customers.assign', await placesToChoose()),
    }),
    fields: assignmentForm,
    submit: async ({ actor, record, input, now }) => {
      await assignCustomer(actor, record.id, input, now)
      return seeOther(`/customers/${record.number}`, 'assignments:notice.assigned')
    },
  }),
]
