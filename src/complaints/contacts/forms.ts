import { z } from 'zod'
import { momentOf } from '../../lib/moments.ts'
import { choice, optionalChoice, optionalId, optionalText, text, version } from '../../web/fields.ts'
import { recordedPurposes, replies } from './rules.ts'

export const ways = ['phone', 'visit', 'message', 'email', 'letter'] as const

/** As the browser's field sends it, by the company's clock. */
export const moment = text({ min: 1, max: 30 })
  .refine((value) => momentOf(value) !== null, { error: 'web:field.malformed' })
  .transform((value) => momentOf(value)!)

export const yesNo = z.enum(['yes', 'no']).transform((value) => value === 'yes')

export const contactForm = z.strictObject({
  version: version(),
  purpose: choice(recordedPurposes),
  way: choice(ways),
  at: moment,
  reached: yesNo,
  reply: optionalChoice(replies),
  words: text({ min: 2, max: 2000 }),
  message: optionalText({ max: 500 }),
  withId: optionalId(),
})
export type ContactForm = z.infer<typeof contactForm>

export const contactQuery = z.object({ purpose: z.enum(recordedPurposes).optional().catch(undefined) })
export type ContactQuery = z.infer<typeof contactQuery>
