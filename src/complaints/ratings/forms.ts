import { z } from 'zod'
import { choice, optionalText } from '../../web/fields.ts'

export const ratingScores = ['5', '4', '3', '2', '1'] as const

export const ratingForm = z.strictObject({
  score: choice(ratingScores).transform(Number),
  words: optionalText({ max: 1000 }),
})
export type Rating = z.infer<typeof ratingForm>
