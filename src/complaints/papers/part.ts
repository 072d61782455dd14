import { attachmentsShown } from '../../attachments/queries.ts'
import { complaintHost, ofComplaints } from '../../attachments/of-complaints.ts'
import { attachmentsSection, mostOnPage } from '../../attachments/section.ts'
import { db } from '../../db.ts'
import type { PageAct } from '../../web/parts.ts'
import type { Part } from '../page/parts.ts'
import { complaintPolicy } from '../policy.ts'
import { papers } from './printing.ts'

/** CMP-20: what can be printed of a complaint. */
export const papersPart: Part = {
  acts: async (actor, complaint) => {
    if (!complaintPolicy.print(actor, complaint)) return []
    const reports = await db.investigationReport.count({ where: { complaintId: complaint.id } })
    return papers
      .filter((kind) => kind !== 'report' || reports > 0)
      .map((kind): PageAct => {
        const href = `/complaints/${complaint.number}/${kind}.pdf`
        return { href, word: `papers:act.${kind}`, icon: 'print', rank: 'menu', how: 'file' }
      })
  },
}

/** 附件: what came with the complaint and on its way. */
export const attachmentsPart: Part = {
  section: async (actor, complaint) => {
    const host = complaintHost(complaint)
    const mayAdd = ofComplaints.add(actor, complaint)
    const shown = await attachmentsShown(host, mostOnPage)
    if (shown.count + shown.removed === 0 && !mayAdd) return null
    const attachments = attachmentsSection(actor, host, mayAdd, shown)
    return { view: 'attachments/section', place: 'column', model: { attachments } }
  },
}
