import type { CalendarOrigin } from '../../prisma/client/enums.ts'
import type { Actor } from '../access/actor.ts'
import { change } from '../audit/change.ts'
import type { Tx } from '../db.ts'
import { askFor } from '../jobs/queue.ts'
import { machineNow } from '../lib/clock.ts'
import { dateText } from '../lib/dates.ts'
import { Refused, refuseIf } from '../lib/refused.ts'
import { readArrangement } from './arrangement.ts'
import type { ArrangementInput, DaysInput, RunInput } from './forms.ts'
import { arrangedDays, calendarIn, forgetCalendar, known, lockCalendar } from './queries.ts'
import {
  additionProblems,
  changedMeanwhile,
  sameAsBefore,
  spanProblems,
  withinProblems,
  yearProblems,
} from './rules.ts'
import { daysBetween, runAt, stampOf, type Run } from './runs.ts'

/** Adds days on which the company, or the state, does otherwise than the weekday says. Answers with how many. */
export async function addDays(actor: Actor, input: DaysInput, now: Date): Promise<number> {
  const { from, until, origin, working, name } = input
  refuseIf(spanProblems(input, origin, dateText(now)))
  const days = daysBetween(from, until)
  await change(actor, async (tx, audit) => {
    await lockCalendar(tx)
    const held = await arrangedDays(tx)
    refuseIf(additionProblems(await calendarIn(tx, now), held, { days, origin, working }))
    await tx.calendarDay.createMany({ data: days.map((day) => ({ day: new Date(day), origin, working, name })) })
    await raiseYears(tx, [from, until])
    await audit('calendar.days_added', subjectOf(from), { after: { from, until, origin, working, name } })
    await recompute(tx, from)
  })
  forgetCalendar()
  return days.length
}

type RunChange = Omit<RunInput, 'act'>
type Opened = { origin: CalendarOrigin; day: string }

/** Changes some or all days of a run. */
export async function correctDays(actor: Actor, at: Opened, input: RunChange, now: Date): Promise<void> {
  const { from, until, working, name } = input
  await change(actor, async (tx, audit) => {
    const run = await lockRun(tx, at, input, now)
    if (run.working === working && run.name === name) throw new Refused([sameAsBefore])
    await tx.calendarDay.updateMany({ where: daysOf(run, input), data: { working, name } })
    await raiseYears(tx, [from, until])
    const { origin } = run
    const before = { working: run.working, name: run.name }
    await audit('calendar.days_corrected', subjectOf(from), { before, after: { from, until, origin, working, name } })
    await recompute(tx, from)
  })
  forgetCalendar()
}

/** The days are again what their weekday, or the state, says. */
export async function removeDays(actor: Actor, at: Opened, input: RunChange, now: Date): Promise<void> {
  const { from, until } = input
  await change(actor, async (tx, audit) => {
    const run = await lockRun(tx, at, input, now)
    await tx.calendarDay.deleteMany({ where: daysOf(run, input) })
    await raiseYears(tx, [from, until])
    const { origin, working, name } = run
    await audit('calendar.days_removed', subjectOf(from), { before: { from, until, origin, working, name } })
    await recompute(tx, from)
  })
  forgetCalendar()
}

/** Enters the state's arrangement of a year as a whole, in place of what was entered of it before. */
export async function enterYear(actor: Actor, year: number, input: ArrangementInput, now: Date): Promise<number> {
  const { days, problems } = readArrangement(input.lines, year)
  refuseIf([...yearProblems(year, dateText(now), 'lines'), ...problems])
  await change(actor, async (tx, audit) => {
    await lockCalendar(tx)
    const found = await tx.calendarYear.findUnique({ where: { year } })
    if ((found?.version ?? 0) !== input.version) throw new Refused([changedMeanwhile])
    const whole = { gte: new Date(`${year}-01-01`), lte: new Date(`${year}-12-31`) }
    const held = { origin: 'statutory' as const, OR: [{ day: whole }, { day: { in: days.map(asDay) } }] }
    const first = await tx.calendarDay.findFirst({ where: held, orderBy: { day: 'asc' }, select: { day: true } })
    const { count } = await tx.calendarDay.deleteMany({ where: held })
    await tx.calendarDay.createMany({
      data: days.map((one) => ({ ...one, day: asDay(one), origin: 'statutory' })),
    })
    const version = input.version + 1
    await tx.calendarYear.upsert({
      where: { year },
      create: { year, enteredAt: now, version },
      update: { enteredAt: now, version },
    })
    const before = { version: input.version, days: count }
    await audit('calendar.year_entered', `calendar:${year}`, { before, after: { version, days: days.map(asText) } })
    // A day that was arranged before, and is not any more, counts too.
    const earliest = [days[0]!.day, first?.day.toISOString().slice(0, 10) ?? days[0]!.day].toSorted()[0]!
    await recompute(tx, earliest)
  })
  forgetCalendar()
  return days.length
}

/** The run the form was opened on, if it is still what the form had seen; nobody else changes it meanwhile. */
async function lockRun(tx: Tx, { origin, day }: Opened, input: RunChange, now: Date): Promise<Run> {
  await lockCalendar(tx)
  const run = runAt(await arrangedDays(tx), day, origin)
  if (!run || stampOf(run) !== input.opened) throw new Refused([changedMeanwhile])
  refuseIf([...withinProblems(input, run), ...spanProblems(input, origin, dateText(now))])
  return run
}

function daysOf({ origin }: Run, { from, until }: { from: string; until: string }) {
  return { origin, day: { gte: new Date(from), lte: new Date(until) } }
}

/** A form on the whole year was opened before this. */
async function raiseYears(tx: Tx, days: string[]): Promise<void> {
  const years = days.map((day) => Number(day.slice(0, 4)))
  await tx.calendarYear.updateMany({ where: { year: { in: years } }, data: { version: { increment: 1 } } })
}

/**
 * Clocks that run over this day end at another moment now: at once, and again for those that a process began meanwhile
 * which still knew the days as they were.
 */
async function recompute(tx: Tx, from: string): Promise<void> {
  await askFor(tx, 'deadlines.recompute', { from })
  await askFor(tx, 'deadlines.recompute', { from }, { at: new Date(machineNow().getTime() + 2 * known) })
}

const asDay = ({ day }: { day: string }) => new Date(day)
const subjectOf = (day: string) => `calendar:${day.slice(0, 4)}`
const asText = ({ day, working, name }: { day: string; working: boolean; name: string }) =>
  `${day} ${working ? '班' : '放'} ${name}`
