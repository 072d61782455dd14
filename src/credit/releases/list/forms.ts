import { z } from 'zod'
import { ReleaseState } from '../../../../prisma/client/enums.ts'
import { holds as ruleOf, type Hold } from '../../reckoning.ts'

/** In the order in which a release goes. */
export const states = Object.values(ReleaseState)
export const holds = Object.keys(ruleOf) as Hold[]
/** Whose: asked for by this person, or of a customer of theirs; of their department. */
export const whoses = ['mine', 'department'] as const
/** Held for so many days, or longer. */
export const waits = ['3', '7', '30'] as const
export const sorts = ['newest', 'oldest'] as const

const oneOf = <const T extends string>(values: readonly T[]) =>
  z
    .enum(['', ...values])
    .optional()
    .transform((value): T | '' => (value ?? '') as T | '')
const written = (pattern: RegExp) => z.string().regex(pattern).default('')
const day = z.union([z.literal(''), z.iso.date()]).default('')
const mark = z
  .string()
  .regex(/^FX[0-9A-Z]{4,30}$/)
  .optional()

/** All state of the list is in its address; an unknown value is refused, an unknown name is not read. */
export const releaseListQuery = z.object({
  /** Number, customer. */
  q: z.string().max(100).default(''),
  state: oneOf(states),
  whose: oneOf(whoses),
  hold: oneOf(holds),
  waits: oneOf(waits),
  /** The day it was requested on. */
  from: day,
  to: day,
  owner: written(/^(?:|mine|[A-Z][0-9A-Z]{1,19})$/),
  department: written(/^\d{0,18}$/),
  region: written(/^\d{0,18}$/),
  customer: written(/^(?:|K\d{10})$/),
  sort: oneOf(sorts),
  after: mark,
  before: mark,
})
export type ReleaseListQuery = z.infer<typeof releaseListQuery>
