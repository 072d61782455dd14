import { PurposeReached } from '../../../prisma/client/enums.ts'
import type { VisitReport } from '../../../prisma/client/client.ts'
import type { Actor } from '../../access/actor.ts'
import { isAtStake, staleSince } from '../../audit/stale.ts'
import type { Tx } from '../../db.ts'
import { translate } from '../../i18n.ts'
import { dayText } from '../../lib/days.ts'
import { Refused, type Refusal } from '../../lib/refused.ts'
import { subjectOf, trailOf, type Visit } from '../queries.ts'
import { sectionNames } from './fields.ts'
import type { ReportInput } from './forms.ts'

const names = ['reached', ...sectionNames, 'nextOn'] as const
export type Fields = Record<(typeof names)[number], string>

type Written = Pick<ReportInput, (typeof names)[number]>

/** What a report says in its sections, as its form sends it and as the trail keeps it. */
export const fieldsOf = (written: Written | null): Fields =>
  Object.fromEntries(names.map((name) => [name, written?.[name] ?? ''])) as Fields

export const writtenOf = (report: VisitReport | null): Written | null =>
  report && { ...report, nextOn: report.nextOn && dayText(report.nextOn) }

/**
 * VIS-06: the conflict screen for whoever wrote on while the report was submitted or corrected elsewhere, or reviewed.
 * Answers with the sections as they were.
 */
export async function refuseIfWritten(
  tx: Tx,
  actor: Actor,
  visit: Visit,
  report: VisitReport | null,
  input: ReportInput,
): Promise<Fields> {
  const fields = fieldsOf(writtenOf(report))
  const version = report?.version ?? 0
  const over = overOf(visit, report)
  if (!over && version === input.version) return fields
  const typed = fieldsOf(input)
  const form = { version, fields, typed, part: subjectOf(visit), ...wordsOf(actor) }
  const end = over ? { over: { refusal: over, href: `/visits/${visit.number}` } } : {}
  const stale = await staleSince(tx, trailOf(visit), input.version, { ...form, ...end })
  if (isAtStake(stale, typed)) throw stale
  // Sent twice from two windows, its promises and gifts would be recorded twice.
  throw new Refused([over ?? { rule: 'VIS-06', reason: 'visitReports:refused.already' }])
}

const overOf = ({ state }: Visit, report: VisitReport | null): Refusal | null =>
  state === 'reported' && report?.reviewedAt ? { rule: 'VIS-06', reason: 'visitReports:refused.reviewed' } : null

function wordsOf({ language }: Actor) {
  const t = translate[language]
  return {
    labels: Object.fromEntries(names.map((name) => [name, t(`visitReports:field.${name}`)])),
    words: Object.fromEntries(
      Object.values(PurposeReached).map((one) => [`reached.${one}`, t(`visits:reached.${one}`)]),
    ),
  }
}
