import { db } from '../../db.ts'
import { momentText } from '../../deadlines/tag.ts'
import type { Part } from '../page/parts.ts'
import { isInOthersHand } from './rules.ts'

/** Wish 41: somebody else is at it. */
export const handPart: Part = {
  section: async (actor, complaint, now) => {
    const { inHandById, inHandAt } = complaint
    if (!isInOthersHand(complaint, actor, now)) return null
    const person = await db.staff.findUniqueOrThrow({ where: { id: inHandById! }, select: { name: true } })
    const model = { name: person.name, at: momentText(inHandAt!, now) }
    return { view: 'complaints/hand/section', place: 'column', model }
  },
}
