import { readSearch, type ListQuery } from '../customers/list/address.ts'
import { exportQueryOf, type Format } from '../web/lists.ts'

export type ExportQuery = { format: Format; query: ListQuery }
export const exportQuery = exportQueryOf(readSearch)
