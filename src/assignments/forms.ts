import { z } from 'zod'
import { gatherTicked, ticked } from '../customers/list/picks.ts'
import { optionalId, optionalText, version } from '../web/fields.ts'

export const assignmentForm = z.strictObject({
  owner: optionalText({ max: 20 }),
  departmentId: optionalId(),
  regionId: optionalId(),
  reason: optionalText({ max: 200 }),
  version: version(),
})
export type Assignment = Omit<z.infer<typeof assignmentForm>, 'reason'> & { reason?: string | null }

/** For many at once, each part may stay as each customer has it. */
export type Wish<T> = { keep: true } | { keep: false; value: T | null }

const keep = { keep: true } as const
const none = { keep: false, value: null } as const
const wishedId = z
  .string()
  .regex(/^(?:|none|\d{1,18})$/, { error: 'web:field.choose' })
  .optional()
  .transform((typed): Wish<bigint> => (!typed ? keep : typed === 'none' ? none : { keep: false, value: BigInt(typed) }))

export const bulkForm = z.preprocess(
  gatherTicked,
  z.strictObject({
    owner: z
      .string()
      .max(20)
      .optional()
      .transform((typed): Wish<string> => (!typed ? keep : typed === 'none' ? none : { keep: false, value: typed })),
    departmentId: wishedId,
    regionId: wishedId,
    reason: optionalText({ max: 200 }),
    picked: ticked(),
  }),
)
export type BulkAssignment = z.infer<typeof bulkForm>

export const undoForm = z.strictObject({})
