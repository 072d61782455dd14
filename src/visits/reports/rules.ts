import type { VisitState } from '../../../prisma/client/enums.ts'
import { dateText, dateTimeText } from '../../lib/dates.ts'
import type { Refusal } from '../../lib/refused.ts'
import { visitStates } from '../states.ts'
import { sectionNames } from './fields.ts'
import type { ReportInput } from './forms.ts'

/** A question that is asked of this visit. */
export type Asked = { id: bigint; required: boolean }

type Written = Pick<
  ReportInput,
  'reached' | (typeof sectionNames)[number] | 'nextOn' | 'answers' | 'people' | 'costs' | 'gifts' | 'promises' | 'notes'
>

/** VIS-06: what a report tells (S1§4 3.4(1)): each section, in few words, and what the company asks besides. */
export function reportProblems(report: Written, asked: readonly Asked[], visitedOn: string): Refusal[] {
  const answered = new Map(report.answers.map(({ id, answer }) => [id, answer]))
  const missing = ['reached' as const, ...sectionNames].filter((name) => !report[name])
  return [
    ...missing.map((field): Refusal => ({ rule: 'VIS-06', reason: 'visitReports:refused.missing', field })),
    ...(report.nextOn !== null && report.nextOn < visitedOn
      ? [{ rule: 'VIS-06', reason: 'visitReports:refused.nextBefore' as const, field: 'nextOn' }]
      : []),
    ...asked.flatMap(({ id, required }): Refusal[] =>
      required && !answered.get(id)
        ? [{ rule: 'VIS-06', reason: 'visitReports:refused.answer', field: `answer-${id}` }]
        : [],
    ),
    ...rowProblems(report),
  ]
}

type Rows = Pick<Written, 'people' | 'costs' | 'gifts' | 'promises' | 'notes'>

/** A row that was begun says all it has to; VIS-12: of a gift, what it was and what became of it. */
function rowProblems({ people, costs, gifts, promises, notes }: Rows): Refusal[] {
  const lacks = (rule: string, fields: Record<string, unknown>): Refusal[] =>
    Object.entries(fields).flatMap(([field, value]) =>
      value ? [] : [{ rule, reason: 'visitReports:refused.rowIncomplete' as const, field }],
    )
  return [
    ...people.flatMap(({ n, name }) => lacks('VIS-06', { [`personName${n}`]: name })),
    ...costs.flatMap(({ n, what, amount }) => lacks('VIS-04', { [`costWhat${n}`]: what, [`costAmount${n}`]: amount })),
    ...gifts.flatMap(({ n, what, outcome }) =>
      lacks('VIS-12', { [`giftWhat${n}`]: what, [`giftOutcome${n}`]: outcome }),
    ),
    ...promises.flatMap(({ n, what, due }) => lacks('VIS-07', { [`promiseWhat${n}`]: what, [`promiseDue${n}`]: due })),
    ...notes.flatMap(({ n, text }) => lacks('VIS-13', { [`noteText${n}`]: text })),
  ]
}

type Timed = { startsAt: Date; timed: boolean }

/** VIS-06: nothing is reported of what is still to come. */
export function notBegun({ startsAt, timed }: Timed, now: Date): Refusal[] {
  const begun = timed ? startsAt <= now : dateText(startsAt) <= dateText(now)
  const at = timed ? dateTimeText(startsAt) : dateText(startsAt)
  return begun ? [] : [{ rule: 'VIS-06', reason: 'visitReports:refused.notYet', params: { at } }]
}

/** VIS-06: late is what comes after the moment it was due, however little; once late, it stays so. */
export const isLate = (before: boolean, dueAt: Date | null, now: Date): boolean =>
  before || (dueAt !== null && now > dueAt)

type Reportable = Timed & { state: VisitState }

/** VIS-06: what stands against writing or correcting the report at all. */
export function writingProblems(visit: Reportable, report: { reviewedAt: Date | null } | null, now: Date): Refusal[] {
  if (visit.state === 'approved') return notBegun(visit, now)
  if (visit.state !== 'reported') return visitStates.problems(visit.state, 'report')
  return report?.reviewedAt ? [{ rule: 'VIS-06', reason: 'visitReports:refused.reviewed' }] : []
}
