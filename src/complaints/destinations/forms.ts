import { z } from 'zod'
import type { ComplaintKind } from '../../../prisma/client/enums.ts'
import { optionalId } from '../../web/fields.ts'
import { kinds } from '../intake/forms.ts'

const answers = Object.fromEntries(kinds.map((kind) => [kind, optionalId()])) as Record<
  ComplaintKind,
  ReturnType<typeof optionalId>
>

export const destinationForm = z.strictObject({ ...answers, seen: z.string().max(500) })
export type DestinationInput = z.infer<typeof destinationForm>
