import type { ComplaintState } from '../../../prisma/client/enums.ts'
import type { Actor } from '../../access/actor.ts'
import { translate } from '../../i18n.ts'
import { partsOf, placedParts } from '../../web/parts.ts'
import type { Complaint } from '../queries.ts'
import { aroundOf } from './queries.ts'
import { parts } from './registry.ts'
import { trackOf } from './track.ts'

/** The page of one complaint: its parts side by side, none of which knows the others. */
export async function complaintPage(actor: Actor, complaint: Complaint, now: Date) {
  const t = translate[actor.language]
  const [around, brought] = await Promise.all([aroundOf(actor, complaint), partsOf(parts, actor, complaint, now)])
  return {
    complaint,
    customer: around.customer,
    state: { tone: tones[complaint.state], word: t(`complaints:state.${complaint.state}`) },
    outcome: complaint.outcome ? t(`complaints:outcome.${complaint.outcome}`) : null,
    track: trackOf(t, complaint, around),
    ...placedParts(brought, t),
  }
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
