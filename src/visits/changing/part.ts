import type { Actor } from '../../access/actor.ts'
import { translate, type Translate } from '../../i18n.ts'
import { db } from '../../db.ts'
import { dateText, dateTimeText } from '../../lib/dates.ts'
import type { Obstacle, PageAct } from '../../web/parts.ts'
import type { Part } from '../page/parts.ts'
import { visitPolicy } from '../policy.ts'
import type { Visit } from '../queries.ts'
import { isOver, isStillThere, overdueProblems } from './rules.ts'

const at = ({ number }: Visit, act: string) => `/visits/${number}/${act}`

/** 变动: what was moved, replaced and cancelled, and what of that is open now. */
export const changingPart: Part = {
  section: async (actor, visit) => {
    const facts = await changesOf(translate[actor.language], visit)
    if (facts.length === 0) return null
    return { view: 'visits/changing/section', place: 'column', model: { facts } }
  },
  acts: (actor, visit, now) => actsOf(actor, visit, now),
  obstacles: (actor, visit, now) => obstaclesOf(actor, visit, now),
}

/** VIS-05: all of them are its owner's, and before it is made. */
export function actsOf(actor: Actor, visit: Visit, now: Date): PageAct[] {
  if (!visitPolicy.own(actor, visit)) return []
  if (visit.state === 'done' && isStillThere(visit, now))
    return [{ href: at(visit, 'leaving'), word: 'visitDay:act.leave', icon: 'check', how: 'post' }]
  if (visit.state !== 'approved') return []
  return [
    ...arrivals(visit, now),
    ...movesOf(visit, now),
    { href: at(visit, 'cancellation'), word: 'visitDay:act.cancel', icon: 'close', rank: 'menu', how: 'drawer' },
  ]
}

function movesOf(visit: Visit, now: Date): PageAct[] {
  if (overdueProblems(visit, now).length > 0) return []
  return [
    { href: at(visit, 'rescheduling'), word: 'visitDay:act.reschedule', icon: 'calendar', how: 'drawer' },
    { href: at(visit, 'replacement'), word: 'visitDay:act.replace', icon: 'swap', rank: 'menu' },
  ]
}

function arrivals(visit: Visit, now: Date): PageAct[] {
  const [day, today] = [dateText(visit.startsAt), dateText(now)]
  const press = (when: string, word: PageAct['word']): PageAct => ({
    href: at(visit, 'arrival'),
    word,
    icon: 'arrive',
    rank: 'next',
    how: 'post',
    values: { when },
  })
  if (day > today) return []
  const was = press('planned', 'visitDay:act.wasThere')
  if (day < today) return [was]
  const { rank: _, ...second } = was
  return [press('now', 'visitDay:act.arrive'), ...(isOver(visit, now) ? [second] : [])]
}

function obstaclesOf(actor: Actor, visit: Visit, now: Date): Obstacle[] {
  if (!visitPolicy.own(actor, visit)) return []
  const day = dateText(visit.startsAt)
  if (visit.state === 'waiting' || visit.state === 'draft')
    return [{ act: 'visitDay:cannot.arrive', reason: 'visitDay:obstacle.planWaits', rule: 'VIS-01' }]
  if (overdueProblems(visit, now).length > 0)
    return [{ act: 'visitDay:cannot.move', reason: 'visitDay:obstacle.overdue', rule: 'VIS-06' }]
  if (visit.state !== 'approved' || day <= dateText(now)) return []
  const next = { href: at(visit, 'rescheduling'), word: 'visitDay:act.reschedule' as const }
  return [{ act: 'visitDay:cannot.arrive', reason: 'visitDay:obstacle.notYet', params: { day }, rule: 'VIS-05', next }]
}

async function changesOf(t: Translate, visit: Visit) {
  const [before, after] = await Promise.all([
    visit.replacesId === null ? null : db.visit.findUnique({ where: { id: visit.replacesId }, select: named }),
    db.visit.findUnique({ where: { replacesId: visit.id }, select: named }),
  ])
  const fact = (label: string, value: string | null, href?: string) =>
    value ? [{ label, value, ...(href ? { href } : {}) }] : []
  return [
    ...fact(t('visitDay:page.firstAt'), visit.firstStartsAt && dateTimeText(visit.firstStartsAt)),
    ...fact(
      t('visitDay:page.times'),
      visit.rescheduled > 0 ? t('visitDay:page.nTimes', { n: visit.rescheduled }) : null,
    ),
    ...fact(t('visitDay:page.replaces'), before && before.party, before ? `/visits/${before.number}` : undefined),
    ...fact(t('visitDay:page.replacedBy'), after && after.party, after ? `/visits/${after.number}` : undefined),
    ...fact(t('visitDay:page.cancelledWhy'), visit.cancelledReason),
  ]
}

const named = { number: true, party: true } as const
