import { z } from 'zod'
import { isDay } from '../../calendar/week.ts'
import { VisitRhythm } from '../../../prisma/client/enums.ts'
import type { VisitPurpose, VisitTarget } from '../../../prisma/client/enums.ts'
import { checkbox, optionalChoice, optionalText, text, version } from '../../web/fields.ts'
import { minutesLong } from '../changing/forms.ts'
import { purposes, targets } from '../plans/line-forms.ts'

export const rhythms = Object.values(VisitRhythm) as [VisitRhythm, ...VisitRhythm[]]
export const weekdays = ['1', '2', '3', '4', '5', '6', '7'] as const
/** 5: the last of the month. */
export const weeks = ['1', '2', '3', '4', '5'] as const

export type TemplateInput = {
  customer: string
  target: VisitTarget | null
  purposes: VisitPurpose[]
  rhythm: VisitRhythm
  weekday: number
  week: number | null
  timeOfDay: number
  minutes: number
  agenda: string | null
  bring: string | null
  fromOn: string
  version: number
}

const time = text({ min: 1, max: 8 })
  .refine((value) => /^([01]\d|2[0-3]):[0-5]\d(:\d\d)?$/.test(value), { error: 'web:field.malformed' })
  .transform((value) => Number(value.slice(0, 2)) * 60 + Number(value.slice(3, 5)))

export const templateForm = z
  .strictObject({
    version: version().optional(),
    customer: text({ min: 1, max: 20 }),
    target: optionalChoice(targets),
    ...(Object.fromEntries(purposes.map((one) => [`purpose_${one}`, checkbox()])) as Record<
      string,
      z.ZodType<boolean>
    >),
    rhythm: z.enum(rhythms),
    weekday: z.enum(weekdays).transform(Number),
    week: z.enum(weeks).default('1').transform(Number),
    time,
    minutes: minutesLong(),
    agenda: optionalText({ max: 1000 }),
    bring: optionalText({ max: 300 }),
    fromOn: text({ min: 1, max: 10 }).refine(isDay, { error: 'web:field.malformed' }),
  })
  .transform((given): TemplateInput => {
    const ticked = given as unknown as Record<string, boolean>
    const { customer, target, rhythm, weekday, week, time: timeOfDay, minutes, agenda, bring, fromOn } = given
    return {
      customer,
      target,
      rhythm,
      weekday,
      timeOfDay,
      minutes,
      agenda,
      bring,
      fromOn,
      week: rhythm === 'monthly' || rhythm === 'quarterly' ? week : null,
      purposes: purposes.filter((one) => ticked[`purpose_${one}`]),
      version: given.version ?? 0,
    }
  })

export const endForm = z.strictObject({ version: version() })
export type TemplateEnd = z.infer<typeof endForm>
export const templateQuery = z.object({ customer: z.string().max(20).default('').catch('') })
export type TemplateQuery = z.infer<typeof templateQuery>
