import { form, page, seeOther } from '../../web/route.ts'
import { complaintPolicy, type PlacedComplaint } from '../policy.ts'
import { complaintFor, type Complaint } from '../queries.ts'
import { linkComplaint, unlinkComplaint, type Leaving, type Linking } from './commands.ts'
import { leaveForm, linkForm } from './forms.ts'
import { linkableTo } from './linkable.ts'
import { groupPage, linkPage } from './pages.ts'
import { groupFor, type Group } from './queries.ts'

/** Before the addresses with a number. */
export const groupPageRoutes = [
  page<Group>('/complaints/groups/:id', {
    load: groupFor,
    allow: complaintPolicy.list,
    view: 'complaints/groups/show',
    show: ({ actor, record, now }) => groupPage(actor, record, now),
  }),
]

export const groupRoutes = [
  form<Linking, Complaint & PlacedComplaint>('/complaints/:number/group', {
    load: complaintFor,
    allow: complaintPolicy.group,
    view: 'complaints/groups/link',
    show: async ({ actor, record, now }) => linkPage(actor, record, await linkableTo(actor, record, now), now),
    fields: linkForm,
    submit: async ({ actor, record, input, now }) => {
      const number = await linkComplaint(actor, record.id, input, now)
      return seeOther(`/complaints/${record.number}`, 'intake:notice.linked', { number })
    },
  }),
  form<Leaving, Complaint & PlacedComplaint>('/complaints/:number/group/leaving', {
    load: complaintFor,
    allow: complaintPolicy.group,
    view: 'complaints/groups/link',
    show: async ({ actor, record, now }) => linkPage(actor, record, await linkableTo(actor, record, now), now),
    fields: leaveForm,
    submit: async ({ actor, record, input, now }) => {
      await unlinkComplaint(actor, record.id, input, now)
      return seeOther(`/complaints/${record.number}`, 'intake:notice.unlinked')
    },
  }),
]
