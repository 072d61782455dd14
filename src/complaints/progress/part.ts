import type { Part } from '../page/parts.ts'
import { mayWith } from '../policy.ts'
import { progressLines } from './pages.ts'
import { progressOf } from './queries.ts'
import { progressProblems } from './rules.ts'

/** CMP-15: how things stand, as it was entered. */
export const progressPart: Part = {
  section: async (_actor, complaint) => {
    const progress = progressLines(await progressOf(complaint))
    return progress.length === 0 ? null : { view: 'complaints/progress/section', place: 'column', model: { progress } }
  },
  acts: (actor, complaint) =>
    mayWith(actor, 'complaints.handle', complaint) && progressProblems(complaint.state).length === 0
      ? [{ href: `/complaints/${complaint.number}/progress`, word: 'progress:act' }]
      : [],
}
