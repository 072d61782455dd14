import { z } from 'zod'
import { CustomerGrade, VisitTarget } from '../../../prisma/client/enums.ts'
import { checkbox, optionalChoice, text } from '../../web/fields.ts'

const values = <T extends Record<string, string>>(of: T) => Object.values(of) as [T[keyof T], ...T[keyof T][]]

export const questionForm = z.strictObject({
  question: text({ min: 2, max: 120 }),
  target: optionalChoice(values(VisitTarget)),
  grade: optionalChoice(values(CustomerGrade)),
  required: checkbox(),
})
export type NewQuestion = z.infer<typeof questionForm>

export const movingForm = z.strictObject({ way: z.enum(['up', 'down']) })
export type Moving = z.infer<typeof movingForm>

export const retirementForm = z.strictObject({})
