import { z } from 'zod'
import { ComplaintCause } from '../../../prisma/client/enums.ts'
import { choice, optionalChoice, optionalText, text, version } from '../../web/fields.ts'
import { peopleIn } from './rules.ts'

const causes = Object.values(ComplaintCause) as [ComplaintCause, ...ComplaintCause[]]
const part = () => text({ max: 4000 })

/** What is saved may be unfinished; what is finished is asked by CMP-09. `version` is the report's, 0 before the first. */
export const reportForm = z.strictObject({
  course: part(),
  causeKind: optionalChoice(causes),
  cause: part(),
  responsible: text({ max: 300 }).transform(peopleIn),
  responsibleText: optionalText({ max: 200 }),
  conclusion: part(),
  countermeasure: part(),
  prevention: part(),
  step: choice(['save', 'finish']),
  version: version(),
})
export type ReportInput = z.infer<typeof reportForm>

export const opinionForm = z.strictObject({ opinion: text({ min: 2, max: 1000 }), version: version() })
export type Opinion = z.infer<typeof opinionForm>
