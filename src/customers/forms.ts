import { z } from 'zod'
import { choice, optionalId, optionalText, text, version } from '../web/fields.ts'
import { longestName } from './names.ts'

const facts = {
  kind: choice(['organisation', 'person']),
  name: text({ min: 1, max: longestName }),
  code: optionalText({ max: 40 }),
  phone: optionalText({ max: 60 }),
  province: optionalText({ max: 30 }),
  city: optionalText({ max: 30 }),
  address: optionalText({ max: 200 }),
}

export const correctionForm = z.strictObject({ ...facts, version: version() })
export type Correction = z.infer<typeof correctionForm>

export const newCustomerForm = z.strictObject({
  ...facts,
  departmentId: optionalId(),
  regionId: optionalId(),
  distinction: optionalText({ max: 200 }),
})
export type NewCustomer = z.infer<typeof newCustomerForm>

export const assignmentForm = z.strictObject({
  owner: optionalText({ max: 20 }),
  departmentId: optionalId(),
  regionId: optionalId(),
  version: version(),
})
export type Assignment = z.infer<typeof assignmentForm>

/** All state of the list is in its address; an unknown value is refused, an unknown name is not read. */
export const listQuery = z.object({
  q: z.string().max(100).default(''),
  kind: z.enum(['', 'organisation', 'person']).default(''),
  held: z.enum(['', 'mine', 'pool']).default(''),
  sort: z.enum(['newest', 'name']).default('newest'),
  after: z
    .string()
    .regex(/^K\d{10}$/)
    .optional(),
  before: z
    .string()
    .regex(/^K\d{10}$/)
    .optional(),
})
export type ListQuery = z.infer<typeof listQuery>
