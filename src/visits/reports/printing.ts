import type { Actor } from '../../access/actor.ts'
import { reading } from '../../audit/change.ts'
import { edgesOf } from '../../documents/edge-words.ts'
import type { Block, Fact, Paper, Section } from '../../documents/paper.ts'
import { renderDocument } from '../../documents/printer.ts'
import { translate, type Translate } from '../../i18n.ts'
import { dayText } from '../../lib/days.ts'
import { NotFound } from '../../lib/refused.ts'
import type { Download } from '../../web/route.ts'
import { whenText } from '../page/facts.ts'
import { subjectOf, trailOf, type Visit } from '../queries.ts'
import { costsOf } from '../spendings/queries.ts'
import { besideOf, reportOf, type Beside } from './queries.ts'
import { shownReport, standing } from './shown.ts'

/** A report on paper; nothing leaves before the trail knows its content (AUD-01). */
export async function printReport(actor: Actor, visit: Visit, now: Date): Promise<Download> {
  const report = await reportOf(visit)
  if (!report) throw new NotFound()
  const t = translate[actor.language]
  const [beside, costs] = await Promise.all([besideOf(visit), costsOf(visit)])
  const { by, tag, review, late } = standing(actor.language, visit, report)
  const mark = late ? t('visitReports:lateMark') : ''
  const said = [
    { label: t('visitReports:field.submittedAt'), value: [by, mark].filter(Boolean).join(t('web:comma')) },
    { label: t('visitReports:field.reviewedAt'), value: tag.word },
    { label: t('visitReports:field.review'), value: review ?? '—' },
  ]
  const { pdf, sha256 } = await renderDocument({
    ...framed(actor, t, visit, now),
    sections: [
      { title: t('visitReports:paper.facts'), blocks: [facts(visitFacts(t, visit))] },
      {
        title: t('visitReports:paper.result'),
        blocks: [facts(shownReport(actor.language, { visit, report, beside, costs }))],
      },
      ...besides(t, beside),
      { title: t('visitReports:paper.review'), blocks: [facts(said)] },
    ],
  })
  const after = { visit: visit.number, sha256, part: subjectOf(visit) }
  await reading(actor, 'visit.report_printed', trailOf(visit), { before: { part: subjectOf(visit) }, after })
  return { type: 'application/pdf', fileName: `${visit.number}-report.pdf`, body: pdf }
}

function framed(actor: Actor, t: Translate, { number, party }: Visit, now: Date): Omit<Paper, 'sections'> {
  const document = t('visitReports:paper.title')
  return {
    ...edgesOf(actor, now, { document, middle: party, left: number }),
    title: `${document} ${number}`,
  }
}

const facts = (lines: readonly Fact[]): Block => ({
  kind: 'facts',
  facts: lines.map(({ label, value }) => ({ label, value: value || '—' })),
})

function visitFacts(t: Translate, visit: Visit): Fact[] {
  const { party, owner, purposes, district, place, agenda, target } = visit
  return [
    { label: t('visits:field.party'), value: party },
    { label: t('visits:field.target'), value: t(`visits:target.${target}`) },
    { label: t('visits:field.startsAt'), value: whenText(t, visit) },
    { label: t('visits:field.place'), value: [district, place].filter(Boolean).join(' ') },
    { label: t('visitDay:page.owner'), value: `${owner.name} ${owner.number}` },
    {
      label: t('visits:field.purposes'),
      value: purposes.map((one) => t(`visits:purpose.${one}`)).join(t('web:comma')),
    },
    { label: t('visits:field.agenda'), value: agenda ?? '' },
  ]
}

/** What was promised and heard. */
function besides(t: Translate, { promises, notes }: Beside): Section[] {
  const promised = promises.map(({ title, number, dueOn }) => [title, number, dayText(dueOn)])
  const heard = notes.map(({ kind, about, text }) => [t(`visits:noteKind.${kind}`), about ?? '', text])
  const ofPromises = [
    { title: t('visitReports:field.promiseWhat') },
    { title: '', width: 34 },
    { title: t('visitReports:field.promiseDue'), width: 28 },
  ]
  const ofNotes = [
    { title: t('visitReports:field.noteKind'), width: 24 },
    { title: t('visitReports:field.noteAbout'), width: 40 },
    { title: t('visitReports:field.noteText') },
  ]
  return [
    ...(promised.length > 0
      ? [
          {
            title: t('visitReports:section.promises'),
            blocks: [{ kind: 'table' as const, columns: ofPromises, rows: promised }],
          },
        ]
      : []),
    ...(heard.length > 0
      ? [
          {
            title: t('visitReports:section.notes'),
            blocks: [{ kind: 'table' as const, columns: ofNotes, rows: heard }],
          },
        ]
      : []),
  ]
}
