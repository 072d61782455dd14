import { z } from 'zod'
import { ContactWay, ToldUnit } from '../../../prisma/client/enums.ts'
import { momentOf } from '../../lib/moments.ts'
import { choice, optionalText, text } from '../../web/fields.ts'

/** Whom a crisis is told to; the unit that passed a complaint on has a form of its own. */
export type CrisisUnit = Exclude<ToldUnit, 'reporting_unit'>
export const crisisUnits = Object.values(ToldUnit).filter((unit) => unit !== 'reporting_unit') as [
  CrisisUnit,
  ...CrisisUnit[],
]
export const toldWays = Object.values(ContactWay) as [ContactWay, ...ContactWay[]]

const moment = z
  .string()
  .max(30)
  .refine((value) => momentOf(value) !== null, { error: 'web:field.malformed' })
  .transform((value) => momentOf(value)!)

export const meetingForm = z.strictObject({
  heldAt: moment,
  place: optionalText({ max: 100 }),
  chair: text({ min: 1, max: 40 }),
  members: text({ min: 1, max: 1000 }),
  situation: text({ min: 2, max: 4000 }),
  decisions: text({ min: 2, max: 4000 }),
})
export type MeetingInput = z.infer<typeof meetingForm>

const telling = {
  at: moment,
  person: text({ min: 1, max: 100 }),
  way: choice(toldWays),
  words: optionalText({ max: 2000 }),
}
export const toldForm = z.strictObject({ unit: choice(crisisUnits), ...telling })
export type ToldInput = z.infer<typeof toldForm>
export const reportForm = z.strictObject(telling)
export type ReportInput = z.infer<typeof reportForm>

export const toldQuery = z.object({ unit: choice(crisisUnits).optional().catch(undefined) })
export type ToldQuery = z.infer<typeof toldQuery>
