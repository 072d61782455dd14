import { z } from 'zod'
import { checkbox, optionalText, text, version } from '../web/fields.ts'

const day = z.iso.date({ error: 'web:field.malformed' })

export const startForm = z.strictObject({
  staff: text({ min: 1, max: 20 }),
  leavesOn: day,
})
export type Start = z.infer<typeof startForm>

// An address is typed by hand too: what is not understood is as if it were not there.
export const startQuery = z.object({ staff: z.string().max(20).catch('').default('') })
export const listQuery = z.object({ state: z.enum(['open', 'done', 'cancelled']).optional().catch(undefined) })
export const thingQuery = z.object({ q: z.string().max(100).catch('').default('') })
export type ThingQuery = z.infer<typeof thingQuery>
export const linesQuery = z.object({
  after: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional()
    .catch(undefined),
})

/** Ticked rows come as names of their own: item_12. */
function gatherItems(raw: unknown): unknown {
  const entries = Object.entries((raw ?? {}) as Record<string, unknown>)
  const isItem = ([name]: [string, unknown]) => /^item_\d{1,18}$/.test(name)
  const items = entries.filter(isItem).map(([name]) => BigInt(name.slice(5)))
  return { ...Object.fromEntries(entries.filter((entry) => !isItem(entry))), items }
}

export const handForm = z.preprocess(
  gatherItems,
  z.strictObject({
    to: optionalText({ max: 20 }),
    which: z.enum(['picked', 'all']).default('picked'),
    q: optionalText({ max: 100 }),
    items: z.array(z.bigint()),
  }),
)
export type Hand = z.infer<typeof handForm>

export const papersForm = z.strictObject({
  note: text({ min: 2, max: 500 }),
  given: checkbox(),
  version: version(),
})
export type Papers = z.infer<typeof papersForm>

export const finishForm = z.strictObject({ version: version() })
export const cancelForm = z.strictObject({ reason: text({ min: 2, max: 500 }), version: version() })
export type Cancel = z.infer<typeof cancelForm>
export const emptyForm = z.strictObject({})
