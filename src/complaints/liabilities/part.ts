import type { Part } from '../page/parts.ts'
import { sectionModel } from './pages.ts'
import { seesLiabilities } from './policy.ts'
import { liabilitiesOf, missedOf } from './queries.ts'

/** CMP-17: who is liable, for those who record, confirm and count it. */
export const liabilitiesPart: Part = {
  section: async (actor, complaint) => {
    if (!seesLiabilities(actor, complaint)) return null
    const [rows, missed] = await Promise.all([liabilitiesOf(complaint.id), missedOf(complaint)])
    const model = sectionModel(actor, complaint, rows, missed)
    if (rows.length === 0 && !model.record && !model.delay) return null
    return { view: 'complaints/liabilities/section', place: 'column', model }
  },
}
