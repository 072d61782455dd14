import { visitHost, ofVisits } from '../../attachments/of-visits.ts'
import { attachmentsShown } from '../../attachments/queries.ts'
import { attachmentsSection, mostOnPage } from '../../attachments/section.ts'
import type { Part } from '../page/parts.ts'

/** 附件: photographs from the phone, cards, minutes (wish 47). */
export const attachmentsPart: Part = {
  section: async (actor, visit) => {
    const host = visitHost(visit)
    const shown = await attachmentsShown(host, mostOnPage)
    const mayAdd = ofVisits.add(actor, visit)
    if (shown.count + shown.removed === 0 && !mayAdd) return null
    const attachments = attachmentsSection(actor, host, mayAdd, shown)
    return { view: 'attachments/section', place: 'column', model: { attachments } }
  },
}
