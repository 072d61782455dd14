import { z } from 'zod'

const typed = z.string().max(600).optional().catch(undefined)

/** What a form holds while somebody types. A field that the form does not have is not in the address either. */
export const alikeQuery = z.object({
  kind: z.enum(['organisation', 'person']).optional().catch(undefined),
  name: typed,
  code: typed,
  phone: typed,
  /** telephones of a contact, which belong to the customer without being its own */
  contact: typed,
})
export type AlikeQuery = z.infer<typeof alikeQuery>
