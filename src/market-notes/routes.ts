import { db } from '../db.ts'
import { visitPolicy } from '../visits/policy.ts'
import { visitFor, type Visit } from '../visits/queries.ts'
import { download, form, page, seeOther } from '../web/route.ts'
import { exportNotes, exportQuarter, printQuarter } from './documents.ts'
import { quarterFor } from './figures.ts'
import { correctionPage, newPage, visitPage } from './form-pages.ts'
import {
  newNoteQuery,
  noteCorrectionForm,
  noteForm,
  noteQuery,
  noteWithdrawalForm,
  quarterQuery,
  visitNoteForm,
  type NewNoteQuery,
  type NoteCorrection,
  type NoteInput,
  type NoteQuery,
  type NoteWithdrawal,
  type QuarterQuery,
  type VisitNoteInput,
} from './forms.ts'
import { correctNote, heardProblems, keptProblems, recordNote, recordOnVisit, withdrawNote } from './keeping.ts'
import { listPage, notePage } from './pages.ts'
import { notePolicy } from './policy.ts'
import { noteFor, noteHistory, notesFor, placesOf, type NoteRow } from './queries.ts'
import { quarterPage } from './quarter-pages.ts'

const personOf = (number: string) =>
  number ? db.staff.findUnique({ where: { number }, select: { number: true, name: true } }) : null

export const marketNoteRoutes = [
  page<undefined, NoteQuery>('/market-notes', {
    allow: notePolicy.list,
    query: noteQuery as never,
    view: 'market-notes/index',
    show: async ({ actor, query, now }) => {
      const [list, places, person] = await Promise.all([notesFor(actor, query), placesOf(), personOf(query.person)])
      return listPage(actor, query, list, { places, person }, now)
    },
  }),
  download<undefined, NoteQuery>('/market-notes/file', {
    allow: notePolicy.export,
    stepUp: '/market-notes',
    query: noteQuery as never,
    send: ({ actor, query, now }) => exportNotes(actor, query, now),
  }),
  page<undefined, QuarterQuery>('/market-notes/quarter', {
    allow: notePolicy.list,
    query: quarterQuery as never,
    view: 'market-notes/quarter',
    show: async ({ actor, query, now }) => quarterPage(actor, await quarterFor(actor, query, now), now),
  }),
  download<undefined, QuarterQuery>('/market-notes/quarter.pdf', {
    allow: notePolicy.list,
    query: quarterQuery as never,
    send: async ({ actor, query, now }) => printQuarter(actor, await quarterFor(actor, query, now), now),
  }),
  download<undefined, QuarterQuery>('/market-notes/quarter.xlsx', {
    allow: notePolicy.export,
    stepUp: '/market-notes/quarter',
    query: quarterQuery as never,
    send: async ({ actor, query, now }) => exportQuarter(actor, await quarterFor(actor, query, now), now),
  }),
  form<NoteInput, undefined, NewNoteQuery>('/market-notes/new', {
    allow: notePolicy.record,
    query: newNoteQuery as never,
    view: 'market-notes/new',
    show: ({ actor, query, now }) => newPage(actor, query.customer, now),
    fields: noteForm,
    submit: async ({ actor, input, now }) =>
      seeOther(`/market-notes/${await recordNote(actor, input, now)}`, 'marketNotes:notice.recorded'),
  }),
  page<NoteRow>('/market-notes/:id', {
    load: noteFor,
    allow: notePolicy.view,
    view: 'market-notes/show',
    show: async ({ actor, record, now }) => notePage(actor, record, await noteHistory(record), now),
  }),
  form<NoteCorrection, NoteRow>('/market-notes/:id/correction', {
    load: noteFor,
    allow: notePolicy.own,
    guard: ({ record }) => keptProblems(record),
    view: 'market-notes/new',
    show: ({ actor, record, now }) => correctionPage(actor, record, now),
    fields: noteCorrectionForm,
    submit: async ({ actor, record, input, now }) => {
      await correctNote(actor, record.id, input, now)
      return seeOther(`/market-notes/${record.id}`, 'marketNotes:notice.corrected')
    },
  }),
  form<NoteWithdrawal, NoteRow>('/market-notes/:id/withdrawal', {
    load: noteFor,
    allow: notePolicy.own,
    guard: ({ record }) => keptProblems(record),
    view: 'market-notes/withdrawal',
    show: ({ record }) => ({
      note: { id: String(record.id), title: record.about ?? '', text: record.text, version: record.version },
    }),
    fields: noteWithdrawalForm,
    submit: async ({ actor, record, input, now }) => {
      await withdrawNote(actor, record.id, input, now)
      return seeOther(`/market-notes/${record.id}`, 'marketNotes:notice.withdrawn')
    },
  }),
  form<VisitNoteInput, Visit>('/visits/:number/market-notes', {
    load: visitFor,
    allow: visitPolicy.own,
    guard: ({ record }) => heardProblems(record),
    view: 'market-notes/new',
    show: ({ actor, record, now }) => visitPage(actor, record, now),
    fields: visitNoteForm,
    submit: async ({ actor, record, input, now }) => {
      await recordOnVisit(actor, record, input, now)
      return seeOther(`/visits/${record.number}`, 'marketNotes:notice.recorded')
    },
  }),
]
