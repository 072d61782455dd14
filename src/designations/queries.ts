import type { Actor } from '../access/actor.ts'
import { ask, db, type Tx } from '../db.ts'
import { dateText } from '../lib/dates.ts'
import { NotFound } from '../lib/refused.ts'

export type DesignationRow = {
  id: bigint
  name: string
  number: string
  /** Still at work: who left carries nothing. */
  active: boolean
  fromOn: string
  untilOn: string | null
  reason: string
  namedBy: string
  namedAt: Date
  endedAt: Date | null
  version: number
}

/** Everybody who ever was on the list, those on it first. */
export function designations(): Promise<DesignationRow[]> {
  return ask<DesignationRow>`
    select d.id, s.name, s.number, s.state = 'active' as active, d.from_on::text as "fromOn",
      d.until_on::text as "untilOn", d.reason, n.name as "namedBy", d.named_at as "namedAt", d.ended_at as "endedAt", d.version
    from designated_person d join staff s on s.id = d.staff_id join staff n on n.id = d.named_by_id
    order by d.ended_at is not null, d.from_on desc, d.id desc limit 500`
}

export async function designationFor(_actor: Actor, id: string): Promise<DesignationRow> {
  const found = /^\d{1,18}$/.test(id) ? (await designations()).find((row) => row.id === BigInt(id)) : undefined
  if (!found) throw new NotFound()
  return found
}

export type Carrier = { id: bigint; name: string; number: string }

/** ARC-14: who is on the list on this day and at work: the only ones who carry. */
export function designatedOn(now: Date): Promise<Carrier[]> {
  const today = dateText(now)
  return ask<Carrier>`
    select distinct s.id, s.name, s.number from designated_person d join staff s on s.id = d.staff_id
    where d.ended_at is null and d.from_on <= ${today}::date and (d.until_on is null or d.until_on >= ${today}::date)
      and s.state = 'active' order by s.name, s.id`
}

/** One of them, held so that the designation is not ended meanwhile; null where the person is not on the list today. */
export async function lockDesignated(tx: Tx, number: string, now: Date): Promise<Carrier | null> {
  const today = dateText(now)
  const [found] = await tx.$queryRaw<Carrier[]>`
    select s.id, s.name, s.number from designated_person d join staff s on s.id = d.staff_id
    where s.number = ${number} and s.state = 'active' and d.ended_at is null and d.from_on <= ${today}::date
      and (d.until_on is null or d.until_on >= ${today}::date) limit 1 for share of d`
  return found ?? null
}

/** Everybody at work; who is leaving is asked for nothing more (ACC-02). */
export function colleaguesAtWork(): Promise<{ number: string; name: string; department: { name: string } | null }[]> {
  return db.staff.findMany({
    where: { state: 'active', leaving: { none: { state: 'open' } } },
    orderBy: [{ pinyin: 'asc' }, { id: 'asc' }],
    take: 1000,
    select: { number: true, name: true, department: { select: { name: true } } },
  })
}
