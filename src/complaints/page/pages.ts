import type { ComplaintState } from '../../../prisma/client/enums.ts'
import type { Actor } from '../../access/actor.ts'
import { translate } from '../../i18n.ts'
import type { Complaint } from '../queries.ts'
import type { PageAct, Section } from './parts.ts'
import { aroundOf } from './queries.ts'
import { parts } from './registry.ts'
import { trackOf } from './track.ts'

const besideEachOther = 3

/** The page of one complaint: its parts side by side, none of which knows the others. */
export async function complaintPage(actor: Actor, complaint: Complaint, now: Date) {
  const t = translate[actor.language]
  const [around, sections, asides, acts, obstacles] = await Promise.all([
    aroundOf(actor, complaint),
    Promise.all(parts.map(async ({ section }) => section?.(actor, complaint, now) ?? null)),
    Promise.all(parts.map(async ({ aside }) => aside?.(actor, complaint, now) ?? null)),
    Promise.all(parts.map(async (part) => part.acts?.(actor, complaint, now) ?? [])),
    Promise.all(parts.map(async (part) => part.obstacles?.(actor, complaint, now) ?? [])),
  ])
  const shown = [...sections, ...asides].filter((one) => one !== null)
  const [inRow, inMenu] = apart(acts.flat())
  const said = (act: PageAct) => ({ icon: null, how: 'page', ...act, word: t(act.word) })
  return {
    complaint,
    customer: around.customer,
    state: { tone: tones[complaint.state], word: t(`complaints:state.${complaint.state}`) },
    outcome: complaint.outcome ? t(`complaints:outcome.${complaint.outcome}`) : null,
    track: trackOf(t, complaint, around),
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

const placed = (sections: Section[], where: Section['place']) => sections.filter(({ place }) => place === where)

/** The next step first; three stand side by side, the others behind the dots. */
function apart(acts: PageAct[]): [PageAct[], PageAct[]] {
  const main = acts.filter(({ rank }) => rank !== 'menu')
  const ordered = [...main.filter(({ rank }) => rank === 'next'), ...main.filter(({ rank }) => rank !== 'next')]
  const menu = acts.filter(({ rank }) => rank === 'menu')
  return [ordered.slice(0, besideEachOther), [...ordered.slice(besideEachOther), ...menu]]
}

const tones = {
  received: 'wait',
  accepting: 'wait',
  investigating: 'go',
  proposing: 'go',
  approving: 'wait',
  telling: 'go',
  asking: 'go',
  improving: 'go',
  answering: 'go',
  closed: 'ok',
  void: 'bad',
} as const satisfies Record<ComplaintState, string>
