import { system } from '../access/actor.ts'
import { change } from '../audit/change.ts'
import { forgetCalendar, enteredYears, lockCalendar } from './queries.ts'
import { statutoryYears } from './statutory.ts'

/**
 * At start: enters the arrangements of the years that nobody has entered yet. A year that is entered is left as it is,
 * and a day that somebody entered is never written over.
 */
export async function seedCalendar(now: Date): Promise<void> {
  const known = statutoryYears()
  const entered = new Set((await enteredYears()).map(({ year }) => year))
  if ([...known.keys()].every((year) => entered.has(year))) return
  await change(system, async (tx, audit) => {
    await lockCalendar(tx)
    const there = new Set((await tx.calendarYear.findMany()).map(({ year }) => year))
    const missing = [...known].filter(([year]) => !there.has(year))
    const years = missing.map(([year]) => year)
    const days = missing.flatMap(([, list]) => list)
    await tx.calendarYear.createMany({ data: years.map((year) => ({ year, enteredAt: now })) })
    const { count } = await tx.calendarDay.createMany({
      data: days.map(({ day, ...rest }) => ({ day: new Date(day), origin: 'statutory', ...rest })),
      skipDuplicates: true,
    })
    await audit('calendar.seeded', 'calendar:statutory', { after: { years, days: count } })
  })
  forgetCalendar()
}
