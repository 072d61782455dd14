import { permit } from '../access/policy.ts'
import { regulationAt } from '../regulations/in-force.ts'
import { form, page, seeOther } from '../web/route.ts'
import { correctDelegation, endDelegation, makeDelegation } from './commands.ts'
import { correctionForm, delegationForm, emptyForm, type Correction, type NewDelegation } from './forms.ts'
import { formPage, listPage } from './pages.ts'
import { colleaguesBeside, delegationFor, delegationsOf, givenDelegationFor, type Delegation } from './queries.ts'

const allow = permit('approvals.use')
const longest = async (now: Date) => (await regulationAt(now)).value('approvals.delegation_days')

export const delegationRoutes = [
  page('/delegations', {
    allow,
    view: 'delegations/index',
    show: async ({ actor, now }) => listPage(actor, await delegationsOf(actor.id, now), now),
  }),
  form<NewDelegation>('/delegations/new', {
    allow,
    view: 'delegations/form',
    show: async ({ actor, now }) => formPage(actor, await colleaguesBeside(actor.id), await longest(now), now, null),
    fields: delegationForm as never,
    submit: async ({ actor, input, now }) => {
      await makeDelegation(actor, input, now)
      return seeOther('/delegations', 'delegations:notice.given')
    },
  }),
  form<Correction, Delegation>('/delegations/:id/correction', {
    load: givenDelegationFor,
    allow,
    view: 'delegations/form',
    show: async ({ actor, record, now }) =>
      formPage(actor, await colleaguesBeside(actor.id), await longest(now), now, record),
    fields: correctionForm as never,
    submit: async ({ actor, record, input, now }) => {
      await correctDelegation(actor, record.id, input, now)
      return seeOther('/delegations', 'delegations:notice.corrected')
    },
  }),
  form<object, Delegation>('/delegations/:id/end', {
    load: delegationFor,
    allow,
    fields: emptyForm,
    submit: async ({ actor, record, now }) => {
      await endDelegation(actor, record.id, now)
      return seeOther('/delegations', 'delegations:notice.ended')
    },
  }),
]
