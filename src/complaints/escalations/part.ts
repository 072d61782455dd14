import type { Part } from '../page/parts.ts'
import { mayWith } from '../policy.ts'
import { escalationLines } from './pages.ts'
import { escalationsOf } from './queries.ts'
import { escalationProblems } from './rules.ts'

/** CMP-15: what came again. */
export const escalationsPart: Part = {
  section: async (actor, complaint) => {
    if (complaint.escalated === 0) return null
    const lines = escalationLines(actor, await escalationsOf(complaint.id))
    return { view: 'complaints/escalations/section', place: 'column', model: { escalations: lines } }
  },
  acts: (actor, complaint) =>
    mayWith(actor, 'complaints.contact', complaint) && escalationProblems(complaint.state).length === 0
      ? [{ href: `/complaints/${complaint.number}/escalation`, word: 'escalations:act' }]
      : [],
}
