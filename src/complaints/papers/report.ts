import type { Section } from '../../documents/paper.ts'
import { dateTimeText } from '../../lib/dates.ts'
import { fact, joined, nameIn, signatures, textBlock, waysSection, type Source } from './blocks.ts'
import { takenFacts } from './card.ts'

type Report = NonNullable<Source['content']['report']>

/** CMP-09: cause, course, responsible person, conclusion, countermeasure, prevention, with the original complaint. */
export function reportSections(source: Source, report: Report): Section[] {
  const { t, content } = source
  const author = nameIn(content, report.byId)
  const open = report.state === 'finished' ? [] : [stateBlock(source, report)]
  const written: [Title, string][] = [
    ['reportCourse', report.course],
    ['cause', joined(t, [report.causeKind && t(`complaints:cause.${report.causeKind}`), report.cause])],
    ['responsible', joined(t, [...report.responsible.map((id) => nameIn(content, id)), report.responsibleText])],
    ['conclusion', report.conclusion],
    ['countermeasure', report.countermeasure],
    ['prevention', report.prevention],
  ]
  return [
    { title: t('papers:section.complaint'), blocks: [...open, { kind: 'facts', facts: takenFacts(source) }] },
    { title: t('papers:section.said'), blocks: [{ kind: 'facts', facts: said(source) }] },
    ...written.map(([title, text]) => ({ title: t(`papers:section.${title}`), blocks: [textBlock(text)] })),
    ...(report.supervisor ? [{ title: t('papers:section.supervisor'), blocks: [textBlock(report.supervisor)] }] : []),
    signatures(t, [
      ['author', [author, report.finishedAt && dateTimeText(report.finishedAt)].filter(Boolean).join('\n')],
      ['head', ''],
      ['reviewer', ''],
      ['generalManager', ''],
    ]),
    waysSection(source),
  ]
}

const said = ({ t, complaint: { what, wants } }: Source) => [
  fact(t('complaints:field.what'), what),
  fact(t('complaints:field.wants'), wants),
]

type Title = 'reportCourse' | 'cause' | 'responsible' | 'conclusion' | 'countermeasure' | 'prevention'

function stateBlock({ t }: Source, { state }: Report) {
  return textBlock(t('papers:word.reportOpen', { state: t(`papers:reportState.${state}`) }))
}
