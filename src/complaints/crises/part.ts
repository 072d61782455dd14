import type { Actor } from '../../access/actor.ts'
import { reads } from '../../db.ts'
import { translate } from '../../i18n.ts'
import { dateTimeText } from '../../lib/dates.ts'
import { namesById } from '../../staff/naming.ts'
import type { PageAct } from '../../web/parts.ts'
import type { Part } from '../page/parts.ts'
import { mayWith } from '../policy.ts'
import type { Complaint } from '../queries.ts'
import { checklistOf } from './checklist.ts'
import { crisisOf } from './gates.ts'
import { meetingsOf, toldOf } from './queries.ts'
import { filedWith, isDangerous, mayReport, type Crisis } from './rules.ts'

/** CMP-08, CMP-24, wish 39: what a crisis asks for, with who did it and when. */
export const crisesPart: Part = {
  section: async (actor, complaint) => {
    const [crisis, told, meetings] = await Promise.all([
      crisisOf(reads, complaint),
      toldOf(complaint.id),
      meetingsOf(complaint.id),
    ])
    if (!isCrisis(crisis) && told.length === 0 && meetings.length === 0) return null
    const t = translate[actor.language]
    const names = await namesById(meetings.flatMap(({ chairId, members }) => [chairId, ...members]))
    const model = {
      danger: isDangerous(crisis) && !crisis.told.includes('customer_relations'),
      checks: await checklistOf(actor, complaint, { crisis, told, meetings }),
      told: told.map(({ unit, at, person, way, words, by, recordedAt }) => ({
        unit: t(`complaints:unit.${unit}`),
        person,
        how: t(`complaints:way.${way}`),
        at: dateTimeText(at),
        words,
        by: t('remedies:recorded', { by, at: dateTimeText(recordedAt) }),
      })),
      meetings: meetings.map(({ heldAt, place, chairId, members, situation, decisions }) => ({
        title: t('remedies:meeting.title', { at: dateTimeText(heldAt) }),
        facts: [
          { label: t('remedies:field.chair'), value: names.get(chairId) ?? '' },
          { label: t('remedies:field.place'), value: place ?? '' },
          {
            label: t('remedies:field.members'),
            value: members.flatMap((id) => names.get(id) ?? []).join(t('web:comma')),
            wide: true,
          },
          { label: t('remedies:field.situation'), value: situation, wide: true, lines: true },
          { label: t('remedies:field.decisions'), value: decisions, wide: true, lines: true },
        ],
      })),
    }
    return { view: 'complaints/crises/section', place: 'column', model }
  },
  acts: async (actor, complaint) => [...(await crisisActs(actor, complaint)), ...reportActs(actor, complaint)],
}

const isCrisis = (crisis: Crisis): boolean =>
  crisis.level === 'major' || isDangerous(crisis) || filedWith(crisis) !== null

async function crisisActs(actor: Actor, complaint: Complaint): Promise<PageAct[]> {
  if (complaint.state === 'void' || !mayWith(actor, 'complaints.crisis', complaint)) return []
  const crisis = await crisisOf(reads, complaint)
  if (!isCrisis(crisis)) return []
  const path = `/complaints/${complaint.number}`
  return [
    ...(crisis.level === 'major' ? [{ href: `${path}/meetings/new`, word: 'remedies:act.meet' as const }] : []),
    { href: `${path}/told/new`, word: 'remedies:act.told' },
  ]
}

function reportActs(actor: Actor, complaint: Complaint): PageAct[] {
  const due = complaint.reportingUnit !== null && complaint.state !== 'void' && mayReport(complaint)
  if (!due || !mayWith(actor, 'complaints.contact', complaint)) return []
  return [{ href: `/complaints/${complaint.number}/told/report`, word: 'remedies:act.report' }]
}
