import { z } from 'zod'
import { ContractKind } from '../../../prisma/client/enums.ts'
import { isDay } from '../../calendar/week.ts'
import { choice, optionalText, text, version, whole } from '../../web/fields.ts'

const day = z.string().trim().refine(isDay, { error: 'web:field.malformed' })

export const contractForm = z.strictObject({
  customer: text({ min: 1, max: 100 }),
  kind: choice(Object.values(ContractKind) as [ContractKind, ...ContractKind[]]),
  document: optionalText({ max: 60 }),
  signedOn: day,
  startsOn: day,
  endsOn: day,
  termDays: whole({ min: 0, max: 365 }),
  terms: text({ min: 2, max: 500 }),
  note: optionalText({ max: 500 }),
})
export type ContractForm = z.infer<typeof contractForm>

export const endingForm = z.strictObject({ version: version(), endedOn: day, reason: text({ min: 4, max: 300 }) })
export type EndingForm = z.infer<typeof endingForm>

export const contractTabs = ['soon', 'later', 'past', 'all'] as const
export type ContractTab = (typeof contractTabs)[number]

/** All state of the list is in its address. */
export const contractQuery = z.object({
  tab: z.enum(contractTabs).catch('soon').default('soon'),
  q: z.string().trim().max(100).catch('').default(''),
  after: z
    .string()
    .regex(/^(?:|HT[0-9A-Z-]{4,30})$/)
    .catch('')
    .default(''),
})
export type ContractQuery = z.infer<typeof contractQuery>

export const newQuery = z.object({
  customer: z
    .string()
    .regex(/^(?:|[Kk]\d{10,})$/)
    .catch('')
    .default(''),
})
export type NewQuery = z.infer<typeof newQuery>
