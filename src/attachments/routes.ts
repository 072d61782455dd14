import type { Permit } from '../access/policy.ts'
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
import type { Hosting } from './host.ts'
import { fileField, limitsOf } from './limits.ts'
import { ofComplaints } from './of-complaints.ts'
import { ofCustomers } from './of-customers.ts'
import { ofVisits } from './of-visits.ts'
import { original, picture } from './opening.ts'
import {
  attachmentPage,
  correctionPage,
  listPage,
  newAttachmentPage,
  placeOf,
  removalPage,
  renewalPage,
} from './pages.ts'
import {
  attachmentFor,
  attachmentsOf,
  removalOf,
  versionFor,
  versionIn,
  type AttachmentOf,
  type VersionOf,
} from './queries.ts'

const permitOf = <R>(permit: Permit<R>): Permit<AttachmentOf<R>> =>
  Object.assign((actor: Parameters<Permit<R>>[0], { record }: AttachmentOf<R>) => permit(actor, record), {
    act: permit.act,
  })
const pageOf = ({ host, attachment }: AttachmentOf) => placeOf(host, attachment)

/** Every address of the files of one kind of record. */
const routesOf = <R>(of: Hosting<R>) => {
  const view = permitOf(of.view)
  const add = permitOf(of.add)
  const all = `${of.path}/attachments`
  const one = `${all}/:attachment`
  const target = ({ host, attachment }: AttachmentOf<R>) => ({ of, id: host.id, attachmentId: attachment.id })
  return [
    page<R>(all, {
      load: of.load,
      allow: of.view,
      view: 'attachments/index',
      show: async ({ actor, record, now }) => {
        const host = of.hostOf(record)
        return listPage(actor, host, of.add(actor, record), await attachmentsOf(host), await limitsOf(host, now))
      },
    }),
    form<NewAttachment, R>(`${all}/new`, {
      load: of.load,
      allow: of.add,
      view: 'attachments/new',
      show: async ({ actor, record, now }) => {
        const host = of.hostOf(record)
        return newAttachmentPage(actor, host, await limitsOf(host, now))
      },
      fields: newAttachmentForm,
      upload: fileField,
      submit: async ({ actor, record, input, upload, now }) => {
        const { id, home } = of.hostOf(record)
        const title = await addAttachment(actor, { of, id }, input, upload, now)
        const to = `${home}${input.another ? '/attachments/new' : ''}`
        return seeOther(to, 'attachments:notice.added', { title })
      },
    }),
    page<AttachmentOf<R>, VersionQuery>(one, {
      load: attachmentFor(of),
      allow: view,
      query: versionQuery,
      view: 'attachments/show',
      show: async ({ actor, record, query, now }) => {
        const { host, attachment } = record
        const removed = attachment.removedAt ? await removalOf(host, attachment.id) : null
        return attachmentPage(
          actor,
          { ...record, mayAdd: add(actor, record) },
          versionIn(attachment, query.n),
          removed,
          now,
        )
      },
    }),
    form<Renewal, AttachmentOf<R>>(`${one}/versions/new`, {
      load: attachmentFor(of),
      allow: add,
      view: 'attachments/renewal',
      show: async ({ actor, record, now }) => renewalPage(actor, record, await limitsOf(record.host, now)),
      fields: renewalForm,
      upload: fileField,
      submit: async ({ actor, record, input, upload, now }) => {
        const n = await renewAttachment(actor, target(record), input, upload, now)
        return seeOther(pageOf(record), 'attachments:notice.renewed', { title: record.attachment.title, n })
      },
    }),
    form<Correction, AttachmentOf<R>>(`${one}/correction`, {
      load: attachmentFor(of),
      allow: add,
      view: 'attachments/correction',
      show: ({ record }) => correctionPage(record),
      fields: correctionForm,
      submit: async ({ actor, record, input }) => {
        await correctAttachment(actor, target(record), input)
        return seeOther(pageOf(record), 'attachments:notice.corrected')
      },
    }),
    form<Removal, AttachmentOf<R>>(`${one}/removal`, {
      load: attachmentFor(of),
      allow: add,
      view: 'attachments/removal',
      show: ({ record }) => removalPage(record),
      fields: removalForm,
      submit: async ({ actor, record, input, now }) => {
        const title = await removeAttachment(actor, target(record), input, now)
        return seeOther(pageOf(record), 'attachments:notice.removed', { title })
      },
    }),
    download<VersionOf<R>>(`${one}/versions/:n/file`, {
      load: versionFor(of),
      allow: view,
      send: ({ actor, record }) => original(actor, record, 'download'),
    }),
    download<VersionOf<R>>(`${one}/versions/:n/picture`, {
      load: versionFor(of),
      allow: view,
      send: ({ actor, record }) => picture(actor, record),
    }),
    download<VersionOf<R>>(`${one}/versions/:n/pdf`, {
      load: versionFor(of),
      allow: view,
      send: ({ actor, record }) => original(actor, record, 'preview'),
    }),
  ]
}

export const attachmentRoutes = [...routesOf(ofCustomers), ...routesOf(ofComplaints), ...routesOf(ofVisits)]
