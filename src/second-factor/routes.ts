import { permit } from '../access/policy.ts'
import { letIn } from '../session/entering.ts'
import { personFor, type Person } from '../staff/queries.ts'
import { form, page, seeOther, type SeeOther } from '../web/route.ts'
import { passCode } from './checking.ts'
import { abandonSetUp, beginSetUp, confirmSetUp, renewCodes, resetFactor, switchOff } from './commands.ts'
import { codeForm, emptyForm, gateQuery, resetForm } from './forms.ts'
import { codesModel, gatePage, ownFactorPage, setUpPage } from './pages.ts'
import { factorOf, pendingPerson } from './queries.ts'

const self = permit('self.use')
const atTheGate = permit('public.sign_in')
const own = '/profile/second-factor'

export const secondFactorRoutes = [
  form<{ code: string }, undefined, { by: '' | 'recovery' }>('/second-factor', {
    allow: atTheGate,
    query: gateQuery as never,
    view: 'second-factor/gate',
    show: ({ actor, query, now }) => gatePage(actor, now, query?.by === 'recovery'),
    fields: codeForm,
    submit: async ({ actor, input, session, now }) => {
      const person = await pendingPerson(actor)
      const { how, next } = actor.pending!
      const { confirmedAt } = await factorOf(person.id, now)
      if (confirmedAt) {
        await passCode(person, input.code, now)
        return letIn(actor, person, session, how, now, next)
      }
      const codes = await confirmSetUp(person, input.code, now, { first: true })
      return showing(codes, await letIn(actor, person, session, how, now, next), person)
    },
  }),
  form('/second-factor/begin', {
    allow: atTheGate,
    fields: emptyForm,
    submit: async ({ actor }) => {
      await beginSetUp(await pendingPerson(actor), { first: true })
      return seeOther('/second-factor')
    },
  }),
  page(own, {
    allow: self,
    view: 'second-factor/own',
    show: ({ actor, now }) => ownFactorPage(actor, now),
  }),
  form(`${own}/begin`, {
    allow: self,
    stepUp: true,
    fields: emptyForm,
    submit: async ({ actor }) => {
      await beginSetUp(actor)
      return seeOther(`${own}/new`)
    },
  }),
  form(`${own}/new`, {
    allow: self,
    stepUp: true,
    view: 'second-factor/new',
    show: ({ actor }) => setUpPage(actor),
    fields: codeForm,
    submit: async ({ actor, input, now }) => showing(await confirmSetUp(actor, input.code, now), seeOther(own), actor),
  }),
  form(`${own}/cancel`, {
    allow: self,
    fields: emptyForm,
    submit: async ({ actor }) => {
      await abandonSetUp(actor)
      return seeOther(own)
    },
  }),
  form(`${own}/codes`, {
    allow: self,
    stepUp: true,
    fields: emptyForm,
    submit: async ({ actor }) => showing(await renewCodes(actor), seeOther(own), actor, true),
  }),
  form(`${own}/off`, {
    allow: self,
    stepUp: true,
    fields: emptyForm,
    submit: async ({ actor, now }) => {
      await switchOff(actor, now)
      return seeOther(own, 'second-factor:notice.off')
    },
  }),
  form<{ reason: string }, Person>('/staff/:number/second-factor', {
    load: personFor,
    allow: permit('staff.reset_factor'),
    stepUp: true,
    view: 'second-factor/reset',
    show: ({ record: { name, number } }) => ({ person: { name, number } }),
    fields: resetForm,
    submit: async ({ actor, record, input, now }) => {
      await resetFactor(actor, record.id, input.reason, now)
      return seeOther(`/staff/${record.number}`, 'second-factor:notice.reset')
    },
  }),
]

/** The codes stand in this answer and nowhere else: not in the session, not under an address of their own. */
function showing(codes: string[], answer: SeeOther, of: { name: string; number: string }, renewed = false): SeeOther {
  const model = codesModel({ codes, renewed, to: answer.to }, of)
  return { ...answer, shown: { view: 'second-factor/codes', model } }
}
