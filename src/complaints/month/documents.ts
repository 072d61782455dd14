import type { Actor } from '../../access/actor.ts'
import { reading } from '../../audit/change.ts'
import { edgesOf } from '../../documents/edge-words.ts'
import type { Block, Paper, Section } from '../../documents/paper.ts'
import { renderDocument } from '../../documents/printer.ts'
import { letOut } from '../../exports/leaving.ts'
import { translate, type Translate } from '../../i18n.ts'
import type { Download } from '../../web/route.ts'
import { monthModel, type MonthModel } from './model.ts'
import { subjectOf, type Month } from './queries.ts'
import { monthAfter } from './rules.ts'
import { detailText } from './who.ts'

/** CMP-19: the month on paper; that it was printed and what it was is in the trail. */
export async function printMonth(actor: Actor, month: Month, now: Date): Promise<Download> {
  const { pdf, sha256 } = await renderDocument(paperOf(actor, month, now))
  const { department } = month
  await reading(actor, 'complaint.month_printed', subjectOf(month.month), { after: { department, sha256 } })
  return { type: 'application/pdf', fileName: `complaints-${month.month}.pdf`, body: pdf }
}

function paperOf(actor: Actor, month: Month, now: Date): Paper {
  const t = translate[actor.language]
  const title = t('complaintMonth:title')
  return {
    ...edgesOf(actor, now, { document: title, middle: middleOf(t, month), left: t('complaintMonth:paper.rule') }),
    title: `${title} ${month.month}`,
    sections: sectionsOf(t, month, monthModel(actor, month)),
  }
}

function middleOf(t: Translate, { month, department, departments }: Month): string {
  const of = departments.find(({ id }) => String(id) === department)?.name ?? t('complaintMonth:allDepartments')
  return `${month} · ${of}`
}

function sectionsOf(t: Translate, { month }: Month, model: MonthModel): Section[] {
  const before = monthAfter(month, -1)
  return [
    { title: t('complaintMonth:section.head'), blocks: [linesTable(t, model.head, month, before)] },
    { title: t('complaintMonth:section.times'), blocks: [timesTable(t, model)] },
    ...model.sections
      .filter(({ lines }) => lines.length > 0)
      .map(({ heading, lines }) => ({ title: heading, blocks: [linesTable(t, lines, month, before)] })),
    ...(['people', 'departments'] as const)
      .filter((who) => model[who].length > 0)
      .map((who) => ({ title: t(`complaintMonth:section.${who}`), blocks: [whoTable(t, model[who])] })),
  ]
}

const right = { align: 'right' as const, width: 26 }
function linesTable(t: Translate, lines: MonthModel['head'], month: string, before: string): Block {
  const share = { title: t('complaintMonth:column.share'), width: 48 }
  return {
    kind: 'table',
    columns: [
      { title: t('complaintMonth:column.item') },
      { title: month, ...right },
      { title: before, ...right },
      share,
    ],
    rows: lines.map((line) => [line.word, line.n, line.before, line.share]),
  }
}

const timesTable = (t: Translate, { times }: MonthModel): Block => ({
  kind: 'table',
  columns: (['item', 'median', 'most', 'inTime', 'missed'] as const).map((name) => ({
    title: t(`complaintMonth:column.${name}`),
  })),
  rows: times.map((line) => [line.word, line.median, line.most, line.share, line.missed]),
})

const whoTable = (t: Translate, rows: MonthModel['people']): Block => ({
  kind: 'table',
  columns: (['who', 'overdue', 'detail', 'escalated', 'paused'] as const).map((name) => ({
    title: t(`complaintMonth:column.${name}`),
  })),
  rows: rows.map((row) => [row.name, `${row.overdue}`, detailText(row), `${row.escalated.n}`, `${row.paused.n}`]),
})

/** CUS-15: the same figures as a spreadsheet; numbered, in the trail before its first byte and after its last. */
export async function exportMonth(actor: Actor, month: Month, now: Date): Promise<Download> {
  const t = translate[actor.language]
  const before = monthAfter(month.month, -1)
  return letOut(actor, {
    as: 'complaint.month_export',
    about: { month: month.month, department: month.department },
    sheet: `${t('complaintMonth:title')} ${month.month}`,
    header: [
      t('complaintMonth:column.section'),
      t('complaintMonth:column.item'),
      month.month,
      before,
      t('complaintMonth:column.share'),
    ],
    rows: linesOf(t, monthModel(actor, month)),
    at: now,
  })
}

async function* linesOf(t: Translate, model: MonthModel): AsyncGenerator<string[]> {
  for (const line of model.head) yield [t('complaintMonth:section.head'), line.word, line.n, line.before, line.share]
  for (const { word, median, most, share, missed, before } of model.times) {
    const section = t('complaintMonth:section.times')
    yield [section, `${word} ${t('complaintMonth:column.median')}`, median, before, '']
    yield [section, `${word} ${t('complaintMonth:column.most')}`, most, '', '']
    yield [section, `${word} ${t('complaintMonth:column.inTime')}`, share, '', '']
    yield [section, `${word} ${t('complaintMonth:column.missed')}`, missed, '', '']
  }
  for (const { heading, lines } of model.sections)
    for (const line of lines) yield [heading, line.word, line.n, line.before, line.share]
  for (const who of ['people', 'departments'] as const)
    for (const row of model[who]) {
      const section = t(`complaintMonth:section.${who}`)
      yield [section, `${row.name} ${t('complaintMonth:column.overdue')}`, String(row.overdue), '', detailText(row)]
      for (const { word, n } of [row.escalated, row.paused]) yield [section, `${row.name} ${word}`, String(n), '', '']
    }
}
