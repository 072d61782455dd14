import type { Actor } from '../access/actor.ts'
import { translate, translateIfKnown, type Language, type Translate } from '../i18n.ts'
import type { Finding } from '../customers/cells.ts'
import type { IntakeField } from '../customers/columns.ts'
import { dateTimeText } from '../lib/dates.ts'
import { outcomes, type ListQuery, type OutcomeFilter, type RowsQuery } from './forms.ts'
import { mayCancel } from './policy.ts'
import {
  importsFor,
  placesFor,
  rowsOf,
  rowsPerPage,
  type ImportRecord,
  type ImportRow,
  type Reading,
} from './queries.ts'

const tones = { waiting: 'wait', running: 'go', done: 'ok', cancelled: 'warn' } as const
const outcomeTones = { imported: 'ok', warned: 'warn', duplicate: 'bad', rejected: 'bad', waiting: 'wait' } as const
const kept: ReadonlySet<IntakeField> = new Set([
  'name',
  'alias',
  'kind',
  'code',
  'phone',
  'province',
  'city',
  'address',
])

export async function listPage(actor: Actor, { before }: ListQuery) {
  const t = translate[actor.language]
  const { total, imports, more } = await importsFor(actor, before)
  const rows = imports.map((one) => ({
    href: `/imports/${one.number}`,
    number: one.number,
    file: one.fileName,
    tone: tones[one.state],
    state: t(`imports:state.${one.state}`),
    total: one.total,
    counts: countsOf(one),
    owner: one.owner.name,
    at: dateTimeText(one.createdAt),
  }))
  const words = t('imports:list.pager', { n: total })
  const next = more ? { next: `/imports?before=${rows.at(-1)!.number}` } : {}
  return { rows, pager: { words, ...(before ? { previous: '/imports' } : {}), ...next } }
}

export async function newPage(actor: Actor) {
  const t = translate[actor.language]
  const { departments, regions } = await placesFor(actor)
  const option = ({ id, name }: { id: bigint; name: string }) => ({ value: String(id), word: name })
  const own = departments.find(({ id }) => id === actor.departmentId)
  return {
    departments: departments.map(option),
    regions: regions.map(option),
    department: own ? String(own.id) : '',
    kinds: (['organisation', 'person'] as const).map((value) => ({ value, word: t(`imports:kind.${value}`) })),
  }
}

export async function importPage(actor: Actor, record: ImportRecord, query: RowsQuery) {
  const t = translate[actor.language]
  const counts = countsOf(record)
  const moving = record.state === 'waiting' || record.state === 'running'
  const { rows, earlier, later } = await rowsOf(record.id, query)
  return {
    record: { number: record.number, tone: tones[record.state], state: t(`imports:state.${record.state}`) },
    facts: factsOf(record, t),
    counts: t('imports:page.counts', { total: record.total, ...counts }),
    progress: t('imports:page.progressWords', { total: record.total, done: record.total - counts.waiting }),
    total: Math.max(record.total, 1),
    done: record.total - counts.waiting,
    moving,
    mayCancel: moving && mayCancel(actor, record),
    columns: columnsOf(record, t),
    tabs: tabsOf(record, counts, query.outcome, t),
    rows: rows.map((row) => rowModel(row, record, actor.language)),
    pager: pagerOf(record.number, query.outcome, rows, earlier, later, t),
    download: `/imports/${record.number}/rows.csv${query.outcome ? `?outcome=${query.outcome}` : ''}`,
  }
}

/** Findings in words, each led by the column it is about. */
export function sentencesOf(language: Language, header: string[], findings: Finding[]): string[] {
  const t = translate[language]
  return findings.map(({ reason, params, column }) => {
    // Kept from a release that knew more: still a sentence, never a bare key.
    const sentence = translateIfKnown(language, reason, params) ?? t('imports:finding.unreadable')
    const title = column === null ? '' : (header[column] ?? '')
    return title === '' ? sentence : t('imports:page.sentenceAt', { column: title, sentence })
  })
}

export function countsOf({ total, imported, warned, duplicates, rejected }: ImportRecord) {
  return { imported, warned, duplicates, rejected, waiting: total - imported - warned - duplicates - rejected }
}

function factsOf(record: ImportRecord, t: Translate) {
  return [
    { label: t('imports:list.file'), value: record.fileName, wide: true },
    { label: t('imports:page.encoding'), value: record.encoding.toUpperCase() },
    { label: t('imports:list.owner'), value: record.owner.name },
    { label: t('imports:field.departmentId'), value: record.department?.name },
    { label: t('imports:field.regionId'), value: record.region?.name },
    { label: t('imports:page.started'), value: dateTimeText(record.createdAt) },
    { label: t('imports:page.finished'), value: record.finishedAt ? dateTimeText(record.finishedAt) : undefined },
  ]
}

function columnsOf({ header, mapping }: ImportRecord, t: Translate) {
  const { columns } = mapping as Reading
  return header.map((title, at) => {
    const field = columns[at]
    if (!field) return { title, taken: t('imports:page.notTaken'), muted: true }
    const word = t(`imports:column.${field}`)
    return kept.has(field)
      ? { title, taken: word, muted: false }
      : { title, taken: t('imports:column.readNotKept', { field: word }), muted: true }
  })
}

function tabsOf(
  { number, total }: ImportRecord,
  counts: ReturnType<typeof countsOf>,
  current: OutcomeFilter | undefined,
  t: Translate,
) {
  const figures = { ...counts, duplicate: counts.duplicates }
  const one = (outcome: OutcomeFilter) => ({
    href: `/imports/${number}?outcome=${outcome}`,
    word: t(`imports:outcome.${outcome}`),
    count: figures[outcome],
    current: current === outcome,
  })
  return [
    { href: `/imports/${number}`, word: t('imports:outcome.all'), count: total, current: !current },
    ...outcomes.map(one),
  ]
}

function rowModel(row: ImportRow, record: ImportRecord, language: Language) {
  const at = (record.mapping as Reading).columns.indexOf('name')
  return {
    line: row.line,
    name: row.cells[at]?.trim() || '—',
    tone: outcomeTones[row.outcome],
    outcome: translate[language](`imports:outcome.${row.outcome}`),
    sentences: sentencesOf(language, record.header, row.findings),
    customer: row.customer,
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
