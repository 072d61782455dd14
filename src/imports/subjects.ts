import type { ImportSubject } from '../../prisma/client/enums.ts'
import { looksLikeLedger, suggestLedger } from '../credit/importing/columns.ts'
import { looksLikeHeader } from '../customers/intake/columns.ts'
import { ledgerReadingFor } from './ledger/queries.ts'
import { readingFor } from './mapping/queries.ts'

/** Tells the header of such a file from a title above it. */
export const headerOf = (subject: ImportSubject) => (subject === 'customers' ? looksLikeHeader : looksLikeLedger)

/** How such a file was read the last time, else what its titles suggest. */
export const suggestedFor = (subject: ImportSubject, header: string[]) =>
  subject === 'customers' ? readingFor(header) : ledgerReadingFor(subject, header, suggestLedger(subject, header))
