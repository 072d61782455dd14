import type { Part } from '../page/parts.ts'
import { complaintPolicy } from '../policy.ts'
import { isOpen } from '../states.ts'

export const assigningPart: Part = {
  acts: (actor, complaint) => {
    if (!isOpen(complaint.state) || !complaintPolicy.assign(actor, complaint)) return []
    const first = complaint.ownerId === null
    return [
      {
        href: `/complaints/${complaint.number}/assignment`,
        word: first ? 'judging:act.assign' : 'judging:act.reassign',
        icon: 'swap',
        how: 'drawer',
        ...(first ? {} : { rank: 'menu' as const }),
      },
    ]
  },
  obstacles: (actor, complaint) =>
    complaint.state === 'investigating' && complaint.ownerId === null && complaintPolicy.assign(actor, complaint)
      ? [
          {
            act: 'judging:obstacle.investigate',
            reason: 'judging:obstacle.noHandler',
            rule: 'CMP-13',
            next: { href: `/complaints/${complaint.number}/assignment`, word: 'judging:act.assign' },
          },
        ]
      : [],
}
