import type { Actor } from '../access/actor.ts'
import { translate, type Language, type Translate } from '../i18n.ts'
import { dateTimeText } from '../lib/dates.ts'
import { countsOf } from './counts.ts'
import { importHistory } from './history.ts'
import { outcomes, type OutcomeFilter, type RowsQuery } from './forms.ts'
import { tones } from './pages.ts'
import { mayRun, mayUndo } from './policy.ts'
import type { ImportRecord } from './queries.ts'
import { mappingAddress } from './mapping/pages.ts'
import { storedColumns, storedReading } from './reading.ts'
import { rowsOf, rowsPerPage, type ImportRow } from './rows.ts'
import { sentencesOf } from './sentences.ts'
import { importStates, isMoving, undoFailed, type ImportAct } from './states.ts'
import { madeNothing } from './undoing/commands.ts'

const outcomeTones = {
  imported: 'ok',
  warned: 'warn',
  duplicate: 'bad',
  rejected: 'bad',
  withdrawn: 'warn',
  waiting: 'wait',
} as const

export async function importPage(actor: Actor, record: ImportRecord, query: RowsQuery) {
  const t = translate[actor.language]
  const counts = countsOf(record)
  const { rows, earlier, later } = await rowsOf(actor, record, query)
  return {
    record: {
      number: record.number,
      tone: tones[record.state],
      state: t(`imports:state.${record.state}`),
      total: record.total,
      ...subjectOf(record, t),
    },
    facts: factsOf(record, t),
    counts: t('imports:page.counts', { total: record.total, ...counts }),
    progress: progressOf(record, counts, t),
    moving: isMoving(record.state),
    trouble: troubleOf(record, t),
    may: actsOn(actor, record),
    columns: columnsOf(record, t),
    history: await importHistory(actor, record.id),
    tabs: tabsOf(record, counts, query.outcome, t),
    rows: rows.map((row) => rowModel(row, record, actor.language)),
    pager: pagerOf(record.number, query.outcome, rows, earlier, later, t),
    downloads: (['csv', 'xlsx'] as const).map((kind) => ({
      href: `/imports/${record.number}/rows.${kind}${query.outcome ? `?outcome=${query.outcome}` : ''}`,
      word: t(kind === 'csv' ? 'imports:act.downloadCsv' : 'imports:act.downloadXlsx'),
    })),
  }
}

/** What the rows are, where their columns are chosen, and what they became. */
function subjectOf({ number, subject }: ImportRecord, t: Translate) {
  const mapping = mappingAddress({ number, subject })
  if (subject === 'customers') return { mapping, named: t('imports:page.name'), documents: null, note: null }
  const documents = t(`ledgerImports:subject.${subject}`)
  return { mapping, named: t('ledgerImports:column.document'), documents, note: t('ledgerImports:notUndone') }
}

type Counts = ReturnType<typeof countsOf>

/** What this person may do now. */
function actsOn(actor: Actor, record: ImportRecord) {
  const open = (act: ImportAct) => importStates.acts(record.state).includes(act)
  const own = mayRun(actor, record)
  return {
    start: own && open('start'),
    cancel: own && open('cancel') && record.state !== 'mapping',
    resume: own && open('resume') && !undoFailed(record),
    undo: mayUndo(actor, record) && open('undo') && !madeNothing(record),
  }
}

/** Of an import that is taken back the bar shows how far that is. */
function progressOf(record: ImportRecord, { waiting, imported, warned, withdrawn }: Counts, t: Translate) {
  const { total, state } = record
  if (state === 'undoing' || state === 'undone' || undoFailed(record)) {
    const all = imported + warned + withdrawn
    return {
      total: Math.max(all, 1),
      done: withdrawn,
      words: t('imports:page.undoWords', { total: all, done: withdrawn }),
    }
  }
  const done = total - waiting
  return { total: Math.max(total, 1), done, words: t('imports:page.progressWords', { total, done }) }
}

function troubleOf(record: ImportRecord, t: Translate): string | null {
  const { state, failures, failure } = record
  const params = { n: failures, failure: failure ?? '' }
  if (undoFailed(record)) return t('imports:page.undoFailed', params)
  if (state === 'failed') return t('imports:page.failed', params)
  return failures > 0 && isMoving(state) ? t('imports:page.stumbled', params) : null
}

function factsOf(record: ImportRecord, t: Translate) {
  const { sheet } = storedReading(record.mapping)
  const { source, purpose } = storedReading(record.mapping)
  return [
    { label: t('imports:list.file'), value: record.fileName, wide: true },
    sheet
      ? { label: t('imports:page.sheet'), value: sheet.name }
      : { label: t('imports:page.encoding'), value: record.encoding.toUpperCase() },
    { label: t('imports:list.owner'), value: record.owner.name },
    ...(record.subject === 'customers'
      ? [
          { label: t('imports:field.departmentId'), value: record.department?.name },
          { label: t('imports:field.regionId'), value: record.region?.name },
          { label: t('imports:field.source'), value: t(`customers:source.${source}`) },
          { label: t('imports:field.purpose'), value: t(`customers:purpose.${purpose}`) },
        ]
      : [{ label: t('ledgerImports:choose'), value: t(`ledgerImports:subject.${record.subject}`) }]),
    { label: t('imports:page.started'), value: dateTimeText(record.createdAt) },
    { label: t('imports:page.finished'), value: record.finishedAt ? dateTimeText(record.finishedAt) : undefined },
    ...(record.undoneAt ? [{ label: t('imports:page.undone'), value: dateTimeText(record.undoneAt) }] : []),
  ]
}

function columnsOf({ header, mapping, subject }: ImportRecord, t: Translate) {
  const words =
    subject === 'customers'
      ? storedReading(mapping).columns.map((field) => field && t(`imports:column.${field}`))
      : storedColumns(mapping).map((field) => field && t(`ledgerImports:column.${field}`))
  return header.map((title, at) => {
    const field = words[at]
    const taken = field ?? t('imports:page.notTaken')
    return { title: title || t('imports:map.nameless', { at: at + 1 }), taken, muted: !field }
  })
}

function tabsOf({ number, total }: ImportRecord, counts: Counts, current: OutcomeFilter | undefined, t: Translate) {
  const figures = { ...counts, duplicate: counts.duplicates }
  const one = (outcome: OutcomeFilter) => ({
    href: `/imports/${number}?outcome=${outcome}`,
    word: t(`imports:outcome.${outcome}`),
    count: figures[outcome],
    current: current === outcome,
  })
  const listed = outcomes.filter((outcome) => outcome !== 'withdrawn' || figures.withdrawn > 0 || current === outcome)
  return [
    { href: `/imports/${number}`, word: t('imports:outcome.all'), count: total, current: !current },
    ...listed.map(one),
  ]
}

function rowModel(row: ImportRow, record: ImportRecord, language: Language) {
  const { subject, mapping } = record
  const at =
    subject === 'customers'
      ? storedReading(mapping).columns.indexOf('name')
      : storedColumns(mapping).indexOf('document')
  return {
    line: row.line,
    name: row.cells[at]?.trim() || '—',
    tone: outcomeTones[row.outcome],
    outcome: translate[language](`imports:outcome.${row.outcome}`),
    sentences: sentencesOf(language, record.header, row.findings),
    customer: row.customer,
    document: row.document && { href: `/${subject}/${row.document}`, word: row.document },
  }
}

function pagerOf(
  number: string,
  outcome: OutcomeFilter | undefined,
  rows: ImportRow[],
  earlier: boolean,
  later: boolean,
  t: Translate,
) {
  const to = (name: string, line: number | undefined) =>
    `/imports/${number}?${new URLSearchParams({ ...(outcome ? { outcome } : {}), [name]: String(line ?? 0) }).toString()}`
  return {
    words: t('imports:page.pager', { n: rowsPerPage }),
    ...(earlier && rows.length > 0 ? { previous: to('before', rows[0]!.line) } : {}),
    ...(later && rows.length > 0 ? { next: to('after', rows.at(-1)!.line) } : {}),
  }
}
