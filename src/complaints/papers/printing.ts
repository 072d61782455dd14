import type { Actor } from '../../access/actor.ts'
import { reading } from '../../audit/change.ts'
import { edgesOf } from '../../documents/edge-words.ts'
import type { Paper, Section } from '../../documents/paper.ts'
import { renderDocument } from '../../documents/printer.ts'
import { translate } from '../../i18n.ts'
import { NotFound } from '../../lib/refused.ts'
import type { Download } from '../../web/route.ts'
import { seesLiabilities } from '../liabilities/policy.ts'
import { subjectOf, type Complaint } from '../queries.ts'
import type { Source } from './blocks.ts'
import { cardSections } from './card.ts'
import { formSections } from './form.ts'
import { contentOf } from './queries.ts'
import { reportSections } from './report.ts'

export const papers = ['card', 'form', 'report'] as const
export type PaperKind = (typeof papers)[number]

/** CMP-20: prints a paper of a complaint; nothing leaves before the trail knows its content (AUD-01). */
export async function printPaper(actor: Actor, complaint: Complaint, kind: PaperKind, now: Date): Promise<Download> {
  const { language } = actor
  const source = { language, t: translate[language], complaint, content: await contentOf(complaint) }
  const paper = paperOf(actor, source, kind, now)
  const { pdf, sha256, missing } = await renderDocument(paper)
  const after = { paper: kind, sha256, ...(missing.length > 0 ? { missing: missing.join(' ') } : {}) }
  await reading(actor, 'complaint.printed', subjectOf(complaint), { after })
  return { type: 'application/pdf', fileName: `${complaint.number}-${kind}.pdf`, body: pdf }
}

/** The phone stays masked on paper, as in the customer's file: who may see it asks for it with a reason. */
function paperOf(actor: Actor, source: Source, kind: PaperKind, now: Date): Paper {
  const { t, complaint } = source
  const document = t(`papers:paper.${kind}`)
  return {
    ...edgesOf(actor, now, { document, middle: complaint.title, mark: t('papers:head.mark'), left: complaint.number }),
    title: `${document} ${complaint.number}`,
    sections: sectionsOf(actor, source, kind),
  }
}

function sectionsOf(actor: Actor, source: Source, kind: PaperKind): Section[] {
  const { complaint, content } = source
  if (kind === 'card') return cardSections(source)
  if (kind === 'form') return formSections(source, seesLiabilities(actor, complaint))
  if (!content.report) throw new NotFound()
  return reportSections(source, content.report)
}
