import type { Part } from '../page/parts.ts'
import { complaintPolicy } from '../policy.ts'
import { isOpen } from '../states.ts'

/** Correcting what was written down when it was taken; of what is closed it is said that it cannot be. */
export const intakePart: Part = {
  acts: (actor, complaint) =>
    complaintPolicy.correct(actor, complaint) && isOpen(complaint.state)
      ? [{ href: `/complaints/${complaint.number}/correction`, word: 'intake:correct', icon: 'edit', rank: 'menu' }]
      : [],
}
