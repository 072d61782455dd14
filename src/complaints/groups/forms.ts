import { z } from 'zod'
import { choice, text, version } from '../../web/fields.ts'

const bonds = ['repeat', 'group'] as const

export const linkForm = z.strictObject({
  other: text({ min: 1, max: 20 }),
  bond: choice(bonds),
  version: version(),
})

export const leaveForm = z.strictObject({
  bond: choice(bonds),
  reason: text({ min: 2, max: 300 }),
  version: version(),
})
