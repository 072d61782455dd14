import { permit } from '../access/policy.ts'
import { dateTimeText } from '../lib/dates.ts'
import { staffService } from '../sso/section.ts'
import { form, page, seeOther, type SeeOther } from '../web/route.ts'
import { askForHandover } from '../handovers/asking.ts'
import { disableStaff, enableStaff, resumeStaff, suspendStaff } from './closing.ts'
import { closingPage } from './closing-page.ts'
import { correctStaff, createStaff, issuePassword, type Issued } from './commands.ts'
import { correctionForm, emptyForm, grantForm, listQuery, newStaffForm, suspensionForm } from './forms.ts'
import type { Suspension } from './forms.ts'
import { factsPage, grantPage, listPage, personPage } from './pages.ts'
import { grantFor, personFor, type Person } from './queries.ts'
import { grantRole } from './roles.ts'
import { revokeRole } from './revoking.ts'

const manage = permit('staff.manage')
const grants = permit('roles.grant')
const suspend = permit('staff.suspend')
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
    show: async ({ actor, record, now }) => ({
      ...(await personPage(actor, record, now)),
      service: await staffService(actor, record),
    }),
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
  form<Suspension, Person>('/staff/:number/suspend', {
    load: personFor,
    allow: suspend,
    view: 'staff/suspend',
    show: ({ record: { name, number } }) => ({ person: { name, number } }),
    fields: suspensionForm,
    submit: async ({ actor, record, input }) => {
      await suspendStaff(actor, record.id, input.reason)
      return seeOther(addressOf(record), 'staff:notice.suspended')
    },
  }),
  form<object, Person>('/staff/:number/resume', {
    load: personFor,
    allow: suspend,
    fields: emptyForm,
    submit: async ({ actor, record }) => {
      await resumeStaff(actor, record.id)
      return seeOther(addressOf(record), 'staff:notice.resumed')
    },
  }),
  form<object, Person>('/staff/:number/handover-request', {
    load: personFor,
    allow: manage,
    fields: emptyForm,
    submit: async ({ actor, record, now }) => {
      await askForHandover(actor, record.id, now)
      return seeOther(addressOf(record), 'handovers:notice.asked')
    },
  }),
  form<object, Person>('/staff/:number/disable', {
    load: personFor,
    allow: manage,
    view: 'staff/disable',
    show: ({ actor, record, now }) => closingPage(actor, record, now),
    fields: emptyForm,
    submit: async ({ actor, record, now }) => {
      await disableStaff(actor, record.id, now)
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
    stepUp: true,
    view: 'staff/roles',
    show: ({ actor, record }) => grantPage(actor, record),
    fields: grantForm,
    submit: async ({ actor, record, input, now }) => {
      const request = await grantRole(actor, record.id, input, now)
      if (request === null) return seeOther(addressOf(record), 'staff:notice.granted')
      return seeOther(addressOf(record), 'staff:notice.asked', { number: request })
    },
  }),
  form<object, Awaited<ReturnType<typeof grantFor>>>('/staff/:number/roles/:grant/revoke', {
    load: grantFor,
    allow: grants,
    stepUp: true,
    fields: emptyForm,
    submit: async ({ actor, record: { person, grant }, now }) => {
      await revokeRole(actor, person.id, grant.id, now)
      return seeOther(addressOf(person), 'staff:notice.revoked')
    },
  }),
]

function revealing({ number, name, secret, expiresAt }: Issued, answer: SeeOther): SeeOther {
  return { ...answer, reveal: { number, name, secret, until: dateTimeText(expiresAt) } }
}
