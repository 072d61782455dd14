import { exportQueryOf, type Format } from '../../web/lists.ts'
import { readSearch, type VisitListQuery } from './address.ts'

export type VisitExport = { format: Format; query: VisitListQuery }
export const visitExportQuery = exportQueryOf(readSearch)
