import { z } from 'zod'
import { checkbox } from '../web/fields.ts'
import type { Part } from './parts.ts'
import { sourceFields } from './source.ts'

const ticked = /^(?:identity|reach|background|(?:contact|address)-\d{1,18})$/

/** contact-12=on and the like become one list of parts. */
function gatherParts(raw: unknown): unknown {
  const entries = Object.entries(raw as Record<string, unknown>)
  const parts = entries.filter(([name, value]) => ticked.test(name) && value === 'on').map(([name]) => name)
  const rest = entries.filter(([name]) => !ticked.test(name))
  return { ...Object.fromEntries(rest), parts }
}

export const verificationForm = z.preprocess(
  gatherParts,
  z.strictObject({
    parts: z.array(z.string().transform((name) => name.replace('-', ':') as Part)).max(2000),
    all: checkbox(),
    ...sourceFields,
    /** What the person saw: whoever corrects something meanwhile, nobody vouches for it unseen. */
    seen: z.string().max(100),
  }),
)
export type VerificationInput = z.infer<typeof verificationForm>
