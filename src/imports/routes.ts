import { download, form, page, seeOther } from '../web/route.ts'
import { cancelImport, resumeImport, uploadImport } from './commands.ts'
import { rowsFile } from './files.ts'
import { emptyForm, listQuery, newImportForm, rowsQuery } from './forms.ts'
import { startImport } from './mapping/commands.ts'
import { mappingForm, mappingQuery } from './mapping/forms.ts'
import { addressOf, mappingPage } from './mapping/pages.ts'
import { listPage } from './pages.ts'
import { mayList, mayRun, mayUndo, mayUpload, mayView } from './policy.ts'
import { importFor } from './queries.ts'
import { importPage } from './result-pages.ts'
import { undoImport } from './undoing/commands.ts'
import { undoPage } from './undoing/pages.ts'

const largestFile = 100 * 1024 * 1024

export const importRoutes = [
  page('/imports', {
    allow: mayList,
    query: listQuery,
    view: 'imports/index',
    show: ({ actor, query }) => listPage(actor, query),
  }),
  form('/imports/new', {
    allow: mayUpload,
    view: 'imports/new',
    fields: newImportForm,
    upload: { field: 'file', maxBytes: largestFile },
    submit: async ({ actor, input, upload }) => {
      const number = await uploadImport(actor, upload, input)
      return seeOther(`/imports/${number}/mapping`, 'imports:notice.uploaded')
    },
  }),
  page('/imports/:number', {
    load: importFor,
    allow: mayView,
    query: rowsQuery,
    view: 'imports/show',
    show: ({ actor, record, query }) => importPage(actor, record, query),
  }),
  form('/imports/:number/mapping', {
    load: importFor,
    allow: mayRun,
    query: mappingQuery,
    view: 'imports/mapping',
    show: ({ actor, record, query }) => mappingPage(actor, record, query),
    fields: mappingForm,
    submit: async ({ actor, record, input, now }) => {
      if (input.act === 'preview') return seeOther(addressOf(record.number, input))
      await startImport(actor, record.number, input, now)
      return seeOther(`/imports/${record.number}`, 'imports:notice.started')
    },
  }),
  form('/imports/:number/cancel', {
    load: importFor,
    allow: mayRun,
    fields: emptyForm,
    submit: async ({ actor, record }) => {
      await cancelImport(actor, record.number)
      const unstarted = record.state === 'mapping'
      return seeOther(`/imports/${record.number}`, unstarted ? 'imports:notice.dropped' : 'imports:notice.cancelled')
    },
  }),
  form('/imports/:number/resume', {
    load: importFor,
    allow: mayRun,
    fields: emptyForm,
    submit: async ({ actor, record }) => {
      await resumeImport(actor, record.number)
      return seeOther(`/imports/${record.number}`, 'imports:notice.resumed')
    },
  }),
  form('/imports/:number/undo', {
    load: importFor,
    allow: mayUndo,
    view: 'imports/undo',
    show: ({ actor, record }) => undoPage(actor, record),
    fields: emptyForm,
    submit: async ({ actor, record }) => {
      await undoImport(actor, record.number)
      return seeOther(`/imports/${record.number}`, 'imports:notice.undoing')
    },
  }),
  download('/imports/:number/rows.csv', {
    load: importFor,
    allow: mayView,
    query: rowsQuery,
    send: ({ actor, record, query }) => rowsFile(actor, record, query, 'csv'),
  }),
  download('/imports/:number/rows.xlsx', {
    load: importFor,
    allow: mayView,
    query: rowsQuery,
    send: ({ actor, record, query }) => rowsFile(actor, record, query, 'xlsx'),
  }),
]
