import { ComplaintCause } from '../../../prisma/client/enums.ts'
import type { InvestigationReport } from '../../../prisma/client/client.ts'
import type { Actor } from '../../access/actor.ts'
import type { Tx } from '../../db.ts'
import { translate } from '../../i18n.ts'
import type { Refusal } from '../../lib/refused.ts'
import { writtenAs } from '../../staff/naming.ts'
import { refuseIfWritten } from '../holding.ts'
import { complaintStates } from '../states.ts'
import type { Complaint } from '../queries.ts'
import type { ReportInput } from './forms.ts'
import type { Report as Written } from './rules.ts'

const names = [
  'course',
  'causeKind',
  'cause',
  'responsible',
  'responsibleText',
  'conclusion',
  'countermeasure',
  'prevention',
] as const
type Fields = Record<(typeof names)[number], string>

/** A report's fields as its form sends them. */
export function formFields(written: Written | null, { language }: Pick<Actor, 'language'>): Fields {
  const comma = translate[language]('web:comma')
  const text = (value: string | readonly string[] | null | undefined) =>
    typeof value === 'object' && value !== null ? value.join(comma) : (value ?? '')
  return Object.fromEntries(names.map((name) => [name, text(written?.[name])])) as Fields
}

/**
 * CMP-09: the conflict screen for whoever wrote on while another saved, finished or filed the report, or ended its step
 * of the course. Answers with the fields as they were.
 */
export async function refuseIfReported(
  tx: Tx,
  actor: Actor,
  complaint: Complaint,
  report: InvestigationReport | null,
  input: ReportInput,
): Promise<Fields> {
  const fields = formFields(report && { ...report, responsible: await writtenAs(tx, report.responsible) }, actor)
  const version = report?.version ?? 0
  const over = overOf(complaint, report)
  // Before the first judgement the form was never open: nothing is lost by the plain word.
  if (over && report === null && complaint.judgedAt === null) complaintStates.next(complaint.state, 'report')
  if (!over && version === input.version) return fields
  const typed = formFields(input, actor)
  const form = { version, fields, typed, part: 'report', heldIn: reportHeld, ...wordsOf(actor) }
  await refuseIfWritten(tx, complaint, { ...form, opened: input.version, ...(over ? { over } : {}) })
  return fields
}

function overOf({ state }: Complaint, report: InvestigationReport | null): Refusal | null {
  if (state !== 'investigating') return { rule: 'CMP-07', reason: 'complaints:refused.movedOn' }
  return report?.state === 'waiting' ? { rule: 'CMP-22', reason: 'judging:refused.reportWaiting' } : null
}

const reportHeld = ({ report }: Record<string, unknown>) => (report ?? {}) as Record<string, unknown>

function wordsOf({ language }: Actor) {
  const t = translate[language]
  return {
    labels: Object.fromEntries(names.map((name) => [name, t(`judging:field.${name}`)])),
    words: Object.fromEntries(
      Object.values(ComplaintCause).map((cause) => [`causeKind.${cause}`, t(`complaints:cause.${cause}`)]),
    ),
  }
}
