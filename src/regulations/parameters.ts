import type { Role, Trade } from '../../prisma/client/enums.ts'
import type { RuleId } from './register.ts'

/** What a number is counted in. */
export type Unit =
  | 'working_day'
  | 'day'
  | 'hour'
  | 'minute'
  | 'second'
  | 'month'
  | 'time'
  | 'character'
  | 'percent'
  | 'row'
  | 'customer'

/** CAL-03: how a value stands to its bound: 以内 and 以下 take the number in, 超过 leaves it out. */
export type Sign = '≤' | '<' | '≥' | '>'

/** Office hours: minutes after midnight, `from` in, `until` out. */
export type Range = { readonly from: number; readonly until: number }

/** A rung of an escalation ladder: whom to tell, and how many working days after the due moment. */
export type Rung = { readonly to: 'owner' | Role; readonly days: number }

type Common = { rule: RuleId }
export type NumberParameter = Common & {
  type: 'number'
  unit: Unit
  sign: Sign
  min: number
  max: number
  first: number
  presets?: { readonly [T in Trade]?: number }
}
export type RangesParameter = Common & {
  type: 'ranges'
  first: readonly Range[]
  presets?: { readonly [T in Trade]?: readonly Range[] }
}
/** ISO weekdays, 1 is Monday. */
export type WeekdaysParameter = Common & {
  type: 'weekdays'
  first: readonly number[]
  presets?: { readonly [T in Trade]?: readonly number[] }
}
export type LadderParameter = Common & {
  type: 'ladder'
  first: readonly Rung[]
  presets?: { readonly [T in Trade]?: readonly Rung[] }
}
export type Parameter = NumberParameter | RangesParameter | WeekdaysParameter | LadderParameter

const clock = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3))
/** 08:30-12:00 13:00-17:30 */
export const rangesOf = (text: string): Range[] =>
  text.split(' ').map((part) => ({ from: clock(part.slice(0, 5)), until: clock(part.slice(6)) }))

/** Every figure a company may set, with the bounds it must keep. Commands read them through `regulationAt`. */
export const parameters = {
  'calendar.office_hours': { rule: 'CAL-01', type: 'ranges', first: rangesOf('08:30-17:30') },
  'calendar.weekdays': { rule: 'CAL-01', type: 'weekdays', first: [1, 2, 3, 4, 5] },
  'deadlines.soon_share': { rule: 'CAL-02', type: 'number', unit: 'percent', sign: '≤', min: 5, max: 50, first: 25 },
  'customers.confirm_days': {
    rule: 'CUS-05',
    type: 'number',
    unit: 'working_day',
    sign: '≤',
    min: 1,
    max: 10,
    first: 1,
  },
  'customers.confirm_imported_days': {
    rule: 'CUS-05',
    type: 'number',
    unit: 'working_day',
    sign: '≤',
    min: 1,
    max: 120,
    first: 20,
  },
  'customers.confirm_ladder': {
    rule: 'CUS-05',
    type: 'ladder',
    first: [
      { to: 'sales_director', days: 0 },
      { to: 'general_manager', days: 3 },
    ],
  },
  'customers.verify_months': { rule: 'CUS-07', type: 'number', unit: 'month', sign: '≤', min: 1, max: 36, first: 12 },
  'customers.verify_ladder': {
    rule: 'CUS-07',
    type: 'ladder',
    first: [
      { to: 'owner', days: 0 },
      { to: 'dept_head', days: 20 },
    ],
  },
} as const satisfies Record<string, Parameter>

export type ParameterName = keyof typeof parameters
type ValueOfType = { number: number; ranges: readonly Range[]; weekdays: readonly number[]; ladder: readonly Rung[] }
/** What each parameter is as a value of the program. */
export type Values = { [N in ParameterName]: ValueOfType[(typeof parameters)[N]['type']] }

export const parameterNames = Object.keys(parameters) as ParameterName[]

export function parameterOf(name: ParameterName): Parameter {
  return parameters[name]
}

export function parametersOf(rule: RuleId): ParameterName[] {
  return parameterNames.filter((name) => parameters[name].rule === rule)
}
