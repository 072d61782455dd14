import { z } from 'zod'
import { ledgerFields, type LedgerMapping } from '../../credit/importing/columns.ts'
import { mostColumns } from '../../sheets/faults.ts'
import { choice } from '../../web/fields.ts'
import { columnName } from '../mapping/forms.ts'

const columns = Object.fromEntries(
  Array.from({ length: mostColumns }, (_, at) => [columnName(at), z.enum(['', ...ledgerFields]).optional()]),
)

/** One field for each column that a file can have. */
export const ledgerMappingForm = z
  .strictObject({ ...columns, act: choice(['preview', 'start']).default('start') })
  .transform(gathered)
export type LedgerChoices = z.infer<typeof ledgerMappingForm>

/** The same in an address, for looking at the rows before anything starts. */
export const ledgerMappingQuery = z.object(columns).transform(gathered)
export type LedgerAsked = z.infer<typeof ledgerMappingQuery>

/** Null for a column not taken; the whole is null where nothing was chosen at all. */
function gathered<T extends Record<string, unknown>>(sent: T): T & { columns: LedgerMapping | null } {
  const chosen = Array.from(
    { length: mostColumns },
    (_, at) => sent[columnName(at)] as LedgerMapping[number] | '' | undefined,
  )
  return { ...sent, columns: chosen.some((field) => field !== undefined) ? chosen.map((field) => field || null) : null }
}
