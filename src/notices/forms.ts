import { z } from 'zod'
import { choice } from '../web/fields.ts'
import { isKind, noticeKinds, wordOf, type NoticeKind } from './kinds.ts'

export const mailChoices = ['none', 'each', 'digest'] as const

const id = /^\d{1,18}$/
const day = (text: string) =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text)

// An address is typed by hand too: what is not understood is as if it were not there.
export const listQuery = z.object({
  state: z.enum(['unread']).optional().catch(undefined),
  kind: choice(noticeKinds).optional().catch(undefined),
  day: z.string().refine(day).optional().catch(undefined),
  before: z.string().regex(id).transform(BigInt).optional().catch(undefined),
})
export type ListQuery = z.infer<typeof listQuery>

export const mailboxQuery = z.object({ before: z.string().regex(id).transform(BigInt).optional().catch(undefined) })
export type MailboxQuery = z.infer<typeof mailboxQuery>

export const emptyForm = z.strictObject({})

// The list is one form with many buttons: each sends what all share.
const until = z.string().regex(id, { error: 'web:field.malformed' }).transform(BigInt)
const back = z.string().max(300).optional()

export const oneForm = z.strictObject({ until, back })
export type One = z.infer<typeof oneForm>

/** What stood on the page: nothing that came since is marked unseen. `alike`: those of a kind on a day. */
export const readForm = z.strictObject({
  until,
  back,
  alike: z
    .string()
    .transform((text) => text.split('@'))
    .transform(([kind = '', on = '']) => ({ kind, day: on }))
    .refine((alike) => isKind(alike.kind) && day(alike.day), { error: 'web:field.choose' })
    .optional(),
})
export type Reading = z.infer<typeof readForm>

const fields = Object.fromEntries(noticeKinds.map((kind) => [wordOf(kind), choice(mailChoices).optional()]))

/** A kind that the page did not ask about stays as it is. */
export const choicesForm = z
  .strictObject(fields)
  .transform((sent) => noticeKinds.flatMap((kind) => (sent[wordOf(kind)] ? [{ kind, mail: sent[wordOf(kind)]! }] : [])))
export type Choices = { kind: NoticeKind; mail: (typeof mailChoices)[number] }[]
