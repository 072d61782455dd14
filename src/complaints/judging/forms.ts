import { z } from 'zod'
import { ComplaintKind } from '../../../prisma/client/enums.ts'
import { checkbox, choice, optionalId, text, version } from '../../web/fields.ts'
import { verdicts } from './rules.ts'

const kinds = Object.values(ComplaintKind) as [ComplaintKind, ...ComplaintKind[]]
const reason = () => text({ min: 2, max: 1000 })

export const judgementForm = z.strictObject({
  verdict: choice(verdicts),
  reasonable: choice(['yes', 'no']).transform((word) => word === 'yes'),
  kind: choice(kinds),
  departmentId: optionalId(),
  judgement: text({ min: 5, max: 2000 }),
  version: version(),
})
export type JudgementInput = z.infer<typeof judgementForm>

export const dismissalForm = z.strictObject({ reason: reason(), customerCause: checkbox(), version: version() })
export type Dismissal = z.infer<typeof dismissalForm>

export const voidingForm = z.strictObject({ reason: reason(), version: version() })
export type Voiding = z.infer<typeof voidingForm>
