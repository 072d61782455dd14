import type { ToldUnit } from '../../../prisma/client/enums.ts'
import type { Actor } from '../../access/actor.ts'
import { db, reads } from '../../db.ts'
import { translate, type Key, type Translate } from '../../i18n.ts'
import { dateTimeText } from '../../lib/dates.ts'
import { namesById } from '../../staff/naming.ts'
import { mayWith } from '../policy.ts'
import type { Complaint } from '../queries.ts'
import { negotiated } from './gates.ts'
import { negotiationsOf, type meetingsOf, type Told } from './queries.ts'
import { filedWith, isDangerous, type Crisis } from './rules.ts'

export type Check = { word: string; done: string | null; rule: string; href: string | null }
type Around = { crisis: Crisis; told: readonly Told[]; meetings: Awaited<ReturnType<typeof meetingsOf>> }

/** Wish 39: what is asked of this complaint, each with who did it and when, or with the way there. */
export async function checklistOf(actor: Actor, complaint: Complaint, around: Around): Promise<Check[]> {
  const t = translate[actor.language]
  const { crisis, told } = around
  const filing = filedWith(crisis)
  const open = complaint.state !== 'void' && mayWith(actor, 'complaints.crisis', complaint)
  const path = `/complaints/${complaint.number}`
  const toldTo = (units: readonly ToldUnit[], word: Key, rule: string): Check => {
    const line = told.find(({ unit }) => units.includes(unit))
    const href = open && !line ? `${path}/told/new?unit=${units[0]!}` : null
    return { word: t(word), rule, href, done: line ? toldText(t, line) : null }
  }
  return [
    ...(isDangerous(crisis) ? [toldTo(['customer_relations'], 'remedies:check.danger', 'CMP-24')] : []),
    ...(crisis.level === 'major'
      ? [
          await alarmed(t, complaint),
          await met(t, around, open ? `${path}/meetings/new` : null),
          toldTo(['management', 'brand'], 'remedies:check.management', 'CMP-08'),
          toldTo(['legal'], 'remedies:check.legal', 'CMP-08'),
          toldTo(['vice_president'], 'remedies:check.vicePresident', 'CMP-08'),
          toldTo(['chief_executive'], 'remedies:check.chiefExecutive', 'CMP-08'),
          await talked(t, complaint),
        ]
      : []),
    ...(filing ? [toldTo([filing], `remedies:check.filed_${filing as 'board'}`, 'CMP-10')] : []),
  ]
}

const toldText = (t: Translate, { unit, person, way, at, by }: Told): string =>
  t('remedies:check.told', {
    unit: t(`complaints:unit.${unit}`),
    person,
    way: t(`complaints:way.${way}`),
    at: dateTimeText(at),
    by,
  })

/** Told by the product itself, when it became major. */
async function alarmed(t: Translate, { id }: Complaint): Promise<Check> {
  const since = await db.levelChange.findFirst({
    where: { complaintId: id, after: 'major' },
    orderBy: { id: 'desc' },
    select: { at: true },
  })
  const done = since ? t('remedies:check.alarmedAt', { at: dateTimeText(since.at) }) : null
  return { word: t('remedies:check.alarmed'), rule: 'CMP-08', href: null, done }
}

async function met(t: Translate, { meetings }: Around, href: string | null): Promise<Check> {
  const first = meetings[0]
  const chair = first ? ((await namesById([first.chairId])).get(first.chairId) ?? '') : ''
  const done = first ? t('remedies:check.metAt', { at: dateTimeText(first.heldAt), chair }) : null
  return { word: t('remedies:check.meeting'), rule: 'CMP-08', href: first ? null : href, done }
}

async function talked(t: Translate, complaint: Complaint): Promise<Check> {
  const word = t('remedies:check.negotiated')
  if (!(await negotiated(reads, complaint))) return { word, rule: 'CMP-08', href: null, done: null }
  const last = (await negotiationsOf(complaint.id, complaint.round)).findLast(({ withId }) => withId !== null)
  const other = last?.withId ? ((await namesById([last.withId])).get(last.withId) ?? '') : ''
  const params = { at: last ? dateTimeText(last.at) : '', by: last?.by.name ?? '', other }
  return { word, rule: 'CMP-08', href: null, done: t('remedies:check.negotiatedAt', params) }
}
