import type { CollectionPurpose, CustomerSource } from '../../prisma/client/enums.ts'
import type { LedgerMapping } from '../credit/importing/columns.ts'
import type { Mapping } from '../customers/intake/columns.ts'
import type { Kind } from '../customers/names.ts'

/** How a file is read: what each column is taken as, and what holds for every row. */
export type Reading = {
  columns: Mapping
  /** what a row is when nothing says */
  kind: Kind
  /** CUS-03: the importing person states that companies with a foreign name have no Chinese one */
  noChineseName: boolean
  /** CUS-04: whence all of them come and what their data are collected for */
  source: CustomerSource
  purpose: CollectionPurpose
}

/** Beside the reading: of a workbook the sheet that was read, and the import whose mapping this one follows. */
export type Stored = Reading & {
  sheet: { name: string; others: string[] } | null
  remembered: { number: string; at: string } | null
}

const usual = {
  columns: [],
  kind: 'organisation',
  noChineseName: false,
  source: 'existing',
  purpose: 'service',
  sheet: null,
  remembered: null,
} satisfies Stored

/** What the column `mapping` holds; imports of earlier releases hold less. */
export function storedReading(mapping: unknown): Stored {
  return { ...usual, ...(mapping as Partial<Stored>) }
}

/** CRD-18: what the columns of a file of shipments or receipts are taken as. */
export const storedColumns = (mapping: unknown): LedgerMapping =>
  (mapping as { columns?: LedgerMapping } | null)?.columns ?? []
