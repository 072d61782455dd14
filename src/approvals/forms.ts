import { z } from 'zod'
import { choice, optionalText, text, version } from '../web/fields.ts'
import { kindNames } from './kinds.ts'

const number = z.string().regex(/^S\d{10,}$/)
/** The request before or after which a page of a list begins; what is none begins at the beginning. */
const mark = number.optional().catch(undefined)
const kind = z.enum(['', ...kindNames]).default('')

/** All state of the list is in its address; a request that is open keeps the list it was opened from. */
export const inboxQuery = z.object({ kind, after: mark, before: mark })
export type InboxQuery = z.infer<typeof inboxQuery>

const verdict = choice(['approve', 'return', 'refuse'])
const reason = optionalText({ max: 500 })

/** `next` is the request that is opened afterwards. */
export const decisionForm = z.strictObject({ verdict, reason, version: version(), next: number.optional() })
export type DecisionInput = z.infer<typeof decisionForm>

export const withdrawalForm = z.strictObject({ withdrawReason: text({ min: 1, max: 500 }), version: version() })
export type WithdrawalInput = z.infer<typeof withdrawalForm>

export const signerForm = z.strictObject({
  colleague: text({ min: 1, max: 40 }),
  question: optionalText({ max: 500 }),
  version: version(),
})
export type SignerInput = z.infer<typeof signerForm>

/** So many are decided together at once: more than a page of the inbox holds. */
export const mostTogether = 50

const isNumber = (name: string) => number.safeParse(name).success

/** `?S2026000123=on&S2026000124=on` */
export const togetherQuery = z
  .record(z.string(), z.string())
  .transform((values): string[] => Object.keys(values).filter(isNumber).slice(0, mostTogether))

/** A ticked box says by its value which version of the request was seen. */
export type Ticked = { number: string; version: number }

const areTicked = (value: unknown): value is Ticked[] =>
  Array.isArray(value) && value.every((one: { version: unknown }) => one.version !== null)

const ticked = z
  .custom<Ticked[]>(areTicked, { error: 'web:field.malformed', abort: true })
  .refine((picked) => picked.length > 0, { error: 'web:field.required' })
  .refine((picked) => picked.length <= mostTogether, { error: 'web:field.tooLong', params: { max: mostTogether } })

export const togetherForm = z.preprocess(gather, z.strictObject({ verdict, reason, picked: ticked }))
export type TogetherInput = z.infer<typeof togetherForm>

function gather(raw: unknown): unknown {
  const entries = Object.entries((raw ?? {}) as Record<string, unknown>)
  const picked = entries
    .filter(([name]) => isNumber(name))
    .map(([name, seen]) => ({ number: name, version: /^\d{1,9}$/.test(String(seen)) ? Number(seen) : null }))
  return { ...Object.fromEntries(entries.filter(([name]) => !isNumber(name))), picked }
}

export const requestStates = ['waiting', 'approved', 'returned', 'refused', 'withdrawn', 'expired', 'void'] as const

// A day half typed or a number that is nobody's narrows nothing, instead of answering with an error.
const day = z.iso.date().or(z.literal('')).default('').catch('')

/** Of what one asked for, decided, and of the register; only the last narrows by person. */
export const listQuery = z.object({
  kind,
  state: z.enum(['', 'ended', ...requestStates]).default(''),
  person: z.string().trim().max(40).default(''),
  from: day,
  until: day,
  after: mark,
  before: mark,
})
export type ListQuery = z.infer<typeof listQuery>
