import { z } from 'zod'
import { AddressUse } from '../../prisma/client/enums.ts'
import { sourceFields } from '../verifications/source.ts'
import { choice, optionalText, text, version } from '../web/fields.ts'

export const addressUses = Object.values(AddressUse) as [AddressUse, ...AddressUse[]]

export const newAddressForm = z.strictObject({
  use: choice(addressUses),
  province: optionalText({ max: 30 }),
  city: optionalText({ max: 30 }),
  district: optionalText({ max: 30 }),
  address: text({ min: 2, max: 200 }),
  note: optionalText({ max: 200 }),
})
export type NewAddress = z.infer<typeof newAddressForm>

export const addressForm = newAddressForm.extend({ ...sourceFields, version: version() })
export type AddressCorrection = z.infer<typeof addressForm>

export const removalForm = z.strictObject({ reason: text({ min: 1, max: 200 }), version: version() })
export type Removal = z.infer<typeof removalForm>
