import { translate } from '../../i18n.ts'
import type { Obstacle, PageAct } from '../../web/parts.ts'
import { waitingRequest } from '../judging/queries.ts'
import type { Part } from '../page/parts.ts'
import { complaintPolicy } from '../policy.ts'
import { isOpen } from '../states.ts'
import { reportFacts, savedText } from './pages.ts'
import { reportOf } from './queries.ts'

/** CMP-09: what was found out, and that no remedy comes before it. */
export const investigationPart: Part = {
  section: async (actor, complaint) => {
    const report = await reportOf(complaint)
    if (!report) return null
    const t = translate[actor.language]
    const tone = ({ draft: 'wait', waiting: 'go', finished: 'ok' } as const)[report.state]
    return {
      view: 'complaints/investigations/section',
      place: 'column',
      model: {
        state: { tone, word: t(`judging:report.state.${report.state}`) },
        by: savedText(actor, report),
        facts: reportFacts(actor, report),
      },
    }
  },
  acts: async (actor, complaint) => {
    if (!isOpen(complaint.state) || !complaintPolicy.handle(actor, complaint)) return []
    const at = `/complaints/${complaint.number}`
    const waiting = complaint.state === 'investigating' && (await waitingRequest('complaint.report', complaint))
    const write: PageAct[] =
      complaint.state === 'investigating' && !waiting
        ? [{ href: `${at}/investigation`, word: 'judging:act.investigate', icon: 'write', rank: 'next' }]
        : []
    return [
      ...write,
      { href: `${at}/opinion`, word: 'judging:act.opinion', icon: 'write', rank: 'menu', how: 'drawer' },
    ]
  },
  obstacles: async (actor, complaint): Promise<Obstacle[]> => {
    if (complaint.state !== 'investigating' || !complaintPolicy.handle(actor, complaint)) return []
    const act = 'judging:obstacle.remedy'
    const waiting = await waitingRequest('complaint.report', complaint)
    if (waiting)
      return [{ act, reason: 'judging:obstacle.reportWaiting', params: { number: waiting.number }, rule: 'CMP-22' }]
    const next = { href: `/complaints/${complaint.number}/investigation`, word: 'judging:act.investigate' as const }
    return [{ act, reason: 'judging:obstacle.reportFirst', rule: 'CMP-09', next }]
  },
}
