import { z } from 'zod'
import { chosenId } from '../assigning/forms.ts'
import { optionalId, optionalText, text } from '../../web/fields.ts'

/** So many at once: each is a change of its own. */
export const mostTogether = 200

const isNumber = (name: string) => /^T\d{10,}$/.test(name)

/** `?T2026000123=on&T2026000124=on` */
export const tickedQuery = z.record(z.string(), z.string()).transform((values) => Object.keys(values).filter(isNumber))
export type TickedNumbers = z.infer<typeof tickedQuery>

/** A ticked box says by its value which version of the complaint was seen. */
export type Ticked = { number: string; version: number }

function gather(raw: unknown): unknown {
  const entries = Object.entries((raw ?? {}) as Record<string, unknown>)
  const picked = entries
    .filter(([name]) => isNumber(name))
    .map(([number, version]) => ({ number, version: /^\d{1,9}$/.test(String(version)) ? Number(version) : null }))
  return { ...Object.fromEntries(entries.filter(([name]) => !isNumber(name))), picked }
}

const areTicked = (value: unknown): value is Ticked[] =>
  Array.isArray(value) && value.every((one: { version: unknown }) => one.version !== null)

const picked = z
  .custom<Ticked[]>(areTicked, { error: 'web:field.malformed', abort: true })
  .refine((some) => some.length > 0, { error: 'web:field.required' })
  .refine((some) => some.length <= mostTogether, { error: 'web:field.tooLong', params: { max: mostTogether } })

export const assigningForm = z.preprocess(
  gather,
  z.strictObject({ departmentId: chosenId(), ownerId: optionalId(), reason: optionalText({ max: 500 }), picked }),
)
export type AssignTogether = z.infer<typeof assigningForm>

export const raisingForm = z.preprocess(
  gather,
  z.strictObject({ level: z.enum(['important', 'major']), reason: text({ min: 2, max: 500 }), picked }),
)
export type RaiseTogether = z.infer<typeof raisingForm>

export const linkingForm = z.preprocess(gather, z.strictObject({ to: text({ min: 1, max: 20 }), picked }))
export type LinkTogether = z.infer<typeof linkingForm>
