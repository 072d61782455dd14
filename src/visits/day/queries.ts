import { Prisma } from '../../../prisma/client/client.ts'
import type { Actor } from '../../access/actor.ts'
import { may } from '../../access/policy.ts'
import { ask, db } from '../../db.ts'
import { dateText } from '../../lib/dates.ts'
import { dayOf } from '../../lib/days.ts'
import { NotFound } from '../../lib/refused.ts'
import { unreportedOf } from '../clocks.ts'
import { visibleVisitsSql } from '../policy.ts'
import { weekOf } from './days.ts'
import type { DayQuery } from './forms.ts'

const related = {
  customer: {
    select: { id: true, number: true, name: true, grade: true, ownerId: true, departmentId: true, regionId: true },
  },
  owner: { select: { name: true } },
  people: {
    where: { planned: true },
    orderBy: { id: 'asc' },
    select: { contactId: true, name: true, post: true },
  },
  parties: { select: { customer: { select: { name: true } } } },
  spendings: { where: { removedAt: null, state: { in: ['asked', 'refused'] } }, orderBy: { id: 'asc' } },
} satisfies Prisma.VisitInclude
const left = { grams: true, searchText: true } as const
export type DayVisit = Prisma.VisitGetPayload<{ include: typeof related; omit: typeof left }>

export type Person = { id: bigint; number: string; name: string }
export type Day = {
  on: string
  who: Person
  visits: DayVisit[]
  week: { day: string; n: number }[]
  people: (Person & { n: number })[]
  /** Null of a person of whom one sees single visits alone. */
  unreported: Unreported | null
  next: { day: string; n: number } | null
}

/** A day of somebody: one's own, or of a person whose visits one sees; of those only what one may see. */
export async function dayFor(actor: Actor, { on, who }: DayQuery, now: Date): Promise<Day> {
  const day = on ?? dateText(now)
  const { person, whole } = await personFor(actor, who, day)
  const [visits, week, people, unreported, next] = await Promise.all([
    visitsOn(actor, person, day),
    weekFor(actor, person, day),
    peopleOn(actor, day),
    whole ? unreportedFor(person, now) : null,
    nextAfter(actor, person, day),
  ])
  return { on: day, who: person, visits, week, people, unreported, next }
}

type Seen = { person: Person; whole: boolean }

/** Somebody of one's own place, or who makes a visit on that day that one may see, to a customer of one's own. */
async function personFor(actor: Actor, number: string | undefined, day: string): Promise<Seen> {
  if (number === undefined || number.toUpperCase() === actor.number) return { person: actor, whole: true }
  const person = await db.staff.findUnique({
    where: { number: number.toUpperCase() },
    select: { id: true, number: true, name: true, departmentId: true },
  })
  if (!person) throw new NotFound()
  const whole = may(actor, 'visits.view', { ownerId: person.id, departmentId: person.departmentId, regionId: null })
  if (!whole && (await visitsOn(actor, person, day)).length === 0) throw new NotFound()
  return { person, whole }
}

/** What stands in somebody's days: planned, waiting or made, as the one who goes or along with them, each by its index. */
function inDays({ id }: Person, days: string[]): Prisma.Sql {
  const on = Prisma.sql`on_day = any(${days}::date[])`
  return Prisma.sql`state <> 'refused' and id = any(array(
    select id from visit where owner_id = ${id} and ${on}
    union select id from visit where companions @> array[${id}]::bigint[] and ${on}))`
}

async function visitsOn(actor: Actor, who: Person, day: string): Promise<DayVisit[]> {
  const found = await ask<{ id: bigint }>`
    select id from visit where ${inDays(who, [day])} and ${visibleVisitsSql(actor)}
    order by starts_at, id limit 60`
  if (found.length === 0) return []
  return db.visit.findMany({
    where: { id: { in: found.map(({ id }) => id) } },
    orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
    include: related,
    omit: left,
  })
}

async function weekFor(actor: Actor, who: Person, day: string): Promise<Day['week']> {
  const days = weekOf(day)
  const found = await ask<{ day: string; n: number }>`
    select on_day::text as day, count(*)::int as n from visit
    where ${inDays(who, days)} and state <> 'cancelled' and ${visibleVisitsSql(actor)} group by on_day`
  return days.map((one) => ({ day: one, n: found.find((other) => other.day === one)?.n ?? 0 }))
}

const mostPeople = 300

/** Who of those whom one may look after goes somewhere on this day. */
async function peopleOn(actor: Actor, day: string): Promise<Day['people']> {
  return ask<Person & { n: number }>`
    with seen as (select owner_id, count(*)::int as n from visit
      where on_day = ${day}::date and state not in ('refused', 'cancelled') and owner_id <> ${actor.id}
        and ${visibleVisitsSql(actor)} group by owner_id)
    select s.id, s.number, s.name, seen.n from seen join staff s on s.id = seen.owner_id
    order by s.pinyin, s.id limit ${mostPeople}`
}

export type Unreported = {
  overdue: number
  waiting: number
  oldest: { number: string; party: string; on: Date } | null
}

/** VIS-06: what is overdue and stops plans, and what is still to be written. */
async function unreportedFor({ id }: Person, now: Date): Promise<Unreported> {
  const [overdue, [oldest]] = await Promise.all([
    unreportedOf(db, id, now),
    ask<{ number: string; party: string; on: string; n: number }>`
      select number, party, on_day::text as on, count(*) over ()::int as n from visit
      where owner_id = ${id} and state in ('approved', 'done') and (state = 'done' or report_due_at < ${now}::timestamptz)
      order by starts_at, id limit 1`,
  ])
  return {
    overdue,
    waiting: (oldest?.n ?? 0) - overdue,
    oldest: oldest ? { number: oldest.number, party: oldest.party, on: dayOf(oldest.on) } : null,
  }
}

/** The next day on which there is anything, for a day that is empty. */
async function nextAfter(actor: Actor, who: Person, day: string): Promise<Day['next']> {
  const [found] = await ask<{ day: string; n: number }>`
    select on_day::text as day, count(*)::int as n from visit
    where owner_id = ${who.id} and on_day > ${day}::date and starts_at > ${dayOf(day)}::timestamptz
      and state in ('approved', 'waiting') and ${visibleVisitsSql(actor)}
    group by on_day order by on_day limit 1`
  return found ?? null
}
