import type { Actor } from '../../access/actor.ts'
import { translate } from '../../i18n.ts'
import { dateText } from '../../lib/dates.ts'
import { isOver, isStillThere, overdueProblems } from '../changing/rules.ts'
import { isOwn } from '../policy.ts'
import type { AroundDay } from './around.ts'
import type { DayVisit } from './queries.ts'

type Act = {
  word: string
  href: string
  icon: string | null
  main: boolean
  how: 'post' | 'drawer' | 'modal' | 'page'
  values: Record<string, string>
}

/** At most three, the likeliest first: this is pressed with a thumb. Of a day, the arrival at the next stop stands out. */
export function stopActs(actor: Actor, visit: DayVisit, { calls }: AroundDay, now: Date, next: boolean): Act[] {
  const t = translate[actor.language]
  const at = (act: string) => `/visits/${visit.number}/${act}`
  const act = (how: Act['how'], href: string, word: string, icon: string | null, more: Partial<Act> = {}): Act => ({
    how,
    href,
    word,
    icon,
    main: false,
    values: {},
    ...more,
  })
  const call = calls.get(visit.id)
  const phone = call ? [act('modal', call.href, call.name, 'phone')] : []
  if (!isOwn(actor, visit)) return phone
  if (visit.state === 'done') {
    const report = act('page', at('report'), t('visitDay:act.report'), 'edit', { main: true })
    const leave = act('post', at('leaving'), t('visitDay:act.leave'), null, { values: { from: 'day' } })
    return isStillThere(visit, now) ? [report, leave] : [report]
  }
  if (visit.state !== 'approved') return phone
  const press = (when: 'now' | 'planned', word: string, main: boolean) =>
    act('post', at('arrival'), word, 'arrive', { main, values: { when, from: 'day' } })
  const reschedule = act('drawer', at('rescheduling'), t('visitDay:act.reschedule'), null)
  const move = overdueProblems(visit, now).length > 0 ? [] : [reschedule]
  const appoint = act('drawer', at('appointment'), t('visitDay:act.appoint'), 'phone')
  const [day, today] = [dateText(visit.startsAt), dateText(now)]
  if (day < today) return [press('planned', t('visitDay:act.wasThere'), true), ...move]
  if (day > today) return [...(visit.confirmedAt ? phone : [{ ...appoint, main: true }]), ...move]
  const arrive = press('now', t('visitDay:act.arrive'), next)
  if (isOver(visit, now)) return [arrive, press('planned', t('visitDay:act.wasThere'), false), ...move]
  return [arrive, ...(visit.confirmedAt ? phone : [appoint]), ...move]
}
