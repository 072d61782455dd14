import { permit } from '../access/policy.ts'
import { dateTimeText } from '../lib/dates.ts'
import { form, page, seeOther, type SeeOther } from '../web/route.ts'
import { correctStaff, createStaff, disableStaff, enableStaff, issuePassword, type Issued } from './commands.ts'
import { correctionForm, emptyForm, grantForm, listQuery, newStaffForm } from './forms.ts'
import { factsPage, grantPage, listPage, personPage } from './pages.ts'
import { grantFor, personFor, type Person } from './queries.ts'
import { grantRole, revokeRole } from './roles.ts'

const manage = permit('staff.manage')
const grants = permit('roles.grant')
const addressOf = ({ number }: { number: string }) => `/staff/${number}`

export const staffRoutes = [
  page('/staff', {
    allow: permit('staff.view'),
    query: listQuery,
    view: 'staff/index',
    show: ({ actor, query }) => listPage(actor, query),
  }),
  form('/staff/new', {
    allow: manage,
    view: 'staff/new',
    show: () => factsPage(),
    fields: newStaffForm,
    submit: async ({ actor, input, now }) => {
      const issued = await createStaff(actor, input, now)
      return revealing(issued, seeOther(addressOf(issued), 'staff:notice.created', { number: issued.number }))
    },
  }),
  page('/staff/:number', {
    load: personFor,
    allow: permit('staff.view'),
    view: 'staff/show',
    show: ({ actor, record }) => personPage(actor, record),
  }),
  form('/staff/:number/correct', {
    load: personFor,
    allow: manage,
    view: 'staff/correct',
    show: ({ record }) => factsPage(record),
    fields: correctionForm,
    submit: async ({ actor, record, input }) => {
      await correctStaff(actor, record.id, input)
      return seeOther(addressOf(record), 'staff:notice.corrected')
    },
  }),
  form<object, Person>('/staff/:number/password', {
    load: personFor,
    allow: manage,
    fields: emptyForm,
    submit: async ({ actor, record, now }) =>
      revealing(await issuePassword(actor, record.id, now), seeOther(addressOf(record), 'staff:notice.issued')),
  }),
  form<object, Person>('/staff/:number/disable', {
    load: personFor,
    allow: manage,
    fields: emptyForm,
    submit: async ({ actor, record }) => {
      await disableStaff(actor, record.id)
      return seeOther(addressOf(record), 'staff:notice.disabled')
    },
  }),
  form<object, Person>('/staff/:number/enable', {
    load: personFor,
    allow: manage,
    fields: emptyForm,
    submit: async ({ actor, record }) => {
      await enableStaff(actor, record.id)
      return seeOther(addressOf(record), 'staff:notice.enabled')
    },
  }),
  form('/staff/:number/roles', {
    load: personFor,
    allow: grants,
    view: 'staff/roles',
    show: ({ actor, record }) => grantPage(actor, record),
    fields: grantForm,
    submit: async ({ actor, record, input }) => {
      await grantRole(actor, record.id, input)
      return seeOther(addressOf(record), 'staff:notice.granted')
    },
  }),
  form<object, Awaited<ReturnType<typeof grantFor>>>('/staff/:number/roles/:grant/revoke', {
    load: grantFor,
    allow: grants,
    fields: emptyForm,
    submit: async ({ actor, record: { person, grant } }) => {
      await revokeRole(actor, person.id, grant.id)
      return seeOther(addressOf(person), 'staff:notice.revoked')
    },
  }),
]

function revealing({ number, name, secret, expiresAt }: Issued, answer: SeeOther): SeeOther {
  return { ...answer, reveal: { number, name, secret, until: dateTimeText(expiresAt) } }
}
