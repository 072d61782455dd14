import type { Language, Translate } from '../i18n.ts'
import { dateText } from '../lib/dates.ts'
import {
  parameterNames,
  parameterOf,
  parametersOf,
  type Parameter,
  type ParameterName,
  type Sign,
} from './parameters.ts'
import type { Version } from './queries.ts'
import type { RuleId } from './register.ts'
import { parameterTitle } from './texts.ts'
import { firstValues, same, valueLines, type RuleValues } from './values.ts'

/** One version of a rule, those the product came with included: they are the first, and have no moment. */
export type Stage = { n: number; values: RuleValues; from: Date | null; version: Version | null }

export function stagesOf(rule: RuleId, versions: readonly Version[]): Stage[] {
  const first = firstValues(rule)
  const rest = versions.map((version) => ({
    n: version.n,
    values: { ...first, ...version.values },
    from: version.inForceAt,
    version,
  }))
  return [{ n: 1, values: first, from: null, version: null }, ...rest]
}

/** Two that are approved for one moment: the later number holds, and the earlier never did. */
export function inForceOf(stages: readonly Stage[], now: Date): Stage {
  return stages.findLast(({ from }) => from === null || from <= now)!
}

const pastShown = 2

/** What the parameters were, are, and will be. */
export function figureTable(t: Translate, language: Language, rule: RuleId, stages: readonly Stage[], now: Date) {
  const current = inForceOf(stages, now)
  const at = stages.indexOf(current)
  const shown = stages.slice(Math.max(0, at - pastShown))
  const columns = shown.map((stage) => ({ word: headOf(t, stage, current), current: stage === current }))
  const rows = parametersOf(rule).map((name) => ({
    ...headingOf(t, language, name),
    cells: shown.map((stage, column) => ({
      lines: valueLines(t, name, stage.values[name]),
      strong: stage === current || (stage.n > current.n && !same(stage.values[name], shown[column - 1]!.values[name])),
      muted: stage.n < current.n,
    })),
    range: rangeOf(t, parameterOf(name)),
    sign: signOf(t, parameterOf(name)),
    code: name,
  }))
  return { columns, rows }
}

function headOf(t: Translate, { n, from }: Stage, current: Stage): string {
  if (from === null) return t(current.n === n ? 'regulations:firstInForce' : 'regulations:firstColumn')
  const date = dateText(from)
  if (n === current.n) return t('regulations:inForceColumn', { date })
  return n > current.n ? t('regulations:pendingColumn', { date }) : date
}

/** 建档确认，工作日: a number stands in the table without its unit. */
export function headingOf(t: Translate, language: Language, name: ParameterName) {
  const [title, parameter] = [parameterTitle(language, name), parameterOf(name)]
  if (parameter.type !== 'number') return { title, number: false }
  const unit = t(`regulations:unit.${parameter.unit}`)
  return { title: t('regulations:nameWithUnit', { name: title, unit }), number: true }
}

const signWords = { '≤': 'lessEqual', '<': 'less', '≥': 'greaterEqual', '>': 'greater' } as const
export const signText = (t: Translate, sign: Sign) => t(`regulations:signs.${signWords[sign]}`)

/** CAL-03: whether the number itself still counts. */
const signOf = (t: Translate, parameter: Parameter) => (parameter.type === 'number' ? signText(t, parameter.sign) : '')

const rangeOf = (t: Translate, parameter: Parameter) =>
  parameter.type === 'number' ? t('regulations:rangeOf', { min: parameter.min, max: parameter.max }) : ''

/** Two versions side by side: each parameter, and whether it differs. */
export function comparisonRows(t: Translate, language: Language, before: RuleValues, after: RuleValues) {
  // Not in the order in which the database gives them back.
  return parameterNames
    .filter((name) => name in after)
    .map((name) => ({
      title: headingOf(t, language, name).title,
      before: valueLines(t, name, before[name]),
      after: valueLines(t, name, after[name]),
      differs: !same(before[name], after[name]),
    }))
}
