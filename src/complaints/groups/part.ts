import { momentText } from '../../deadlines/tag.ts'
import { translate } from '../../i18n.ts'
import type { Part } from '../page/parts.ts'
import { complaintPolicy } from '../policy.ts'
import { isOpen } from '../states.ts'
import { countText } from './pages.ts'
import { membersOf, repeatOf, repeatsOf } from './queries.ts'

/** CMP-05: what this complaint repeats, what came again after it, and who else complains of the same matter. */
export const groupsPart: Part = {
  section: async (actor, complaint, now) => {
    const t = translate[actor.language]
    const { id, number, groupId, repeatOfId, state } = complaint
    const [first, again, members] = await Promise.all([
      repeatOfId === null ? null : repeatOf(actor, repeatOfId),
      repeatsOf(actor, id),
      groupId === null ? [] : membersOf(actor, groupId),
    ])
    const links = complaintPolicy.group(actor, complaint) && isOpen(state)
    const alone = repeatOfId === null && again.length === 0 && groupId === null
    if (alone && !links) return null
    const item = (one: { number: string; title: string; receivedAt: Date }) => ({
      ...one,
      href: `/complaints/${one.number}`,
      at: momentText(one.receivedAt, now),
    })
    return {
      view: 'complaints/groups/section',
      place: 'margin',
      model: {
        bonds: {
          alone,
          first: first && item(first),
          hidden: repeatOfId !== null && first === null,
          again: again.map(item),
          group: groupId === null ? null : { href: `/complaints/groups/${groupId}`, count: countText(t, members) },
          link: links ? `/complaints/${number}/group` : null,
        },
      },
    }
  },
}
