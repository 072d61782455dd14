import { z } from 'zod'
import { CollectionPurpose, CustomerSource } from '../../../prisma/client/enums.ts'
import { intakeFields } from '../../customers/intake/columns.ts'
import { mostColumns } from '../../sheets/faults.ts'
import { checkbox, choice, optionalId } from '../../web/fields.ts'

const values = <T extends Record<string, string>>(of: T) => Object.values(of) as [T[keyof T], ...T[keyof T][]]

const kinds = ['organisation', 'person'] as const
export const choicesOf = { kind: kinds, source: values(CustomerSource), purpose: values(CollectionPurpose) }

export const columnName = (at: number) => `column${at}`

const columns = Object.fromEntries(
  Array.from({ length: mostColumns }, (_, at) => [columnName(at), z.enum(['', ...intakeFields]).optional()]),
)

/** One field for each column that a file can have, and what holds for all rows. */
export const mappingForm = z
  .strictObject({
    ...columns,
    kind: choice(choicesOf.kind),
    noChineseName: checkbox(),
    source: choice(choicesOf.source),
    purpose: choice(choicesOf.purpose),
    departmentId: optionalId(),
    regionId: optionalId(),
    act: choice(['preview', 'start']).default('start'),
  })
  .transform(gathered)
export type Choices = z.infer<typeof mappingForm>

/** The same in an address, for looking at the rows before anything starts. */
export const mappingQuery = z
  .object({
    ...columns,
    kind: z.enum(choicesOf.kind).optional(),
    noChineseName: checkbox(),
    source: z.enum(choicesOf.source).optional(),
    purpose: z.enum(choicesOf.purpose).optional(),
    departmentId: optionalId(),
    regionId: optionalId(),
  })
  .transform(gathered)
export type Asked = z.infer<typeof mappingQuery>

type Column = (typeof intakeFields)[number] | '' | undefined

/** Null for a column not taken; the whole is null where nothing was chosen at all. */
function gathered<T extends Record<string, unknown>>(sent: T) {
  const chosen = Array.from({ length: mostColumns }, (_, at) => sent[columnName(at)] as Column)
  return { ...sent, columns: chosen.some((field) => field !== undefined) ? chosen.map((field) => field || null) : null }
}
