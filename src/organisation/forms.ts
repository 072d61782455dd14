import { z } from 'zod'
import { Trade } from '../../prisma/client/enums.ts'
import { choice, optionalId, text, version } from '../web/fields.ts'

export const trades = Object.values(Trade) as [Trade, ...Trade[]]

// Version 0: the company has no row yet.
export const companyForm = z.strictObject({
  version: version(),
  name: text({ min: 2, max: 100 }),
  trade: choice(trades),
})
export type CompanyInput = z.infer<typeof companyForm>

export const unitForm = z.strictObject({ name: text({ min: 1, max: 60 }), parentId: optionalId() })
export type UnitInput = z.infer<typeof unitForm>

export const unitCorrection = z.strictObject({
  version: version(),
  name: text({ min: 1, max: 60 }),
  parentId: optionalId(),
})
export type UnitCorrection = z.infer<typeof unitCorrection>

export const emptyForm = z.strictObject({})
