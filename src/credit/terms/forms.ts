import { z } from 'zod'
import { CooperationMode, CreditMethod } from '../../../prisma/client/enums.ts'
import { choice, money, optionalText } from '../../web/fields.ts'
import { day, why } from '../overrides/forms.ts'

export const methods = Object.values(CreditMethod) as [CreditMethod, ...CreditMethod[]]
export const modes = Object.values(CooperationMode) as [CooperationMode, ...CooperationMode[]]

const optionalDay = () =>
  optionalText({ max: 10 }).refine((value) => value === null || z.iso.date().safeParse(value).success, {
    error: 'web:field.malformed',
  })

export const termsForm = z.strictObject({
  method: choice(methods),
  amount: money(),
  startsOn: day(),
  endsOn: optionalDay(),
  reason: why(),
})
export type TermsInput = z.infer<typeof termsForm>

export const modeForm = z.strictObject({ mode: choice(modes), startsOn: day(), reason: why() })
export type ModeInput = z.infer<typeof modeForm>
