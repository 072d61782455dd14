import { dateText, dayStart } from '../../lib/dates.ts'
import type { Refusal } from '../../lib/refused.ts'
import { parametersOf } from '../parameters.ts'
import { fieldsOf, readValues } from '../reading.ts'
import type { RuleId } from '../register.ts'
import { same, type RuleValues } from '../values.ts'

/** The newest approved version of a rule, in force or still to come; null: the values the product came with. */
export type Newest = { n: number; values: RuleValues; inForceAt: Date } | null
export type Proposal = { rule: RuleId; values: RuleValues; replaces: RuleValues }

type Typed = { reason: string; effectiveOn: string; values: Readonly<Record<string, string>> }

/** Everything wrong with a draft, at once. */
export function readProposals(
  rules: readonly RuleId[],
  typed: Typed,
  now: Date,
  current: (rule: RuleId) => RuleValues,
) {
  const names = rules.flatMap(parametersOf)
  const known = names.flatMap(fieldsOf)
  const { values, problems } = readValues(names, typed.values)
  const foreign = Object.keys(typed.values).find((field) => !known.includes(field))
  if (foreign) problems.push({ rule: 'RULE-02', reason: 'web:field.unknown', params: { name: foreign.slice(0, 60) } })
  problems.push(...dayProblems(typed.effectiveOn, now))
  const proposals = rules.map((rule): Proposal => {
    const own = Object.fromEntries(parametersOf(rule).map((name) => [name, values[name]]))
    return { rule, values: own, replaces: current(rule) }
  })
  if (problems.length === 0) problems.push(...unchangedProblems(proposals))
  return { proposals, problems }
}

const farthestDays = 1100

/** RULE-02: a change is in force from a day still to come, today included. */
export function dayProblems(effectiveOn: string, now: Date): Refusal[] {
  const field = 'effectiveOn'
  const today = dateText(now)
  if (effectiveOn < today)
    return [{ rule: 'RULE-02', reason: 'regulations:refused.past', field, params: { day: effectiveOn, today } }]
  if (effectiveOn > dateText(dayStart(today, farthestDays)))
    return [{ rule: 'RULE-02', reason: 'regulations:refused.far', field, params: { day: effectiveOn } }]
  return []
}

function unchangedProblems(proposals: readonly Proposal[]): Refusal[] {
  const idle = proposals.filter(({ values, replaces }) => same(values, replaces))
  if (idle.length === 0) return []
  const rules = idle.map(({ rule }) => rule).join(' ')
  return [{ rule: 'RULE-02', reason: 'regulations:refused.unchanged', params: { rules } }]
}

/** The beginning of its day, but never before it was approved. */
export function inForceFrom(effectiveOn: string, approvedAt: Date): Date {
  const start = dayStart(effectiveOn)
  return start > approvedAt ? start : approvedAt
}

/** A rule that got another version since the draft, or one that begins later, would be undone unseen. */
export function overtakenProblems(proposals: readonly Proposal[], from: Date, newest: (rule: RuleId) => Newest) {
  return proposals.flatMap(({ rule, replaces }): Refusal[] => {
    const last = newest(rule)
    if (!last) return []
    if (!same(last.values, replaces))
      return [{ rule: 'RULE-02', reason: 'regulations:refused.overtaken', params: { id: rule, n: last.n } }]
    if (last.inForceAt <= from) return []
    const params = { id: rule, n: last.n, day: dateText(last.inForceAt) }
    return [{ rule: 'RULE-02', reason: 'regulations:refused.beforePending', params }]
  })
}
