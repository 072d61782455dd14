import { z } from 'zod'
import { GrantScope, Role } from '../../prisma/client/enums.ts'
import { choice, optionalId, optionalText, text, version } from '../web/fields.ts'

export const roles = Object.values(Role) as [Role, ...Role[]]
export const scopes = Object.values(GrantScope) as [GrantScope, ...GrantScope[]]

const facts = {
  name: text({ min: 2, max: 60 }),
  phone: optionalText({ max: 40 }),
  email: optionalText({ max: 254 }),
  departmentId: optionalId(),
}

export const newStaffForm = z.strictObject(facts)
export type NewStaff = z.infer<typeof newStaffForm>

export const correctionForm = z.strictObject({ version: version(), ...facts })
export type Correction = z.infer<typeof correctionForm>

export const grantForm = z.strictObject({
  role: choice(roles),
  scope: choice(scopes),
  departmentId: optionalId(),
  regionId: optionalId(),
})
export type GrantInput = z.infer<typeof grantForm>

export const suspensionForm = z.strictObject({ reason: text({ min: 2, max: 500 }) })
export type Suspension = z.infer<typeof suspensionForm>

export const emptyForm = z.strictObject({})

// An address is typed by hand too: what is not understood is as if it were not there.
export const listQuery = z.object({
  q: z.string().max(100).catch('').default(''),
  department: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional()
    .catch(undefined),
  role: choice(roles).optional().catch(undefined),
  state: choice(['active', 'suspended', 'disabled']).optional().catch(undefined),
})
export type ListQuery = z.infer<typeof listQuery>
