import { z } from 'zod'
import { optionalId, optionalText, version } from '../web/fields.ts'

export const assignmentForm = z.strictObject({
  owner: optionalText({ max: 20 }),
  departmentId: optionalId(),
  regionId: optionalId(),
  version: version(),
})
export type Assignment = z.infer<typeof assignmentForm>
