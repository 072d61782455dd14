import { calendarAt } from '../../calendar/queries.ts'
import type { Tx } from '../../db.ts'
import { dateText } from '../../lib/dates.ts'
import { idOf } from '../../lib/ids.ts'
import { kindOf, type DeadlineKind } from '../kinds.ts'
import { stepAt } from '../rules.ts'
import { heldRows, type Held } from './held.ts'
import { ladderOf, type Climbing } from './ladder.ts'
import type { Signing } from './signing.ts'
import type { Step } from './steps.ts'

export type Due = {
  id: string
  subject: string
  number: string
  dueAt: Date
  ownerId: bigint | null
  step: string | null
}

/** Deadlines with which the same is to be done: due on the same day, under the same regulation, for the same people. */
export type DueGroup = {
  kind: DeadlineKind
  ladder: readonly Climbing[]
  /** When a rung is climbed. */
  stepAt: (rung: Climbing) => Date
  climbed: number
  missed: boolean
  ownerId: bigint | null
  departmentId: bigint | null
  regionId: bigint | null
  signing: Signing | null
  /** CMP-03: never told. */
  accused: bigint[]
  /** The earliest first. */
  deadlines: Due[]
}

/** What a step finds to do, the earliest first, held by this transaction; what others hold is passed over. */
export async function heldGroups(tx: Tx, step: Step, now: Date): Promise<DueGroup[]> {
  return grouped(await heldRows(tx, step, now))
}

async function grouped(rows: Held[]): Promise<DueGroup[]> {
  const grounds = new Map<string, Grounds>()
  const groups = new Map<string, DueGroup>()
  for (const row of rows) {
    const under = `${row.kind} ${row.period}`
    const ground = grounds.get(under) ?? (await groundsOf(row))
    grounds.set(under, ground)
    const due = dueOf(row)
    const day = dateText(due.dueAt)
    const owner = ground.ownerActs ? row.ownerId : ''
    const accused = row.accused.join(' ')
    const whose = [row.departmentId, row.regionId, owner, accused, signingKey(row)]
    const key = [under, day, row.climbed, row.missed, ...whose].join()
    const group = groups.get(key) ?? groupOf(row, ground, due, day)
    groups.set(key, group)
    group.deadlines.push(due)
  }
  return [...groups.values()]
}

type Grounds = Pick<DueGroup, 'ladder'> & {
  ownerActs: boolean
  stepAt: (rung: Climbing, dueAt: Date, day: string) => Date
}

async function groundsOf({ kind, startedAt }: Held): Promise<Grounds> {
  const began = new Date(startedAt)
  const [ladder, calendar] = [await ladderOf(kind, began), await calendarAt(began)]
  const ownerActs = kindOf(kind).acting === 'owner' || ladder.some(({ to }) => to === 'owner')
  // Working days are counted from the day on which it was due, once for all that were due on it.
  const counted = new Map<string, Date>()
  const stepOf = (rung: Climbing, dueAt: Date, day: string) => {
    const key = `${day} ${rung.days}`
    const found = counted.get(key) ?? stepAt(calendar, dueAt, rung)
    counted.set(key, found)
    return found
  }
  return { ladder, ownerActs, stepAt: stepOf }
}

function groupOf(row: Held, { ladder, stepAt: stepOf }: Grounds, { dueAt, ownerId }: Due, day: string): DueGroup {
  const { kind, climbed, missed } = row
  const place = { departmentId: idOf(row.departmentId), regionId: idOf(row.regionId) }
  const moments = { ladder, stepAt: (rung: Climbing) => stepOf(rung, dueAt, day) }
  const people = { ownerId, signing: row.step?.signing ?? null, accused: row.accused.map(BigInt) }
  return { kind, ...moments, climbed, missed, ...people, ...place, deadlines: [] }
}

function dueOf({ id, subject, number, dueAt, ownerId, step }: Held): Due {
  return { id, subject, number, dueAt: new Date(dueAt), ownerId: idOf(ownerId), step: step?.id ?? null }
}

/** The steps that the same people may sign are told of together. */
const signingKey = ({ step }: Held) => (step ? JSON.stringify(step.signing) : '')
