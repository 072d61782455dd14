import { z } from 'zod'
import { Trade } from '../../../prisma/client/enums.ts'
import { choice, text } from '../../web/fields.ts'

export const trades = Object.values(Trade) as [Trade, ...Trade[]]

export const presetQuery = z.object({
  trade: z
    .enum(['', ...trades])
    .catch('')
    .default(''),
})
export type PresetQuery = z.infer<typeof presetQuery>

/** One box for each parameter taken over: customers_confirm_days=on */
export const presetForm = z
  .object({
    trade: choice(trades),
    reason: text({ min: 4, max: 500 }),
    effectiveOn: z.iso.date({ error: 'web:field.malformed' }),
    act: z.enum(['submit', 'keep']).default('submit'),
  })
  .catchall(z.literal('on'))
  .transform(({ trade, reason, effectiveOn, act, ...taken }) => ({
    trade: trade as Trade,
    reason: reason as string,
    effectiveOn: effectiveOn as string,
    act: act as 'submit' | 'keep',
    taken: Object.keys(taken),
  }))
export type PresetInput = z.infer<typeof presetForm>
