import { CustomerGrade } from '../../../prisma/client/enums.ts'
import type { Actor } from '../../access/actor.ts'
import { permitAt } from '../../access/policy.ts'
import { translate } from '../../i18n.ts'
import { form, seeOther } from '../../web/route.ts'
import { customerFor, type Customer } from '../queries.ts'
import { gradeCustomer } from './commands.ts'
import { gradeForm, noGrade, type Grading } from './forms.ts'

export const gradingRoutes = [
  form<Grading, Customer>('/customers/:number/grade', {
    load: customerFor,
    allow: permitAt<Customer>('customers.grade'),
    view: 'customers/grade',
    show: ({ actor, record }) => gradePage(actor, record),
    fields: gradeForm,
    submit: async ({ actor, record, input, now }) => {
      await gradeCustomer(actor, record.id, input, now)
      return seeOther(`/customers/${record.number}`, 'customers:notice.graded')
    },
  }),
]

function gradePage(actor: Actor, customer: Customer) {
  const t = translate[actor.language]
  const grades = Object.values(CustomerGrade).map((value) => ({ value, word: t(`customers:grade.${value}`) }))
  return {
    customer,
    grades: [...grades, { value: noGrade, word: t('customers:grade.none') }],
    held: customer.grade ?? noGrade,
  }
}
