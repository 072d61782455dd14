import { form, seeOther } from '../../web/route.ts'
import { visitPolicy } from '../policy.ts'
import { visitFor, type Visit } from '../queries.ts'
import { authorise, withdrawAuthority } from './commands.ts'
import { authorityForm, withdrawalForm, type AuthorityInput, type Withdrawal } from './forms.ts'
import { authorityPage } from './pages.ts'

const done = ({ number, owner }: Visit, what: 'authorised' | 'withdrawn') =>
  seeOther(`/visits/${number}`, `visitDecisions:notice.${what}`, { name: owner.name })

export const authorityRoutes = [
  form<AuthorityInput, Visit>('/visits/:number/authorities', {
    load: visitFor,
    allow: visitPolicy.authorise,
    view: 'visits/authorities/form',
    show: ({ actor, record, now }) => authorityPage(actor, record, now),
    fields: authorityForm as never,
    submit: async ({ actor, record, input, now }) => {
      await authorise(actor, record, input, now)
      return done(record, 'authorised')
    },
  }),
  form<Withdrawal, Visit>('/visits/:number/authorities/withdrawal', {
    load: visitFor,
    allow: visitPolicy.authorise,
    fields: withdrawalForm as never,
    submit: async ({ actor, record, input, now }) => {
      await withdrawAuthority(actor, record, input, now)
      return done(record, 'withdrawn')
    },
  }),
]
