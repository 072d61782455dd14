import type { Refusal } from '../lib/refused.ts'
import {
  parameterOf,
  type ChoiceParameter,
  type NumberParameter,
  type ParameterName,
  type Range,
  type Rung,
} from './parameters.ts'
import { fieldOf, type RuleValues } from './values.ts'

/** Whom a ladder can reach: those who answer for others' work, and the owner of what is late. */
export const ladderRoles = [
  'owner',
  'dept_head',
  'area_manager',
  'archivist',
  'cs_manager',
  'info_supervisor',
  'finance',
  'sales_director',
  'general_manager',
] as const satisfies readonly Rung['to'][]

const mostRungs = 6
const mostRanges = 4
const longestWait = 250
const dayEnd = 24 * 60

type Raw = Readonly<Record<string, string>>
type Read = { value: unknown } | { problem: Omit<Refusal, 'rule'> }

/** The names a form may send for a parameter; a name is sent once, so a list has one for each of its parts. */
export function fieldsOf(name: ParameterName): string[] {
  const field = fieldOf(name)
  const { type } = parameterOf(name)
  if (type === 'weekdays') return weekdays.map((day) => `${field}_${day}`)
  if (type === 'ladder') return rungs.flatMap((at) => [`${field}_to_${at}`, `${field}_days_${at}`])
  return [field]
}

export const weekdays = [1, 2, 3, 4, 5, 6, 7] as const
export const rungs = Array.from({ length: mostRungs }, (_, at) => at + 1)

/** What was typed for these parameters; every figure is held to its type and bounds, and all problems come at once. */
export function readValues(names: readonly ParameterName[], raw: Raw): { values: RuleValues; problems: Refusal[] } {
  const values: RuleValues = {}
  const problems: Refusal[] = []
  for (const name of names) {
    const read = readOne(name, raw)
    if ('value' in read) values[name] = read.value
    else problems.push({ rule: boundedBy(name), ...read.problem })
  }
  return { values, problems }
}

/** CAL-03 judges a number at its bound; the rest is a matter of what a rule can be made of. */
const boundedBy = (name: ParameterName) => (parameterOf(name).type === 'number' ? 'CAL-03' : 'RULE-02')

function readOne(name: ParameterName, raw: Raw): Read {
  const parameter = parameterOf(name)
  const field = fieldOf(name)
  if (parameter.type === 'number') return readNumber(parameter, field, raw[field] ?? '')
  if (parameter.type === 'choice') return readChoice(parameter, field, raw[field] ?? '')
  if (parameter.type === 'ranges') return readRanges(field, raw[field] ?? '')
  if (parameter.type === 'weekdays') return readWeekdays(field, raw)
  return readLadder(field, raw)
}

/** Both bounds may be chosen themselves. */
function readNumber({ min, max }: NumberParameter, field: string, text: string): Read {
  const typed = text.normalize('NFKC').trim()
  if (!/^\d{1,9}$/.test(typed))
    return { problem: { reason: 'regulations:refused.number', field, params: { min, max } } }
  const value = Number(typed)
  if (value < min || value > max)
    return { problem: { reason: 'regulations:refused.bounds', field, params: { value, min, max } } }
  return { value }
}

function readChoice({ options }: ChoiceParameter, field: string, value: string): Read {
  return options.includes(value) ? { value } : { problem: { reason: 'regulations:refused.choice', field } }
}

const span = /^(\d{1,2}):(\d\d)[-–—~至](\d{1,2}):(\d\d)$/

/** 08:30-12:00 13:00-17:30: in order, and parted by a break. */
function readRanges(field: string, text: string): Read {
  const parts = text
    .normalize('NFKC')
    .replace(/\s*([-–—~至])\s*/g, '$1')
    .split(/[\s,、;]+/)
    .filter((part) => part !== '')
  const ranges: Range[] = []
  for (const part of parts) {
    const range = rangeOf(part)
    if (!range) return { problem: { reason: 'regulations:refused.range', field, params: { part: part.slice(0, 20) } } }
    ranges.push(range)
  }
  if (ranges.length === 0 || ranges.length > mostRanges)
    return { problem: { reason: 'regulations:refused.ranges', field, params: { most: mostRanges } } }
  if (ranges.some(({ from }, at) => at > 0 && from <= ranges[at - 1]!.until))
    return { problem: { reason: 'regulations:refused.rangeOrder', field } }
  return { value: ranges }
}

function rangeOf(part: string): Range | null {
  const [, ...parts] = span.exec(part) ?? []
  if (parts.length === 0) return null
  const [fromHour, fromMinute, untilHour, untilMinute] = parts.map(Number)
  if (fromMinute! > 59 || untilMinute! > 59) return null
  const range = { from: fromHour! * 60 + fromMinute!, until: untilHour! * 60 + untilMinute! }
  return range.from < range.until && range.until <= dayEnd ? range : null
}

function readWeekdays(field: string, raw: Raw): Read {
  const value = weekdays.filter((day) => raw[`${field}_${day}`] === 'on')
  return value.length > 0 ? { value } : { problem: { reason: 'regulations:refused.weekdays', field } }
}

/** Whom to tell when: nobody twice on a day, and none before the one above. */
function readLadder(field: string, raw: Raw): Read {
  const ladder: Rung[] = []
  for (const at of rungs) {
    const [to, days] = [raw[`${field}_to_${at}`] ?? '', (raw[`${field}_days_${at}`] ?? '').normalize('NFKC').trim()]
    if (to === '' && days === '') continue
    const role = ladderRoles.find((one) => one === to)
    if (!role || !/^\d{1,3}$/.test(days) || Number(days) > longestWait)
      return { problem: { reason: 'regulations:refused.rung', field, params: { n: at, max: longestWait } } }
    ladder.push({ to: role, days: Number(days) })
  }
  if (ladder.length === 0) return { problem: { reason: 'regulations:refused.ladder', field } }
  if (new Set(ladder.map(({ to, days }) => `${to} ${days}`)).size < ladder.length)
    return { problem: { reason: 'regulations:refused.ladderTwice', field } }
  if (ladder.some(({ days }, at) => at > 0 && days < ladder[at - 1]!.days))
    return { problem: { reason: 'regulations:refused.ladderOrder', field } }
  return { value: ladder }
}
