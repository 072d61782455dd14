import { unreportedOf } from '../clocks.ts'
import { db } from '../../db.ts'
import type { Translate } from '../../i18n.ts'
import type { Plan } from '../queries.ts'
import { regulationAt } from '../../regulations/in-force.ts'
import { unreportedLines } from './queries.ts'
import { whenWords } from './saying.ts'
export function calloutsOf(t: Translate, plan: Plan, waiting: string | null) {
  const { state, decision } = plan
  if (state === 'waiting' && waiting)
    return [{ tone: 'info', text: t('visitPlans:waitingNote', { number: waiting }), rule: { id: 'VIS-01' } }]
  if (state === 'approved') return [{ tone: 'ok', text: t('visitPlans:approvedNote'), rule: { id: 'VIS-05' } }]
  if (state !== 'returned' && state !== 'refused') return []
  const text = decision ? t('visitPlans:sentBack', { words: decision }) : t('visitPlans:sentBackPlain')
  return [{ tone: 'warn', text, rule: { id: 'VIS-01' } }]
}

/** VIS-06: what stands against handing in, with the way to each report. */
export async function whyNotsOf(t: Translate, { ownerId }: Plan, now: Date) {
  const [n, regulation] = await Promise.all([unreportedOf(db as never, ownerId, now), regulationAt(now)])
  if (n === 0) return []
  const most = regulation.value('visits.most_unreported')
  const visits = await unreportedLines(ownerId, now)
  return [
    {
      stops: n >= most,
      act: t('visitPlans:unreported.act'),
      reason: t(n >= most ? 'visitPlans:unreported.reason' : 'visitPlans:unreported.warn', { n, most }),
      rule: { id: 'VIS-06' },
      visits: visits.map((visit) => ({
        href: `/visits/${visit.number}`,
        word: `${visit.party} ${whenWords(t, { ...visit, timed: false })}`,
      })),
    },
  ]
}
