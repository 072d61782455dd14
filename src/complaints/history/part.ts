import type { Part } from '../page/parts.ts'
import { historyModelOf } from './pages.ts'
import { newestOf } from './queries.ts'

/** 经过: the newest lines, and the way to all of them. */
export const historyPart: Part = {
  section: async (actor, complaint, now) => ({
    view: 'complaints/history/section',
    place: 'margin',
    model: historyModelOf(actor, complaint, await newestOf(actor, complaint), now),
  }),
}
