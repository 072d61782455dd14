import type { Actor } from '../../access/actor.ts'
import { reading } from '../../audit/change.ts'
import { edgesOf } from '../../documents/edge-words.ts'
import type { Block, Paper, Section } from '../../documents/paper.ts'
import { renderDocument } from '../../documents/printer.ts'
import { translate, type Translate } from '../../i18n.ts'
import type { Download } from '../../web/route.ts'
import type { AssessmentQuery } from './forms.ts'
import { ordered, signedText } from './pages.ts'
import type { Assessed, Month } from './queries.ts'
import type { FigureName, Figures } from './rules.ts'
import { scoreText, textOf } from './saying.ts'

const subjectOf = (month: string) => `visit_month:${month}`

/** VIS-09: the month on paper, for the file; that it was printed and what it was is in the trail. */
export async function printAssessment(
  actor: Actor,
  query: AssessmentQuery,
  found: Month,
  now: Date,
): Promise<Download> {
  const { pdf, sha256 } = await renderDocument(paperOf(actor, query, found, now))
  const { month, unit } = found
  await reading(actor, 'assessment.printed', subjectOf(month), { after: { unit, sha256 } })
  return { type: 'application/pdf', fileName: `visits-${month}.pdf`, body: pdf }
}

function paperOf(actor: Actor, query: AssessmentQuery, found: Month, now: Date): Paper {
  const t = translate[actor.language]
  const title = t('assessment:title')
  const of = found.departments.find(({ id }) => String(id) === found.unit)?.name ?? t('assessment:allDepartments')
  return {
    ...edgesOf(actor, now, { document: title, middle: `${found.month} · ${of}`, left: t('assessment:paper.rule') }),
    title: `${title} ${found.month}`,
    sections: sectionsOf(t, found, ordered(found.people, query.sort)),
  }
}

/** Two tables, as one would be wider than the sheet. */
const first = [
  'asked',
  'planned',
  'made',
  'madeUnplanned',
  'notMade',
  'cancelledUnplanned',
  'ahead',
  'rescheduled',
  'replaced',
] as const
const second = ['inTime', 'late', 'missing', 'kept', 'keptLate', 'overdue', 'reached', 'partly', 'notReached'] as const
const third = ['gifts', 'spent'] as const

function sectionsOf(t: Translate, found: Month, people: Assessed[]): Section[] {
  const note = found.over
    ? t('assessment:weights', found.weights)
    : `${t('assessment:running')} ${t('assessment:weights', found.weights)}`
  return [
    { title: t('assessment:section.visits'), blocks: [tableOf(t, found, people, first), { kind: 'text', text: note }] },
    { title: t('assessment:section.results'), blocks: [tableOf(t, found, people, second)] },
    { title: t('assessment:section.score'), blocks: [scoreTable(t, found, people), signatureTable(t, people)] },
    {
      title: t('assessment:section.departments'),
      blocks: [unitsTable(t, found)],
    },
  ]
}

const right = (title: string, width = 16) => ({ title, align: 'right' as const, width })
/** In millimetres, where the longest word of the head is not as wide as most. */
const widths: Partial<Record<FigureName, number>> = {
  asked: 12,
  made: 12,
  madeUnplanned: 19,
  notMade: 12,
  cancelledUnplanned: 20,
  ahead: 15,
  rescheduled: 22,
  replaced: 17,
}
const cells = (names: readonly FigureName[], figures: Figures) => names.map((name) => textOf(name, figures))

const tableOf = (t: Translate, { sum }: Month, people: Assessed[], names: readonly FigureName[]): Block => ({
  kind: 'table',
  columns: [
    { title: t('assessment:who') },
    ...names.map((name) => right(t(`assessment:figure.${name}`), widths[name])),
  ],
  rows: people.map(({ person, figures }) => [person.name, ...cells(names, figures)]),
  totals: [[t('assessment:sum'), ...cells(names, sum)]],
})

const scoreTable = (t: Translate, { sum }: Month, people: Assessed[]): Block => ({
  kind: 'table',
  columns: [
    { title: t('assessment:who') },
    right(t('assessment:figure.gifts')),
    { title: t('assessment:figure.spent'), align: 'right', width: 30 },
    right(t('assessment:score')),
  ],
  rows: people.map((one) => [one.person.name, ...cells(third, one.figures), one.whole ? scoreText(one.score) : '—']),
  totals: [[t('assessment:sum'), ...cells(third, sum), '']],
})

/** On lines of their own: a comment may be long. */
const signatureTable = (t: Translate, people: Assessed[]): Block => ({
  kind: 'table',
  columns: [{ title: t('assessment:who'), width: 30 }, { title: t('assessment:signed.title') }],
  rows: people.map((one) => [one.person.name, signatureOf(t, one) || t('assessment:signed.not')]),
})

export const signatureOf = (t: Translate, one: Assessed): string =>
  [signedText(t, one), one.changed.length > 0 ? t('assessment:signed.changedSince') : '', one.signed?.comment ?? '']
    .filter(Boolean)
    .join(' ')

const ofUnits = ['asked', 'planned', 'made', 'notMade', 'late', 'missing', 'overdue'] as const
const unitsTable = (t: Translate, { units, sum }: Month): Block => ({
  kind: 'table',
  columns: [{ title: t('assessment:department') }, ...ofUnits.map((name) => right(t(`assessment:figure.${name}`)))],
  rows: units.map(({ name, figures }) => [name ?? t('assessment:noDepartment'), ...cells(ofUnits, figures)]),
  totals: [[t('assessment:sum'), ...cells(ofUnits, sum)]],
})
