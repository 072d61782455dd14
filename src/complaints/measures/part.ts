import { calendarAt } from '../../calendar/queries.ts'
import { deadlineTag } from '../../deadlines/tag.ts'
import { translate } from '../../i18n.ts'
import { dayText } from '../../lib/days.ts'
import type { Part } from '../page/parts.ts'
import { stateTag } from './pages.ts'
import { measurePolicy } from './policy.ts'
import { clocksOf, measurePath, measuresOf, subjectOf } from './queries.ts'
import { takesMeasures } from './rules.ts'

/** CMP-18: the complaint's corrective and preventive actions. */
export const measuresPart: Part = {
  section: async (actor, complaint, now) => {
    const [measures, calendar] = await Promise.all([measuresOf(complaint.id), calendarAt(now)])
    const proposes = takesMeasures(complaint) && measurePolicy.propose(actor, complaint)
    if (measures.length === 0 && !proposes) return null
    const t = translate[actor.language]
    const clocks = await clocksOf(measures)
    const rows = measures.map((measure) => {
      const running = clocks.get(subjectOf(measure))?.find(({ metAt }) => metAt === null)
      return {
        number: measure.number,
        href: measurePath(measure),
        kind: t(`complaints:action.${measure.kind}`),
        what: measure.measure,
        owner: measure.owner.name,
        checker: measure.checker?.name ?? '',
        dueOn: dayText(measure.dueOn),
        state: stateTag(t, measure.state),
        deadline: running ? deadlineTag(t, running, now, calendar) : null,
      }
    })
    const model = { measures: rows, propose: proposes ? `/complaints/${complaint.number}/measures/new` : null }
    return { view: 'complaints/measures/section', place: 'column', model }
  },
  obstacles: async (actor, complaint) => {
    if (!measurePolicy.propose(actor, complaint) || !takesMeasures(complaint)) return []
    const measures = await measuresOf(complaint.id)
    const last = measures.findLast(({ state }) => state !== 'refused')
    if (last?.state !== 'ineffective') return []
    return [
      {
        act: 'measures:act.leave',
        reason: 'measures:refused.ineffective',
        params: { number: last.number },
        rule: 'CMP-18',
        next: { href: `/complaints/${complaint.number}/measures/new`, word: 'measures:act.another' },
      },
    ]
  },
}
