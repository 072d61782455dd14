import { z } from 'zod'
import { checkbox, choice } from '../web/fields.ts'

const next = z.string().max(2000).optional()
export const nextQuery = z.object({ next })

export const acknowledgingForm = z.strictObject({
  contacts: checkbox(),
  places: checkbox(),
  channels: checkbox(),
  next,
})
export type Acknowledging = z.infer<typeof acknowledgingForm>

export const listQuery = z.object({
  standing: choice(['none', 'lapsed', 'soon', 'valid']).optional().catch(undefined),
  after: z.string().max(20).optional(),
})
export type ListQuery = z.infer<typeof listQuery>

export const emptyForm = z.strictObject({})
