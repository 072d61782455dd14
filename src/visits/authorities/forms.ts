import { z } from 'zod'
import { AuthorityKind } from '../../../prisma/client/enums.ts'
import { choice, money, text, version } from '../../web/fields.ts'

export const authorityKinds = Object.values(AuthorityKind) as [AuthorityKind, ...AuthorityKind[]]

/** The sum counts for money and for contracts alike; empty is any sum. */
export const authorityForm = z.strictObject({
  version: version(),
  authority: choice(authorityKinds),
  upTo: money(),
  what: text({ min: 2, max: 300 }),
})
export type AuthorityInput = z.infer<typeof authorityForm>

export const withdrawalForm = z.strictObject({
  version: version(),
  authority: z
    .string()
    .regex(/^\d{1,18}$/, { error: 'web:field.malformed' })
    .transform(BigInt),
})
export type Withdrawal = z.infer<typeof withdrawalForm>
