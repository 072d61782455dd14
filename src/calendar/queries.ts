import type { CalendarOrigin } from '../../prisma/client/enums.ts'
import { ask, askAside, type Tx } from '../db.ts'
import { now } from '../lib/clock.ts'
import { dayText } from '../lib/days.ts'
import type { Range } from '../regulations/parameters.ts'
import { NotFound } from '../lib/refused.ts'
import { regulationAt } from '../regulations/in-force.ts'
import type { Calendar } from './reckoning.ts'
import { runAt, type Run } from './runs.ts'
import { isDay } from './week.ts'

/** A day that differs from its weekday, or that the arrangement names anyway. */
export type Arranged = { day: string; origin: CalendarOrigin; working: boolean; name: string }
export type EnteredYear = { year: number; enteredAt: Date; version: number }
type Entered = { days: Arranged[]; years: EnteredYear[] }

/** As with the regulation: how long another process may go on with the days it knew. */
export const known = 5000
let cache: { at: number; entered: Promise<Entered>; calendars: Map<string, Promise<Calendar>> } | null = null

/** CAL-01: the working calendar, with the office hours and weekdays in force at a moment and the days as entered by now. */
export async function calendarAt(moment: Date): Promise<Calendar> {
  const regulation = await regulationAt(moment)
  const ranges = regulation.value('calendar.office_hours')
  const weekdays = regulation.value('calendar.weekdays')
  const { entered, calendars } = current()
  const key = JSON.stringify([ranges, weekdays])
  const found = calendars.get(key) ?? entered.then((one) => calendarOf(ranges, weekdays, one))
  calendars.set(key, found)
  return found
}

/** Days have been entered here: do not wait until what is known has grown old. */
export function forgetCalendar(): void {
  cache = null
}

/** What is entered for a year, by whom it was arranged. */
export async function arrangedIn(year: number): Promise<Arranged[]> {
  const { days } = await current().entered
  return days.filter(({ day }) => day.startsWith(`${year}-`))
}

export async function enteredYears(): Promise<EnteredYear[]> {
  return (await current().entered).years
}

/** Holds the calendar against everybody else who would change it. */
export async function lockCalendar(tx: Tx): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtext('calendar'))`
}

/** Where the company and the state say different things of a day, the company's word counts: it comes last (enum order). */
function calendarOf(ranges: readonly Range[], weekdays: readonly number[], { days, years }: Entered): Calendar {
  return {
    weekdays: new Set(weekdays),
    ranges: ranges.toSorted((a, b) => a.from - b.from),
    days: new Map(days.map(({ day, working, name }) => [day, { working, name }])),
    years: new Set(years.map(({ year }) => year)),
  }
}

function current() {
  const at = now().getTime()
  if (cache && at - cache.at < known && at >= cache.at) return cache
  const entered = load()
  cache = { at, entered, calendars: new Map() }
  // What failed is asked again, not remembered.
  entered.catch(forgetCalendar)
  return cache
}

export type OpenedRun = { run: Run; day: string; origin: CalendarOrigin }

/** The days arranged alike around one of them. */
export async function runFor(day: string, origin: string): Promise<OpenedRun> {
  const run = isDay(day) ? runAt((await current().entered).days, day, origin) : null
  if (!run) throw new NotFound()
  return { run, day, origin: run.origin }
}

type Told = {
  from?: string
  until?: string
  name?: string
  working?: boolean
  origin?: CalendarOrigin
  days?: string[] | number
}
export type Change = { at: Date; actorName: string; action: string; before: Told | null; after: Told | null }

/** Who last changed the calendar of a year, newest first. */
export function changesOf(year: number): Promise<Change[]> {
  return ask<Change>`
    select at, actor_name as "actorName", action, before, after from audit_entry
    where subject = ${`calendar:${year}`} order by id desc limit 7`
}

/** Every arranged day, as a transaction sees it. */
export async function arrangedDays(tx: Tx): Promise<Arranged[]> {
  const rows = await tx.calendarDay.findMany({ orderBy: [{ day: 'asc' }, { origin: 'asc' }] })
  return rows.map(({ day, ...rest }) => ({ day: dayText(day), ...rest }))
}

/** The calendar as a transaction sees it. */
export async function calendarIn(tx: Tx, moment: Date): Promise<Calendar> {
  const regulation = await regulationAt(moment)
  const entered = { days: await arrangedDays(tx), years: await tx.calendarYear.findMany() }
  return calendarOf(regulation.value('calendar.office_hours'), regulation.value('calendar.weekdays'), entered)
}

async function load(): Promise<Entered> {
  const [days, years] = await Promise.all([
    askAside<Arranged>`
      select to_char(day, 'YYYY-MM-DD') as day, origin::text as origin, working, name from calendar_day
      order by day, origin = 'company'`,
    askAside<EnteredYear>`select year, entered_at as "enteredAt", version from calendar_year order by year`,
  ])
  return { days, years }
}
