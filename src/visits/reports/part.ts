import type { Actor } from '../../access/actor.ts'
import type { Obstacle, PageAct } from '../../web/parts.ts'
import { isOver } from '../changing/rules.ts'
import type { Part } from '../page/parts.ts'
import { visitPolicy } from '../policy.ts'
import type { Visit } from '../queries.ts'
import { costsOf } from '../spendings/queries.ts'
import { besideOf, reportOf } from './queries.ts'
import { shownReport, standing } from './shown.ts'

const at = ({ number }: Visit) => `/visits/${number}/report`

/** VIS-06: the report, and what its author and the head can do with it. */
export const reportPart: Part = {
  section: async (actor, visit) => {
    const report = await reportOf(visit)
    if (!report) return null
    const [beside, costs] = await Promise.all([besideOf(visit), costsOf(visit)])
    const model = {
      ...standing(actor.language, visit, report),
      facts: shownReport(actor.language, { visit, report, beside, costs }),
    }
    return { view: 'visits/reports/section', place: 'column', model }
  },
  acts: async (actor, visit, now) => [...writing(actor, visit, now), ...(await reading(actor, visit))],
  obstacles: async (actor, visit): Promise<Obstacle[]> => {
    if (visit.state !== 'reported' || visit.ownerId !== actor.id) return []
    const report = await reportOf(visit)
    return report?.reviewedAt
      ? [{ act: 'visitReports:obstacle.cannotCorrect', reason: 'visitReports:refused.reviewed', rule: 'VIS-06' }]
      : []
  },
}

/** Of a visit that is arranged, once its time is over. */
function writing(actor: Actor, visit: Visit, now: Date): PageAct[] {
  const ready = visit.state === 'done' || (visit.state === 'approved' && isOver(visit, now))
  if (!ready || !visitPolicy.own(actor, visit)) return []
  return [{ href: at(visit), word: 'visitReports:act.write', icon: 'write', rank: 'next' }]
}

async function reading(actor: Actor, visit: Visit): Promise<PageAct[]> {
  const report = await reportOf(visit)
  if (!report) return []
  const open = visit.state === 'reported' && !report.reviewedAt
  const act = (word: PageAct['word'], href: string, more: Partial<PageAct>): PageAct => ({ href, word, ...more })
  return [
    ...(open && visitPolicy.own(actor, visit) ? [act('visitReports:act.correct', at(visit), { icon: 'edit' })] : []),
    ...(open && visitPolicy.review(actor, visit)
      ? [act('visitReports:act.review', `${at(visit)}/review`, { icon: 'check', rank: 'next', how: 'drawer' })]
      : []),
    act('visitReports:act.print', `${at(visit)}.pdf`, { icon: 'print', rank: 'menu', how: 'file' }),
  ]
}
