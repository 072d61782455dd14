import { form, seeOther } from '../../web/route.ts'
import { visitPolicy } from '../policy.ts'
import { visitFor, type Visit } from '../queries.ts'
import { confirmAppointment } from './commands.ts'
import { appointmentForm, type Appointment } from './forms.ts'
import { appointmentPage } from './pages.ts'
import { peopleToAsk } from './queries.ts'
import { agreeingProblems } from './rules.ts'

export const appointmentRoutes = [
  form<Appointment, Visit>('/visits/:number/appointment', {
    load: visitFor,
    allow: visitPolicy.own,
    guard: ({ record }) => agreeingProblems(record),
    view: 'visits/appointments/form',
    show: async ({ actor, record, now }) => appointmentPage(actor, record, await peopleToAsk(actor, record), now),
    fields: appointmentForm as never,
    submit: async ({ actor, record, input, now }) => {
      await confirmAppointment(actor, record, input, now)
      return seeOther(`/visits/${record.number}`, 'visitDay:notice.confirmed')
    },
  }),
]
