import { z } from 'zod'
import { checkbox, choice, optionalChoice, optionalText, text, version } from '../../web/fields.ts'
import { moment, ways, yesNo } from '../contacts/forms.ts'
import { scores } from './rules.ts'

const verdict = optionalChoice(['yes', 'no']).transform((value) => (value === null ? null : value === 'yes'))

export const callBackForm = z.strictObject({
  version: version(),
  way: choice(ways),
  at: moment,
  reached: yesNo,
  satisfied: verdict,
  score: optionalChoice(scores).transform((value) => (value === null ? null : Number(value))),
  words: text({ min: 2, max: 2000 }),
})
export type CallBackForm = z.infer<typeof callBackForm>

export const unreachableForm = z.strictObject({ version: version(), words: text({ min: 2, max: 1000 }) })
export type UnreachableForm = z.infer<typeof unreachableForm>

/** CMP-11: the ways outside the company that such a customer is told of. */
export const outside = ['consumers', 'regulator', 'court'] as const

export const unresolvedForm = z.strictObject({
  version: version(),
  way: choice(ways),
  at: moment,
  consumers: checkbox(),
  regulator: checkbox(),
  court: checkbox(),
  words: text({ min: 2, max: 2000 }),
})
export type UnresolvedForm = z.infer<typeof unresolvedForm>

export const closingForm = z.strictObject({
  version: version(),
  carriedOut: optionalText({ max: 1000 }),
  improvement: optionalText({ max: 2000 }),
  noImprovement: checkbox(),
  summary: text({ min: 2, max: 2000 }),
})
export type ClosingForm = z.infer<typeof closingForm>

export const reopeningForm = z.strictObject({ version: version(), reason: text({ min: 2, max: 1000 }) })
export type ReopeningForm = z.infer<typeof reopeningForm>

export const letterForm = z.strictObject({ as: choice(['letter', 'link']) })
export type LetterForm = z.infer<typeof letterForm>
