import type { Actor } from '../../access/actor.ts'
import { mayEver } from '../../access/policy.ts'
import { translate, type Translate } from '../../i18n.ts'
import { dateText, dateTimeText } from '../../lib/dates.ts'
import { dayText } from '../../lib/days.ts'
import type { AroundDay } from './around.ts'
import { dayAfter, weekdayOf } from './days.ts'
import { comingBack, ordered } from './order.ts'
import type { Day } from './queries.ts'
import { stopOf } from './stops.ts'

/** VIS-11: the sheet of one day. */
export function dayPage(actor: Actor, day: Day, around: AroundDay, now: Date) {
  const t = translate[actor.language]
  const { on, who, visits } = day
  const own = who.id === actor.id
  const address = addressOf(own ? null : who.number)
  const route = routeOf(day)
  const next = route.find(({ state }) => state === 'approved')
  return {
    title: headingOf(t, day, route.length, own),
    on,
    own,
    lede: ledeOf(t, route),
    late: lateLine(t, day, around),
    strip: day.week.map(({ day: one, n }) => ({
      href: address(one),
      weekday: t(`calendar:weekday.${weekdayOf(one)}`),
      day: one.slice(8).replace(/^0/, ''),
      n,
      label: t('visitDay:heading', { day: one.slice(5), weekday: t(`calendar:weekday.${weekdayOf(one)}`), n }),
      current: one === on,
      today: one === dateText(now),
    })),
    previous: address(dayAfter(on, -1)),
    next: address(dayAfter(on, 1)),
    today: on === dateText(now) ? null : address(dateText(now)),
    people: peopleOf(t, actor, day),
    stops: route.map((visit) => stopOf(actor, visit, around, now, visit === next)),
    cancelled: cancelledText(t, visits),
    empty: route.length === 0 ? emptyOf(t, actor, day, address, now) : null,
    record: mayEver(actor, 'visits.plan') ? '/visits/new' : null,
    pdf: `/visits/day.pdf?on=${on}${own ? '' : `&who=${who.number}`}`,
  }
}

export const routeOf = ({ visits }: Pick<Day, 'visits'>) => ordered(visits.filter(({ state }) => state !== 'cancelled'))

const addressOf = (who: string | null) => (on: string) => `/visits/day?on=${on}${who ? `&who=${who}` : ''}`

function headingOf(t: Translate, { on, who }: Day, n: number, own: boolean): string {
  const params = { day: on.slice(5), weekday: t(`calendar:weekday.${weekdayOf(on)}`), n, name: who.name }
  return t(own ? 'visitDay:heading' : 'visitDay:headingOf', params)
}

/** 按区与时间排好；16:00 又回临平区 */
export function ledeOf(t: Translate, route: ReturnType<typeof routeOf>): string {
  if (route.length < 2) return ''
  const backs = comingBack(route).map(({ startsAt, timed, district }) => {
    const time = timed ? dateTimeText(startsAt).slice(11) : t('visitDay:untimed')
    return t('visitDay:backs', { time, district: district ?? '' })
  })
  return [t('visitDay:ordered'), ...backs].join(t('visitDay:clause'))
}

/** VIS-06: how many reports are overdue, what that stops, and the oldest to begin with. */
function lateLine(t: Translate, { unreported, on }: Day, { regulation }: AroundDay) {
  if (!unreported) return null
  const { overdue, waiting, oldest } = unreported
  if (overdue + waiting === 0) return null
  const most = regulation.value('visits.most_unreported')
  const effect = t(overdue >= most ? 'visitDay:late.stopped' : 'visitDay:late.stops', { most })
  return {
    text:
      overdue > 0 ? t('visitDay:late.overdue', { n: overdue }) + effect : t('visitDay:late.waiting', { n: waiting }),
    bad: overdue > 0,
    // What stands below anyway is not named here.
    oldest: oldest &&
      dayText(oldest.on) !== on && {
        href: `/visits/${oldest.number}`,
        word: t('visitDay:late.oldest', { party: oldest.party, day: dayText(oldest.on).slice(5) }),
      },
  }
}

/** Whose day one may look at, each with how many visits. */
function peopleOf(t: Translate, actor: Actor, { people, who, on }: Day) {
  if (people.length === 0 && who.id === actor.id) return []
  const shown = people.some(({ id }) => id === who.id) || who.id === actor.id ? people : [...people, { ...who, n: 0 }]
  return [
    { href: addressOf(null)(on), word: t('visitDay:self'), current: who.id === actor.id },
    ...shown.map(({ id, number, name, n }) => ({
      href: addressOf(number)(on),
      word: name,
      count: n,
      current: id === who.id,
    })),
  ]
}

function cancelledText(t: Translate, visits: Day['visits']): string | null {
  const gone = visits.filter(({ state }) => state === 'cancelled')
  if (gone.length === 0) return null
  const parties = gone.map(({ party, cancelledReason }) => (cancelledReason ? `${party}（${cancelledReason}）` : party))
  return t('visitDay:cancelled', { parties: parties.join(t('web:comma')) })
}

/** A day without visits says what comes next. */
function emptyOf(t: Translate, actor: Actor, { on, next }: Day, address: (on: string) => string, now: Date) {
  const heading = t(on === dateText(now) ? 'visitDay:empty.today' : 'visitDay:empty.other')
  if (next) {
    const weekday = t(`calendar:weekday.${weekdayOf(next.day)}`)
    const word = t('visitDay:empty.nextDay', { day: next.day.slice(5), weekday, n: next.n })
    return { heading, next: { href: address(next.day), word } }
  }
  const plans = mayEver(actor, 'visits.plan') ? { href: '/visits/plans', word: t('visitDay:empty.plan') } : null
  return { heading, ...(plans ? { next: plans } : {}) }
}
