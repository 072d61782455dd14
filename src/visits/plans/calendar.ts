import type { Actor } from '../../access/actor.ts'
import { arrangedIn, calendarAt } from '../../calendar/queries.ts'
import { weekdayOf, workingDaysFrom } from '../../calendar/week.ts'
import { monthOf } from '../../calendar/year.ts'
import { translate } from '../../i18n.ts'
import { dateText } from '../../lib/dates.ts'
import { daysOfMonth } from '../../lib/months.ts'
import type { Plan } from '../queries.ts'
import type { PlanLine } from './queries.ts'
import { hourText, weekdayText } from './saying.ts'

/** So many stand in a day's square; the others are counted. */
const inDay = 4

/** The month day by day, with what the working calendar says of each and the visits in it. */
export async function calendarOf(actor: Actor, plan: Plan, lines: readonly PlanLine[], open: boolean, now: Date) {
  const t = translate[actor.language]
  const { monthText } = plan
  const [year, month] = [Number(monthText.slice(0, 4)), Number(monthText.slice(5))]
  const [calendar, arranged] = [await calendarAt(now), await arrangedIn(year)]
  const today = dateText(now)
  const sight = { language: actor.language, calendar, arranged, today, mayManage: false }
  const cells = monthOf(year, month, sight)
    .weeks.flat()
    .filter((cell) => cell !== null)
  const days = daysOfMonth(monthText)
  const byDay = standingByDay(lines)
  return {
    from: weekdayOf(days[0]!),
    heads: [1, 2, 3, 4, 5, 6, 7].map((n) => t(`visitPlans:weekday.${n as 1}`)),
    workingDays: workingDaysFrom(calendar, days[0]!, days.at(-1)!),
    visited: byDay.size,
    days: cells.map(({ day, number, kind, mark, about, today: isToday }) => {
      const visits = byDay.get(day) ?? []
      return {
        day,
        number,
        kind,
        mark,
        about,
        today: isToday,
        off: kind === 'rest' || kind.endsWith('Off'),
        weekday: weekdayText(t, day),
        add: open && day >= today ? `/visits/plans/${plan.number}?day=${day}#add` : null,
        addWord: t('visitPlans:act.addOn', { day }),
        visits: visits.slice(0, inDay).map((line) => ({
          hour: line.timed ? hourText(t, line) : '',
          party: line.party,
          href: `#${line.number}`,
        })),
        more: visits.length > inDay ? t('visitPlans:calendar.more', { n: visits.length - inDay }) : '',
        rest: visits.length > inDay ? `#${visits[inDay]!.number}` : null,
      }
    }),
  }
}

function standingByDay(lines: readonly PlanLine[]): Map<string, PlanLine[]> {
  const found = new Map<string, PlanLine[]>()
  for (const line of lines) {
    if (line.state === 'cancelled') continue
    const day = dateText(line.startsAt)
    found.set(day, [...(found.get(day) ?? []), line])
  }
  return found
}
