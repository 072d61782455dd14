import { z } from 'zod'
import { text } from '../../web/fields.ts'
import { chosenId } from '../assigning/forms.ts'

export const factsForm = z.strictObject({ staffId: chosenId(), facts: text({ min: 5, max: 2000 }) })
export type Facts = z.infer<typeof factsForm>

export const answerForm = z.strictObject({ answer: text({ min: 2, max: 4000 }) })
export type Answer = z.infer<typeof answerForm>
