import { exportQueryOf, type Format } from '../../web/lists.ts'
import { readSearch, type ItemQuery } from './address.ts'

export type ExportQuery = { format: Format; query: ItemQuery }
export const exportQuery = exportQueryOf(readSearch)
