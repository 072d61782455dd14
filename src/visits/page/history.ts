import { calendarAt } from '../../calendar/queries.ts'
import { historyItems } from '../../customers/history/lines.ts'
import { deadlinesSection } from '../../deadlines/section.ts'
import type { Part } from './parts.ts'
import { clocksOf, linesOf } from './queries.ts'

/** 时限与经过: the clock of the report, and what happened to this visit. */
export const historyPart: Part = {
  aside: async (actor, visit, now) => {
    const [clocks, lines, calendar] = await Promise.all([clocksOf(visit), linesOf(actor, visit), calendarAt(now)])
    const model = {
      deadlines: deadlinesSection(actor, clocks, now, calendar),
      items: historyItems(actor, lines, now, { brief: true, home: `/visits/${visit.number}` }),
    }
    return { view: 'visits/page/history', place: 'margin', model }
  },
}
