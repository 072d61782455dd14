import { z } from 'zod'
import { optionalId, optionalText, version } from '../../web/fields.ts'

/** A department or person that must be chosen. */
export const chosenId = () =>
  z
    .string({ error: 'web:field.required' })
    .regex(/^\d{1,18}$/, { error: 'web:field.choose' })
    .transform(BigInt)

export const assignmentForm = z.strictObject({
  departmentId: chosenId(),
  ownerId: optionalId(),
  reason: optionalText({ max: 500 }),
  version: version(),
})
export type Assignment = z.infer<typeof assignmentForm>

export const undoForm = z.strictObject({})
