import { z } from 'zod'
import { choice, text, version } from '../../web/fields.ts'

const levels = ['general', 'important', 'major'] as const

export const levelForm = z.strictObject({
  level: choice(levels),
  reason: text({ min: 2, max: 500 }),
  version: version(),
})
export type LevelWish = z.infer<typeof levelForm>

export const graveForm = z.strictObject({ reason: text({ min: 2, max: 500 }), version: version() })
export type Grave = z.infer<typeof graveForm>
