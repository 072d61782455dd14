import type { Placed } from '../access/policy.ts'
import { customerFor, type Customer } from '../customers/queries.ts'
import { db } from '../db.ts'
import { scans } from '../files/scanner.ts'
import { download, form, page, seeOther } from '../web/route.ts'
import { addAttachment, correctAttachment, removeAttachment, renewAttachment } from './commands.ts'
import {
  correctionForm,
  newAttachmentForm,
  removalForm,
  renewalForm,
  versionQuery,
  type Correction,
  type NewAttachment,
  type Removal,
  type Renewal,
  type VersionQuery,
} from './forms.ts'
import { fileField, largestMegabytes, roomOf } from './limits.ts'
import { original, picture } from './opening.ts'
import { attachmentPage, correctionPage, listPage, newAttachmentPage, removalPage, renewalPage } from './pages.ts'
import { attachmentPolicy } from './policy.ts'
import {
  attachmentFor,
  attachmentsOf,
  removalOf,
  usedBy,
  versionFor,
  versionIn,
  type AttachmentOf,
  type VersionOf,
} from './queries.ts'

const placeOf = ({ customer, attachment }: AttachmentOf) => ({ customerId: customer.id, attachmentId: attachment.id })
const pageOf = ({ customer, attachment }: AttachmentOf) => `/customers/${customer.number}/attachments/${attachment.id}`
const limitsOf = async ({ id }: { id: bigint }, now: Date) => ({
  largest: await largestMegabytes(now),
  room: await roomOf(now),
  used: await usedBy(db, id),
  scanned: scans(),
})

export const attachmentRoutes = [
  page<Customer & Placed>('/customers/:number/attachments', {
    load: customerFor,
    allow: attachmentPolicy.view,
    view: 'attachments/index',
    show: async ({ actor, record, now }) =>
      listPage(actor, record, await attachmentsOf(record), await limitsOf(record, now)),
  }),
  form<NewAttachment, Customer>('/customers/:number/attachments/new', {
    load: customerFor,
    allow: attachmentPolicy.add,
    view: 'attachments/new',
    show: async ({ actor, record, now }) => newAttachmentPage(actor, record, await limitsOf(record, now)),
    fields: newAttachmentForm,
    upload: fileField,
    submit: async ({ actor, record, input, upload, now }) => {
      const title = await addAttachment(actor, record.id, input, upload, now)
      const to = `/customers/${record.number}${input.another ? '/attachments/new' : ''}`
      return seeOther(to, 'attachments:notice.added', { title })
    },
  }),
  page<AttachmentOf, VersionQuery>('/customers/:number/attachments/:attachment', {
    load: attachmentFor,
    allow: attachmentPolicy.view,
    query: versionQuery,
    view: 'attachments/show',
    show: async ({ actor, record, query, now }) => {
      const { customer, attachment } = record
      const removed = attachment.removedAt ? await removalOf(customer.id, attachment.id) : null
      return attachmentPage(actor, record, versionIn(attachment, query.n), removed, now)
    },
  }),
  form<Renewal, AttachmentOf>('/customers/:number/attachments/:attachment/versions/new', {
    load: attachmentFor,
    allow: attachmentPolicy.add,
    view: 'attachments/renewal',
    show: async ({ actor, record, now }) => renewalPage(actor, record, await limitsOf(record.customer, now)),
    fields: renewalForm,
    upload: fileField,
    submit: async ({ actor, record, input, upload, now }) => {
      const n = await renewAttachment(actor, placeOf(record), input, upload, now)
      return seeOther(pageOf(record), 'attachments:notice.renewed', { title: record.attachment.title, n })
    },
  }),
  form<Correction, AttachmentOf>('/customers/:number/attachments/:attachment/correction', {
    load: attachmentFor,
    allow: attachmentPolicy.add,
    view: 'attachments/correction',
    show: ({ record }) => correctionPage(record),
    fields: correctionForm,
    submit: async ({ actor, record, input }) => {
      await correctAttachment(actor, placeOf(record), input)
      return seeOther(pageOf(record), 'attachments:notice.corrected')
    },
  }),
  form<Removal, AttachmentOf>('/customers/:number/attachments/:attachment/removal', {
    load: attachmentFor,
    allow: attachmentPolicy.add,
    view: 'attachments/removal',
    show: ({ record }) => removalPage(record),
    fields: removalForm,
    submit: async ({ actor, record, input, now }) => {
      const title = await removeAttachment(actor, placeOf(record), input, now)
      return seeOther(pageOf(record), 'attachments:notice.removed', { title })
    },
  }),
  download<VersionOf>('/customers/:number/attachments/:attachment/versions/:n/file', {
    load: versionFor,
    allow: attachmentPolicy.view,
    send: ({ actor, record }) => original(actor, record, 'download'),
  }),
  download<VersionOf>('/customers/:number/attachments/:attachment/versions/:n/picture', {
    load: versionFor,
    allow: attachmentPolicy.view,
    send: ({ actor, record }) => picture(actor, record),
  }),
  download<VersionOf>('/customers/:number/attachments/:attachment/versions/:n/pdf', {
    load: versionFor,
    allow: attachmentPolicy.view,
    send: ({ actor, record }) => original(actor, record, 'preview'),
  }),
]
