import { fileField, largestMegabytes } from '../../attachments/limits.ts'
import { accepted } from '../../files/kinds.ts'
import { scans } from '../../files/scanner.ts'
import { download, form, seeOther } from '../../web/route.ts'
import { contentForm } from '../items/forms.ts'
import { itemPolicy } from '../items/policy.ts'
import { contentFor, type ContentAsked } from '../items/queries.ts'
import { itemFor, type Item } from '../queries.ts'
import { addContent } from './commands.ts'
import { originalFile, picture, stampedPdf, thumbnail } from './opening.ts'
import { contentPage } from './pages.ts'

const given = { load: contentFor, allow: itemPolicy.view }

export const contentRoutes = [
  form<Record<string, never>, Item>('/archive/items/:number/contents/new', {
    load: itemFor,
    allow: itemPolicy.keep,
    view: 'archive/contents/new',
    show: async ({ actor, record, now }) =>
      contentPage(actor, record, { largest: await largestMegabytes(now), accepted, scanned: scans() }),
    fields: contentForm,
    upload: fileField,
    submit: async ({ actor, record, upload, now }) => {
      const n = await addContent(actor, record.id, upload, now)
      return seeOther(`/archive/items/${record.number}`, 'archive:notice.contentAdded', { n })
    },
  }),
  download<ContentAsked>('/archive/items/:number/contents/:n/picture', {
    ...given,
    send: ({ actor, record, now }) => picture(actor, record, now),
  }),
  download<ContentAsked>('/archive/items/:number/contents/:n/thumbnail', {
    ...given,
    send: ({ actor, record, now }) => thumbnail(actor, record, now),
  }),
  download<ContentAsked>('/archive/items/:number/contents/:n/pdf', {
    ...given,
    send: ({ actor, record, now }) => stampedPdf(actor, record, now),
  }),
  download<ContentAsked>('/archive/items/:number/contents/:n/file', {
    ...given,
    send: ({ actor, record, now }) => originalFile(actor, record, now),
  }),
]
