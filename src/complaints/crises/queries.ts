import type { ContactWay, ToldUnit } from '../../../prisma/client/enums.ts'
import { ask, db, type Tx } from '../../db.ts'
import type { Named } from './rules.ts'

/** Who is meant by these names or numbers: active people, each by one word alone. */
export async function peopleNamed(tx: Pick<Tx, '$queryRaw'>, words: readonly string[]): Promise<Named> {
  const rows = await tx.$queryRaw<{ word: string; ids: bigint[]; name: string | null }[]>`
    select w.word, coalesce(array_agg(s.id) filter (where s.id is not null), '{}') as ids, min(s.name) as name
    from unnest(${[...words]}::text[]) with ordinality as w(word, place)
      left join staff s on s.state = 'active' and (s.name = w.word or s.number = upper(w.word))
    group by w.word, w.place order by w.place`
  return {
    found: rows.flatMap(({ ids, name }) => (ids.length === 1 ? [{ id: BigInt(ids[0]!), name: name! }] : [])),
    unknown: rows.filter(({ ids }) => ids.length !== 1).map(({ word }) => word),
  }
}

export const meetingsOf = (complaintId: bigint) =>
  db.crisisMeeting.findMany({ where: { complaintId }, orderBy: { id: 'asc' } })

export type Told = {
  unit: ToldUnit
  at: Date
  person: string
  way: ContactWay
  words: string | null
  recordedAt: Date
  by: string
}

/** Everybody outside who was told, in the order in which it was recorded. */
export const toldOf = (complaintId: bigint): Promise<Told[]> => ask<Told>`
  select l.unit::text, l.at, l.person, l.way::text, l.words, l.recorded_at as "recordedAt", s.name as by
  from told_line l join staff s on s.id = l.by_id where l.complaint_id = ${complaintId} order by l.id`

/** CMP-08: the negotiations with the customer in this round. */
export const negotiationsOf = (complaintId: bigint, round: number) =>
  db.complaintContact.findMany({
    where: { complaintId, round, purpose: 'negotiation', reached: true },
    orderBy: { id: 'asc' },
    select: { at: true, withId: true, by: { select: { name: true } } },
  })
