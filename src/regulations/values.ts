import { isDeepStrictEqual } from 'node:util'
import type { Trade } from '../../prisma/client/enums.ts'
import { clockText, weekdaysText } from '../calendar/texts.ts'
import type { Key, Translate } from '../i18n.ts'
import {
  parameterOf,
  parametersOf,
  type NumberParameter,
  type Parameter,
  type ParameterName,
  type Range,
  type Rung,
} from './parameters.ts'
import type { RuleId } from './register.ts'

/** The parameters of one rule, or of several, by name: what a version holds. */
export type RuleValues = { [N in ParameterName]?: unknown }

/** What the parameter is called in a form, and in the words. */
export const fieldOf = (name: ParameterName) => name.replaceAll('.', '_')

// The database gives an object's names back in an order of its own.
export const same = (one: unknown, other: unknown) => isDeepStrictEqual(one, other)

/** The values the product came with. */
export function firstValues(rule: RuleId): RuleValues {
  return Object.fromEntries(parametersOf(rule).map((name) => [name, parameterOf(name).first]))
}

/** What a company of this trade begins with. */
export function presetOf(name: ParameterName, trade: Trade): unknown {
  const { presets, first } = parameterOf(name)
  return (presets as { [T in Trade]?: unknown } | undefined)?.[trade] ?? first
}

export function presetValues(rule: RuleId, trade: Trade): RuleValues {
  return Object.fromEntries(parametersOf(rule).map((name) => [name, presetOf(name, trade)]))
}

/** A whole value in words, with its unit: 3 个工作日 */
export function valueText(t: Translate, name: ParameterName, value: unknown): string {
  const parameter = parameterOf(name)
  if (parameter.type === 'number') return t(`regulations:counted.${parameter.unit}`, { n: Number(value) })
  return listText(t, { type: parameter.type, field: fieldOf(name) }, value).join(
    t(parameter.type === 'ladder' ? 'regulations:semicolon' : 'web:comma'),
  )
}

/** The same for a table that has the unit in its head: one line for each part. */
export function valueLines(t: Translate, name: ParameterName, value: unknown): string[] {
  const parameter = parameterOf(name)
  return parameter.type === 'number'
    ? [String(value)]
    : listText(t, { type: parameter.type, field: fieldOf(name) }, value)
}

/** What one option of a choice is called. */
export const optionText = (t: Translate, field: string, option: string) =>
  t(`regulations:choice.${field}_${option}` as Key)

type Listed = { type: Exclude<Parameter, NumberParameter>['type']; field: string }

function listText(t: Translate, { type, field }: Listed, value: unknown): string[] {
  if (type === 'choice') return [optionText(t, field, String(value))]
  if (type === 'ranges') return (value as Range[]).map(rangeText)
  if (type === 'weekdays') return [weekdaysText(t, { weekdays: new Set(value as number[]) })]
  return (value as Rung[]).map(({ to, days }) => {
    const who = t(to === 'owner' ? 'regulations:owner' : `access:role.${to}`)
    return days === 0 ? t('regulations:rungAtOnce', { who }) : t('regulations:rung', { who, n: days })
  })
}

/** 08:30–12:00 */
export const rangeText = ({ from, until }: Range) => `${clockText(from)}–${clockText(until)}`
