import type { VisitState } from '../../../prisma/client/enums.ts'
import type { Actor } from '../../access/actor.ts'
import { db } from '../../db.ts'
import { translate } from '../../i18n.ts'
import { dayText } from '../../lib/days.ts'
import { inParallel } from '../../lib/parallel.ts'
import { partsOf, placedParts } from '../../web/parts.ts'
import type { Visit } from '../queries.ts'
import { whenText } from './facts.ts'
import { openTo } from './queries.ts'
import { parts } from './registry.ts'
import { trackOf } from './track.ts'

/** The page of one visit: its parts side by side, none of which knows the others. */
export async function visitPage(actor: Actor, visit: Visit, now: Date) {
  const t = translate[actor.language]
  const { reviewed, seen, brought } = await inParallel({
    reviewed: db.visitReport.findUnique({ where: { visitId: visit.id }, select: { reviewedAt: true } }),
    seen: openTo(actor, visit.customerId === null ? [] : [visit.customerId]),
    brought: partsOf(parts, actor, visit, now),
  })
  return {
    visit,
    title: t('visitDay:page.title', { party: visit.party }),
    daySheet: `/visits/day?on=${dayText(visit.onDay)}${visit.ownerId === actor.id ? '' : `&who=${visit.owner.number}`}`,
    customer: customerIn(visit, seen),
    when: whenText(t, visit),
    state: { tone: tones[visit.state], word: t(`visits:state.${visit.state}`) },
    track: trackOf(t, visit, reviewed?.reviewedAt ?? null),
    ...placedParts(brought, t),
  }
}

/** Who sees a visit sees who is visited; the way to the record is open where that is in scope. */
function customerIn({ customer, customerId, party }: Visit, seen: Set<bigint>) {
  if (!customer || customerId === null) return { name: party, grade: null, href: null }
  return { name: party, grade: customer.grade, href: seen.has(customerId) ? `/customers/${customer.number}` : null }
}

export const tones = {
  draft: 'wait',
  waiting: 'wait',
  refused: 'bad',
  approved: 'wait',
  done: 'go',
  reported: 'ok',
  cancelled: 'bad',
} as const satisfies Record<VisitState, string>
