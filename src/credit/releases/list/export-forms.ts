import { exportQueryOf, type Format } from '../../../web/lists.ts'
import { readSearch, type ReleaseListQuery } from './address.ts'

export type ReleaseExport = { format: Format; query: ReleaseListQuery }
export const releaseExportQuery = exportQueryOf(readSearch)
