import { z } from 'zod'
import { kindNames, wordOf, type ApprovalKind } from '../approvals/kinds.ts'
import { optionalText, text, version } from '../web/fields.ts'

/** A box for each kind of approval, by its name in the form. */
export const boxOf = (kind: ApprovalKind) => `kind_${wordOf(kind)}`
const kindsByBox = new Map<string, ApprovalKind>(kindNames.map((kind) => [boxOf(kind), kind]))

function gatherKinds(raw: unknown): unknown {
  const entries = Object.entries((raw ?? {}) as Record<string, unknown>)
  const kinds = entries.flatMap(([name, value]) => (value === 'on' ? (kindsByBox.get(name) ?? []) : []))
  return { ...Object.fromEntries(entries.filter(([name]) => !kindsByBox.has(name))), kinds }
}

const day = z.iso.date({ error: 'web:field.malformed' })
const facts = {
  to: text({ min: 1, max: 20 }),
  kinds: z.array(z.enum(kindNames)).min(1, { error: 'web:field.choose' }),
  fromOn: day,
  untilOn: day,
  reason: optionalText({ max: 200 }),
}

export const delegationForm = z.preprocess(gatherKinds, z.strictObject(facts))
export type NewDelegation = z.infer<typeof delegationForm>

export const correctionForm = z.preprocess(gatherKinds, z.strictObject({ ...facts, version: version() }))
export type Correction = z.infer<typeof correctionForm>

export const emptyForm = z.strictObject({})
