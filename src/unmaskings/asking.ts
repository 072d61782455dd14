import { z } from 'zod'
import { optionalChoice, optionalText } from '../web/fields.ts'
import { purposes } from './rules.ts'

export const unmaskingForm = z.strictObject({
  purpose: optionalChoice(purposes),
  reason: optionalText({ max: 200 }),
})
