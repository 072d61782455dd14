import type { Actor } from '../../access/actor.ts'
import { historyFor, historyOf, type HistoryLine, type Kinds } from '../../customers/history/queries.ts'
import { seesLiabilities } from '../liabilities/policy.ts'
import { subjectOf, type Complaint } from '../queries.ts'
import type { HistoryKind, HistoryQuery } from './forms.ts'

const kinds: Kinds<HistoryKind> = {
  patterns: [
    ['reads', /\.opened$/],
    ['copies', /printed$|\.(?:unmasked|exported)$/],
    ['attachments', /^attachment\./],
    ['level', /level|grave|group|repeat/],
    ['contacts', /contact|reached|told|call|rat(?:ed|ing)|statement|facts/],
    ['clocks', /pause|resumed|progress|escalat|deadline/],
    ['after', /^(?:measure|liability)\.|improve/],
  ],
  rest: 'course',
}

const linesInMargin = 8

/** The newest lines, for the complaint's page. */
export async function newestOf(actor: Actor, complaint: Complaint) {
  const found = await historyOf(actor, { subject: subjectOf(complaint) }, linesInMargin)
  return { ...found, lines: withoutLiabilities(actor, complaint, found.lines) }
}

/** AUD-03: a page of what happened to a complaint. */
export async function linesFor(actor: Actor, complaint: Complaint, query: HistoryQuery) {
  const found = await historyFor(actor, { subject: subjectOf(complaint) }, query, kinds)
  return { ...found, lines: withoutLiabilities(actor, complaint, found.lines) }
}

/** CMP-17: that somebody was held liable, everybody here may know; who, and for how much, is for few. */
function withoutLiabilities(actor: Actor, complaint: Complaint, lines: HistoryLine[]): HistoryLine[] {
  if (seesLiabilities(actor, complaint)) return lines
  return lines.map((line) =>
    line.action.startsWith('liability.') ? { ...line, before: {}, after: {}, why: null } : line,
  )
}
