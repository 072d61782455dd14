import { z } from 'zod'
import { CustomerGrade } from '../../../prisma/client/enums.ts'
import { text, version } from '../../web/fields.ts'

export const noGrade = 'none'

export const gradeForm = z.strictObject({
  grade: z
    .enum([...Object.values(CustomerGrade), noGrade], { error: 'web:field.choose' })
    .transform((value): CustomerGrade | null => (value === noGrade ? null : value)),
  reason: text({ min: 2, max: 500 }),
  version: version(),
})
export type Grading = z.infer<typeof gradeForm>
