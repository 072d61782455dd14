import { z } from 'zod'
import { ComplaintChannel, ComplaintKind, MediaExposure } from '../../../prisma/client/enums.ts'
import { momentOf } from '../../lib/moments.ts'
import { checkbox, choice, money, optionalId, optionalText, text, version } from '../../web/fields.ts'

const values = <T extends Record<string, string>>(of: T) => Object.values(of) as [T[keyof T], ...T[keyof T][]]
export const channels = values(ComplaintChannel)
export const kinds = values(ComplaintKind)
export const exposures = values(MediaExposure)

const moment = z
  .string()
  .max(30)
  .refine((value) => value.trim() === '' || momentOf(value) !== null, { error: 'web:field.malformed' })
  .transform((value) => momentOf(value))

const households = z
  .string()
  .trim()
  .regex(/^(?:[1-9]\d{0,4})?$/, { error: 'web:field.malformed' })
  .optional()
  .transform((value) => Number(value === undefined || value === '' ? 1 : value))

/** What is said of a complaint: asked when it is taken, and when it is corrected. */
const said = {
  channel: choice(channels),
  reportingUnit: optionalText({ max: 100 }),
  phone: optionalText({ max: 60 }),
  complainant: optionalText({ max: 60 }),
  product: optionalText({ max: 100 }),
  anonymous: checkbox(),
  customer: optionalText({ max: 20 }),
  kind: choice(kinds),
  title: optionalText({ max: 80 }),
  what: text({ min: 2, max: 4000 }),
  wants: optionalText({ max: 2000 }),
  containment: optionalText({ max: 2000 }),
  claim: money(),
  households,
  hazard: checkbox(),
  toldManufacturer: checkbox(),
  blockade: checkbox(),
  exchange: checkbox(),
  legal: checkbox(),
  media: choice(exposures).default('none'),
  accused: optionalText({ max: 400 }),
}

const linked = /^(?:|(?:repeat|group):T\d{10})$/

export const intakeForm = z.strictObject({
  ...said,
  // Nothing sent: nobody was asked which of those found it is.
  customer: text({ max: 20 }).optional(),
  receivedAt: moment.optional(),
  departmentId: optionalId(),
  ownerId: optionalId(),
  link: z.string().regex(linked, { error: 'web:field.choose' }).default(''),
  checked: checkbox(),
  act: choice(['assign', 'save']).default('save'),
})
export type Intake = z.infer<typeof intakeForm>
/** What is said of it, by both forms. */
export type Said = Omit<Intake, 'receivedAt' | 'departmentId' | 'ownerId' | 'link' | 'checked' | 'act' | 'customer'>

export const correctionForm = z.strictObject({ ...said, version: version() })
export type CorrectionInput = z.infer<typeof correctionForm>

export const newQuery = z.object({ customer: z.string().max(20).optional().catch(undefined) })
export type NewQuery = z.infer<typeof newQuery>

/** What stands in the form while somebody types; whatever is no answer yet is none. */
export const aroundQuery = z.record(z.string().max(40), z.string().max(4000)).catch({})
export type Values = Record<string, string>
