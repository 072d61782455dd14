import type { VisitState } from '../../../prisma/client/enums.ts'
import type { Actor } from '../../access/actor.ts'
import { db } from '../../db.ts'
import { translate } from '../../i18n.ts'
import { inParallel } from '../../lib/parallel.ts'
import { dayText, type Visit } from '../queries.ts'
import { whenText } from './facts.ts'
import type { PageAct, Section } from './parts.ts'
import { openTo } from './queries.ts'
import { parts } from './registry.ts'
import { trackOf } from './track.ts'

const besideEachOther = 3

/** The page of one visit: its parts side by side, none of which knows the others. */
export async function visitPage(actor: Actor, visit: Visit, now: Date) {
  const t = translate[actor.language]
  const { reviewed, seen, sections, asides, acts, obstacles } = await inParallel({
    reviewed: db.visitReport.findUnique({ where: { visitId: visit.id }, select: { reviewedAt: true } }),
    seen: openTo(actor, visit.customerId === null ? [] : [visit.customerId]),
    sections: Promise.all(parts.map(async ({ section }) => section?.(actor, visit, now) ?? null)),
    asides: Promise.all(parts.map(async ({ aside }) => aside?.(actor, visit, now) ?? null)),
    acts: Promise.all(parts.map(async (part) => part.acts?.(actor, visit, now) ?? [])),
    obstacles: Promise.all(parts.map(async (part) => part.obstacles?.(actor, visit, now) ?? [])),
  })
  const shown = [...sections, ...asides].filter((one) => one !== null)
  const [inRow, inMenu] = apart(acts.flat())
  const said = (act: PageAct) => ({ icon: null, how: 'page', values: {}, ...act, word: t(act.word) })
  return {
    visit,
    title: t('visitDay:page.title', { party: visit.party }),
    daySheet: `/visits/day?on=${dayText(visit.onDay)}${visit.ownerId === actor.id ? '' : `&who=${visit.owner.number}`}`,
    customer: customerIn(visit, seen),
    when: whenText(t, visit),
    state: { tone: tones[visit.state], word: t(`visits:state.${visit.state}`) },
    track: trackOf(t, visit, reviewed?.reviewedAt ?? null),
    acts: inRow.map(said),
    moreActs: inMenu.map(said),
    whyNots: obstacles.flat().map(({ act, reason, params, rule, next }) => ({
      act: t(act),
      reason: t(reason, params),
      rule: { id: rule },
      ...(next ? { next: { href: next.href, word: t(next.word) } } : {}),
    })),
    column: placed(shown, 'column'),
    margin: placed(shown, 'margin'),
  }
}

/** Who sees a visit sees who is visited; the way to the record is open where that is in scope. */
function customerIn({ customer, customerId, party }: Visit, seen: Set<bigint>) {
  if (!customer || customerId === null) return { name: party, grade: null, href: null }
  return { name: party, grade: customer.grade, href: seen.has(customerId) ? `/customers/${customer.number}` : null }
}

const placed = (sections: Section[], where: Section['place']) => sections.filter(({ place }) => place === where)

/** The next step first; three stand side by side, the others behind the dots. */
function apart(acts: PageAct[]): [PageAct[], PageAct[]] {
  const main = acts.filter(({ rank }) => rank !== 'menu')
  const ordered = [...main.filter(({ rank }) => rank === 'next'), ...main.filter(({ rank }) => rank !== 'next')]
  const menu = acts.filter(({ rank }) => rank === 'menu')
  return [ordered.slice(0, besideEachOther), [...ordered.slice(besideEachOther), ...menu]]
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
