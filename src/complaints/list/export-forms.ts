import { exportQueryOf, type Format } from '../../web/lists.ts'
import { readSearch, type ComplaintListQuery } from './address.ts'

export type ComplaintExport = { format: Format; query: ComplaintListQuery }
export const complaintExportQuery = exportQueryOf(readSearch)
