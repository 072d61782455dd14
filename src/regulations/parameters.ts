import type { Role, Trade } from '../../prisma/client/enums.ts'
import { accountFigures } from './figures/accounts.ts'
import { approvalFigures } from './figures/approvals.ts'
import { archiveFigures } from './figures/archive.ts'
import { auditFigures } from './figures/audit.ts'
import { calendarFigures } from './figures/calendar.ts'
import { complaintFigures } from './figures/complaints.ts'
import { creditFigures } from './figures/credit.ts'
import { customerFigures } from './figures/customers.ts'
import { fileFigures } from './figures/files.ts'
import { privacyFigures } from './figures/privacy.ts'
import { visitFigures } from './figures/visits.ts'
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
  | 'file'
  | 'megabyte'
  | 'household'
  | 'yuan'
  | 'part'

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
/** One of a few; what each is called stands in the words as `regulations:choice.<field>_<option>`. */
export type ChoiceParameter = Common & {
  type: 'choice'
  options: readonly string[]
  first: string
  presets?: { readonly [T in Trade]?: string }
}
export type Parameter = NumberParameter | RangesParameter | WeekdaysParameter | LadderParameter | ChoiceParameter

/** Every figure a company may set, with the bounds it must keep. Commands read them through `regulationAt`. */
export const parameters = {
  ...accountFigures,
  ...archiveFigures,
  ...auditFigures,
  ...approvalFigures,
  ...calendarFigures,
  ...complaintFigures,
  ...creditFigures,
  ...customerFigures,
  ...fileFigures,
  ...privacyFigures,
  ...visitFigures,
} as const

export type ParameterName = keyof typeof parameters
type ValueOfType = { number: number; ranges: readonly Range[]; weekdays: readonly number[]; ladder: readonly Rung[] }
type ValueOf<P> = P extends { type: 'choice'; options: readonly (infer O)[] }
  ? O
  : P extends { type: keyof ValueOfType }
    ? ValueOfType[P['type']]
    : never
/** What each parameter is as a value of the program. */
export type Values = { [N in ParameterName]: ValueOf<(typeof parameters)[N]> }

export const parameterNames = Object.keys(parameters) as ParameterName[]

export function parameterOf(name: ParameterName): Parameter {
  return parameters[name]
}

export function parametersOf(rule: RuleId): ParameterName[] {
  return parameterNames.filter((name) => parameters[name].rule === rule)
}
