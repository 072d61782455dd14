import { download, form, page, seeOther } from '../web/route.ts'
import { cancelImport, uploadImport } from './commands.ts'
import { rowsFile } from './csv.ts'
import { emptyForm, listQuery, newImportForm, rowsQuery } from './forms.ts'
import { wakeImports } from './jobs.ts'
import { importPage, listPage, newPage } from './pages.ts'
import { mayCancel, mayList, mayRun, mayView } from './policy.ts'
import { importFor } from './queries.ts'

const largestFile = 100 * 1024 * 1024

export const importRoutes = [
  page('/imports', {
    allow: mayList,
    query: listQuery,
    view: 'imports/index',
    show: ({ actor, query }) => listPage(actor, query),
  }),
  form('/imports/new', {
    allow: mayRun,
    view: 'imports/new',
    show: ({ actor }) => newPage(actor),
    fields: newImportForm,
    upload: { field: 'file', maxBytes: largestFile },
    submit: async ({ actor, input, upload }) => {
      const number = await uploadImport(actor, upload, input)
      wakeImports()
      return seeOther(`/imports/${number}`, 'imports:notice.uploaded')
    },
  }),
  page('/imports/:number', {
    load: importFor,
    allow: mayView,
    query: rowsQuery,
    view: 'imports/show',
    show: ({ actor, record, query }) => importPage(actor, record, query),
  }),
  form('/imports/:number/cancel', {
    load: importFor,
    allow: mayCancel,
    fields: emptyForm,
    submit: async ({ actor, record }) => {
      await cancelImport(actor, record.number)
      return seeOther(`/imports/${record.number}`, 'imports:notice.cancelled')
    },
  }),
  download('/imports/:number/rows.csv', {
    load: importFor,
    allow: mayView,
    query: rowsQuery,
    send: ({ actor, record, query }) => rowsFile(actor, record, query),
  }),
]
