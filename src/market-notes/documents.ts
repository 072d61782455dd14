import type { Actor } from '../access/actor.ts'
import { reading } from '../audit/change.ts'
import { edgesOf } from '../documents/edge-words.ts'
import type { Block, Paper } from '../documents/paper.ts'
import { renderDocument } from '../documents/printer.ts'
import { letOut } from '../exports/leaving.ts'
import { translate, type Translate } from '../i18n.ts'
import type { Download } from '../web/route.ts'
import type { Quarter } from './figures.ts'
import type { NoteQuery } from './forms.ts'
import { quarterModel, type Line } from './model.ts'
import { everyNote } from './queries.ts'

/** VIS-13: the quarter on paper; that it was printed and what it was is in the trail. */
export async function printQuarter(actor: Actor, found: Quarter, now: Date): Promise<Download> {
  const { pdf, sha256 } = await renderDocument(paperOf(actor, found, now))
  const { quarter, department } = found
  await reading(actor, 'market_note.quarter_printed', `market_notes:${quarter}`, { after: { department, sha256 } })
  return { type: 'application/pdf', fileName: `market-notes-${quarter}.pdf`, body: pdf }
}

function paperOf(actor: Actor, found: Quarter, now: Date): Paper {
  const t = translate[actor.language]
  const { quarter, before } = found
  const title = t('marketNotes:quarterTitle')
  const model = quarterModel(t, found)
  return {
    ...edgesOf(actor, now, { document: title, middle: placeOf(t, found), left: t('marketNotes:paper.rule') }),
    title: `${title} ${quarter}`,
    sections: [
      { title: t('marketNotes:all'), blocks: [linesTable(t, [model.all], quarter, before)] },
      ...model.sections
        .filter(({ lines }) => lines.length > 0)
        .map(({ heading, lines }) => ({ title: heading, blocks: [linesTable(t, lines, quarter, before)] })),
      ...(found.competitors.length > 0
        ? [{ title: t('marketNotes:competitors'), blocks: [statements(t, found)] }]
        : []),
    ],
  }
}

function placeOf(t: Translate, { quarter, department, places }: Quarter): string {
  const of = places.departments.find(({ id }) => String(id) === department)?.name ?? t('marketNotes:allPlaces')
  return `${quarter} · ${of}`
}

const right = { align: 'right' as const, width: 30 }
const linesTable = (t: Translate, lines: Line[], quarter: string, before: string): Block => ({
  kind: 'table',
  columns: [{ title: t('marketNotes:column.item') }, { title: quarter, ...right }, { title: before, ...right }],
  rows: lines.map((line) => [line.word, String(line.n), line.before === null ? '' : String(line.before)]),
})

const statements = (t: Translate, { competitors }: Quarter): Block => ({
  kind: 'table',
  columns: [
    { title: t('marketNotes:field.about'), width: 36 },
    { title: t('marketNotes:field.notedOn'), width: 24 },
    { title: t('marketNotes:field.text') },
    { title: t('marketNotes:field.person'), width: 22 },
  ],
  rows: competitors.flatMap(({ about, newest }) => newest.map((one) => [about, one.notedOn, one.text, one.owner])),
})

/** CUS-15: the same figures as a spreadsheet; in the trail before its first byte and after its last. */
export async function exportQuarter(actor: Actor, found: Quarter, now: Date): Promise<Download> {
  const t = translate[actor.language]
  const { quarter, before, department } = found
  const sheet = `${t('marketNotes:quarterTitle')} ${quarter}`
  const header = [t('marketNotes:column.section'), t('marketNotes:column.item'), quarter, before]
  const asked = { quarter, department }
  return letOut(actor, { as: 'market_note.export', asked, sheet, header, rows: figureLines(t, found), at: now })
}

async function* figureLines(t: Translate, found: Quarter): AsyncGenerator<string[]> {
  const { all, sections } = quarterModel(t, found)
  const line = (section: string, { word, n, before }: Line) => [
    section,
    word,
    String(n),
    before === null ? '' : String(before),
  ]
  yield line('', all)
  for (const { heading, lines } of sections) for (const one of lines) yield line(heading, one)
  for (const { about, newest } of found.competitors)
    for (const one of newest) yield [t('marketNotes:competitors'), about, one.notedOn, one.text]
}

const columns = ['notedOn', 'kind', 'about', 'text', 'person', 'department', 'region', 'party', 'visit'] as const

/** The list itself, note by note. */
export async function exportNotes(actor: Actor, query: NoteQuery, now: Date): Promise<Download> {
  const t = translate[actor.language]
  const header = columns.map((column) => t(`marketNotes:field.${column}`))
  const { after: _after, ...conditions } = query
  const rows = noteLines(actor, query)
  const asked = { query: conditions }
  return letOut(actor, { as: 'market_note.export', asked, sheet: t('marketNotes:title'), header, rows, at: now })
}

async function* noteLines(actor: Actor, query: NoteQuery): AsyncGenerator<string[]> {
  const t = translate[actor.language]
  for await (const note of everyNote(actor, query)) {
    const { notedOn, kind, about, text, owner, department, region, customer, visit } = note
    const party = customer ? `${customer.name} ${customer.number}` : ''
    yield [
      notedOn,
      t(`visits:noteKind.${kind}`),
      about ?? '',
      text,
      owner,
      department ?? '',
      region ?? '',
      party,
      visit ?? '',
    ]
  }
}
