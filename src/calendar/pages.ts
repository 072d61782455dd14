import type { Actor } from '../access/actor.ts'
import { mayEver } from '../access/policy.ts'
import { actionSentence } from '../audit/actions.ts'
import { translate, type Translate } from '../i18n.ts'
import { dateText, dateTimeText } from '../lib/dates.ts'
import type { CalendarQuery } from './forms.ts'
import { arrangedIn, calendarAt, changesOf, enteredYears, type Arranged, type Change } from './queries.ts'
import { reckoner } from './reckoner.ts'
import type { Calendar } from './reckoning.ts'
import { runsOf, type Run } from './runs.ts'
import { lengthText, nameText, rangesText, spanText, weekdaysText } from './texts.ts'
import { workingDaysFrom } from './week.ts'
import { monthsOf } from './year.ts'

export async function calendarPage(actor: Actor, query: CalendarQuery, now: Date) {
  const { language } = actor
  const t = translate[language]
  const today = dateText(now)
  const thisYear = Number(today.slice(0, 4))
  const year = /^20\d\d$/.test(query.year ?? '') ? Number(query.year) : thisYear
  const [calendar, arranged] = [await calendarAt(now), await arrangedIn(year)]
  const mayManage = mayEver(actor, 'calendar.manage')
  const sight = { language, calendar, arranged, today, mayManage }
  return {
    year,
    title: t('calendar:yearTitle', { year }),
    lede: t('calendar:lede', { weekdays: weekdaysText(t, calendar), hours: rangesText(t, calendar.ranges) }),
    previous: year > 2000 ? year - 1 : null,
    todays: Number(today.slice(8)),
    here: year === thisYear ? `month-${Number(today.slice(5, 7))}` : null,
    next: year < 2099 ? year + 1 : null,
    acts: mayManage ? actsFor(t, year, thisYear, calendar) : [],
    unknown: unknownOf(t, year, { calendar, today, mayManage }),
    figures: figuresOf(t, year, { calendar, arranged, today }),
    months: monthsOf(year, sight),
    runs: runsOf(arranged).map((run) => rowOf(t, run, { year, today, mayManage })),
    hours: await hoursOf(t, year, calendar),
    reckoner: reckoner(language, calendar, query, now),
    history: (await changesOf(year)).map((one) => historyItem(actor, one)),
  }
}

function actsFor(t: Translate, year: number, thisYear: number, calendar: Calendar) {
  const enter = {
    href: `/calendar/years/${year}`,
    word: t(calendar.years.has(year) ? 'calendar:act.replace' : 'calendar:act.enter', { year }),
  }
  const add = { href: `/calendar/days${year > thisYear ? `?day=${year}-01-01` : ''}`, word: t('calendar:act.add') }
  if (year < thisYear) return []
  return calendar.years.has(year) ? [add, enter] : [enter, add]
}

/** That a year is not entered; late in a year, also that the next one is not. */
function unknownOf(
  t: Translate,
  shown: number,
  { calendar, today, mayManage }: { calendar: Calendar; today: string; mayManage: boolean },
) {
  const next = today >= `${shown}-11-01` && today <= `${shown}-12-31` ? shown + 1 : shown
  const year = calendar.years.has(shown) ? next : shown
  if (calendar.years.has(year)) return null
  const say = year === shown ? 'calendar:unknown.text' : 'calendar:unknown.soon'
  const act = { href: `/calendar/years/${year}`, word: t('calendar:act.enter', { year }) }
  return {
    strong: t('calendar:unknown.strong', { year }),
    text: t(say, { year, weekdays: weekdaysText(t, calendar) }),
    tone: year === shown ? 'warn' : 'info',
    rule: { id: 'CAL-01' },
    ...(mayManage && year !== shown ? { act } : {}),
  }
}

type Sight = { calendar: Calendar; arranged: readonly Arranged[]; today: string }
function figuresOf(t: Translate, year: number, { calendar, arranged, today }: Sight) {
  const [first, last] = [`${year}-01-01`, `${year}-12-31`]
  const n = (origin: string, working?: boolean) =>
    arranged.filter((one) => one.origin === origin && (working ?? one.working) === one.working).length
  const left = today >= first && today <= last
  return [
    { word: t('calendar:figures.working'), figure: workingDaysFrom(calendar, first, last) },
    ...(left ? [{ word: t('calendar:figures.left'), figure: workingDaysFrom(calendar, today, last) }] : []),
    { word: t('calendar:figures.off'), figure: n('statutory', false) },
    { word: t('calendar:figures.on'), figure: n('statutory', true) },
    { word: t('calendar:figures.company'), figure: n('company') },
  ]
}

function rowOf(
  t: Translate,
  run: Run,
  { year, today, mayManage }: { year: number; today: string; mayManage: boolean },
) {
  const open = run.origin === 'company' ? run.until >= today : year >= Number(today.slice(0, 4))
  return {
    days: spanText(t, run, String(year)),
    n: run.n,
    name: nameText(t, run.name),
    work: t(`calendar:work.${run.working ? 'on' : 'off'}`),
    tone: run.working ? 'go' : 'ok',
    origin: t(`calendar:origin.${run.origin}`),
    href: mayManage && open ? `/calendar/days/${run.from}/${run.origin}` : null,
  }
}

async function hoursOf(t: Translate, year: number, calendar: Calendar) {
  const found = (await enteredYears()).find((one) => one.year === year)
  const minutes = calendar.ranges.reduce((sum, { from, until }) => sum + until - from, 0)
  return [
    { label: t('calendar:hours.weekdays'), value: weekdaysText(t, calendar) },
    { label: t('calendar:hours.ranges'), value: rangesText(t, calendar.ranges) },
    { label: t('calendar:hours.perDay'), value: lengthText(t, minutes) },
    {
      label: t('calendar:hours.source'),
      value: found ? t('calendar:hours.entered', { at: dateText(found.enteredAt) }) : t('calendar:hours.missing'),
    },
  ]
}

function historyItem({ language }: Actor, { at, actorName, action, before, after }: Change) {
  const t = translate[language]
  const { from, until, name, working, origin, days } = { ...before, ...after }
  const more =
    from && until
      ? t('calendar:trail.line', {
          days: spanText(t, { from, until }),
          name: nameText(t, name ?? ''),
          work: t(`calendar:work.${working ? 'on' : 'off'}`),
          origin: t(`calendar:origin.${origin ?? 'company'}`),
        })
      : t('calendar:trail.year', { n: Array.isArray(days) ? days.length : (days ?? 0) })
  return {
    at: dateTimeText(at),
    datetime: at.toISOString(),
    who: actorName,
    sentence: actionSentence(language, action),
    more,
  }
}
