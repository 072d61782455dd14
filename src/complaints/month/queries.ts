import type { Actor } from '../../access/actor.ts'
import { ask, db } from '../../db.ts'
import { unitsOf } from '../../organisation/queries.ts'
import { withBelow } from '../../organisation/tree.ts'
import { regulationAt } from '../../regulations/in-force.ts'
import { overdueAndEscalated, type CountedBy } from '../counting.ts'
import { closedIn, receivedIn, type Closed, type Received, type Scope } from './figures.ts'
import type { MonthQuery } from './forms.ts'
import { besidesIn, happenedIn, timesIn, type Besides } from './happened.ts'
import { monthBounds, monthOf } from './rules.ts'

export type Reported = { at: Date; by: string }
export type Month = {
  month: string
  department: string
  received: Received
  closed: Closed
  times: Awaited<ReturnType<typeof timesIn>>
  happened: Awaited<ReturnType<typeof happenedIn>>
  besides: Besides
  counted: CountedBy
  departments: { id: bigint; name: string }[]
  /** Staff numbers of those who are counted. */
  numbers: ReadonlyMap<bigint, string>
  /** CMP-19: when it last went to the general manager, and by which day it should. */
  reported: Reported | null
  reportDay: number
}

/** Everything that the month's page, its print and its spreadsheet say: counted by the database, not by row. */
export async function monthFor(actor: Actor, { month: asked, department }: MonthQuery, now: Date): Promise<Month> {
  const month = asked || monthOf(now)
  const units = await unitsOf('department')
  const below = department ? withBelow(units, department) : null
  const scope: Scope = { actor, month, departments: below }
  const { from, until } = monthBounds(month)
  const [received, closed, times, happened, besides, counted, reported, regulation] = await Promise.all([
    receivedIn(scope),
    closedIn(scope),
    timesIn(scope),
    happenedIn(scope),
    besidesIn(scope),
    overdueAndEscalated(actor, from, until, below ?? undefined),
    reportedOf(month),
    regulationAt(now),
  ])
  const numbers = await numbersOf(counted)
  const departments = units.map(({ id, name }) => ({ id, name }))
  const reportDay = regulation.value('complaints.report_day')
  const figures = { received, closed, times, happened, besides, counted }
  return { month, department, ...figures, departments, numbers, reported, reportDay }
}

async function numbersOf({ people }: CountedBy): Promise<ReadonlyMap<bigint, string>> {
  const ids = people.flatMap(({ id }) => id ?? [])
  const staff = await db.staff.findMany({ where: { id: { in: ids } }, select: { id: true, number: true } })
  return new Map(staff.map(({ id, number }) => [id, number]))
}

export const subjectOf = (month: string) => `complaint_month:${month}`

/** The last time it was reported: the trail is the record. */
export async function reportedOf(month: string): Promise<Reported | null> {
  const [found] = await ask<Reported>`
    select at, actor_name as by from audit_entry
    where subject = ${subjectOf(month)} and action = 'complaint.month_reported' order by id desc limit 1`
  return found ?? null
}
