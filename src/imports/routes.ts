import { download, form, page, seeOther } from '../web/route.ts'
import { cancelImport, resumeImport, uploadImport } from './commands.ts'
import { rowsFile } from './files.ts'
import { ledgerSubjects } from '../credit/importing/columns.ts'
import { emptyForm, listQuery, newImportForm, newImportQuery, rowsQuery } from './forms.ts'
import { startLedgerImport } from './ledger/commands.ts'
import { ledgerMappingForm, ledgerMappingQuery } from './ledger/forms.ts'
import { ledgerMappingPage } from './ledger/pages.ts'
import { ledgerImportFor } from './ledger/queries.ts'
import { templateFile } from './ledger/template.ts'
import { startImport } from './mapping/commands.ts'
import { mappingForm, mappingQuery } from './mapping/forms.ts'
import { addressOf, mappingAddress, mappingPage } from './mapping/pages.ts'
import { listPage } from './pages.ts'
import { mayList, mayRun, mayUndo, mayUpload, mayView } from './policy.ts'
import { newPage } from './new-page.ts'
import { customerImportFor, importFor } from './queries.ts'
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
    query: newImportQuery,
    show: ({ actor, query, typed }) => newPage(actor, query, typed),
    fields: newImportForm,
    upload: { field: 'file', maxBytes: largestFile },
    submit: async ({ actor, input, upload }) => {
      const number = await uploadImport(actor, upload, input)
      return seeOther(mappingAddress({ number, subject: input.subject }), 'imports:notice.uploaded')
    },
  }),
  ...ledgerSubjects.map((subject) =>
    download(`/imports/templates/${subject}.xlsx`, {
      allow: mayUpload,
      send: ({ actor }) => templateFile(actor, subject),
    }),
  ),
  page('/imports/:number', {
    load: importFor,
    allow: mayView,
    query: rowsQuery,
    view: 'imports/show',
    show: ({ actor, record, query }) => importPage(actor, record, query),
  }),
  form('/imports/:number/mapping', {
    load: customerImportFor,
    allow: mayRun,
    query: mappingQuery,
    view: 'imports/mapping',
    show: ({ actor, record, query }) => mappingPage(actor, record, query),
    fields: mappingForm,
    submit: async ({ actor, record, input, now }) => {
      if (input.act === 'preview') return seeOther(addressOf(`/imports/${record.number}/mapping`, input))
      await startImport(actor, record.number, input, now)
      return seeOther(`/imports/${record.number}`, 'imports:notice.started')
    },
  }),
  form('/imports/:number/columns', {
    load: ledgerImportFor,
    allow: mayRun,
    query: ledgerMappingQuery,
    view: 'imports/ledger',
    show: ({ actor, record, query, now }) => ledgerMappingPage(actor, record, query, now),
    fields: ledgerMappingForm,
    submit: async ({ actor, record, input, now }) => {
      if (input.act === 'preview') return seeOther(addressOf(`/imports/${record.number}/columns`, input))
      await startLedgerImport(actor, record, input, now)
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
