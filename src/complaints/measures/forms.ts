import { z } from 'zod'
import { ActionKind } from '../../../prisma/client/enums.ts'
import { choice, optionalText, text, version } from '../../web/fields.ts'

const kinds = Object.values(ActionKind) as [ActionKind, ...ActionKind[]]
const day = z
  .string()
  .min(1, { error: 'web:field.required', abort: true })
  .pipe(z.iso.date({ error: 'web:field.malformed' }))
/** A colleague, by number. */
const colleague = text({ min: 1, max: 20 })
const nobody = optionalText({ max: 20 })

export const proposalForm = z.strictObject({
  kind: choice(kinds),
  measure: text({ min: 2, max: 2000 }),
  owner: colleague,
  dueOn: day,
  checker: nobody,
})
export type Proposal = z.infer<typeof proposalForm>

export const correctionForm = proposalForm.extend({ version: version() })
export type Correction = z.infer<typeof correctionForm>

export const peopleForm = z.strictObject({
  owner: colleague,
  checker: colleague,
  reason: optionalText({ max: 500 }),
  version: version(),
})
export type People = z.infer<typeof peopleForm>

export const doneForm = z.strictObject({ evidence: text({ min: 2, max: 2000 }), version: version() })
export type Done = z.infer<typeof doneForm>

export const verificationForm = z.strictObject({
  verdict: choice(['verify', 'send_back']),
  verification: text({ min: 2, max: 2000 }),
  version: version(),
})
export type Verification = z.infer<typeof verificationForm>

export const effectForm = z.strictObject({
  verdict: choice(['confirm', 'disprove']),
  effect: text({ min: 2, max: 2000 }),
  version: version(),
})
export type Effect = z.infer<typeof effectForm>

export const measureTabs = ['mine', 'checks', 'all', 'ended'] as const
export type MeasureTab = (typeof measureTabs)[number]
export const listQuery = z.object({
  tab: z.enum(measureTabs).default('mine').catch('mine'),
  after: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional(),
})
export type ListQuery = z.infer<typeof listQuery>
