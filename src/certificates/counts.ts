import { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import { knownSql } from '../archive/policy.ts'
import { ask } from '../db.ts'
import { now } from '../lib/clock.ts'
import { NotFound } from '../lib/refused.ts'
import { keptCertificatesSql, visibleCertificatesSql } from './policy.ts'

export type KindSum = { kind: string; here: number; out: number }

/** Pieces by kind: in the safe, and out on a loan. */
export function sumsByKind(actor: Actor, kept = false): Promise<KindSum[]> {
  const within = kept ? keptCertificatesSql(actor) : visibleCertificatesSql(actor)
  return ask<KindSum>`
    select q.kind, coalesce(sum(q.quantity) filter (where not out), 0)::int as here,
      coalesce(sum(q.quantity) filter (where out), 0)::int as out
    from (select q.kind, q.quantity, i.state = 'missing' or exists (
        select from loan l where l.item_id = i.id and l.returned_at is null) as out
      from certificate q join archive_item i on i.id = q.item_id
      where q.given_back_at is null and i.secrecy in ('internal', 'secret') and ${within}) q
    group by q.kind order by q.kind limit 100`
}

export type CountRow = {
  id: bigint
  at: Date
  by: string
  witness: string
  lines: number
  differing: number
  note: string | null
}

const selected = Prisma.sql`
  select k.id, k.at, b.name as by, w.name as witness, k.note,
    (select count(*)::int from certificate_counted where count_id = k.id) as lines,
    (select count(*)::int from certificate_counted where count_id = k.id and counted <> expected) as differing
  from certificate_count k join staff b on b.id = k.by_id join staff w on w.id = k.witness_id`

/** The counts whose lines this person may see, the latest first. */
export function countsFor(actor: Actor, take = 20): Promise<CountRow[]> {
  return ask<CountRow>`${selected} where ${seenSql(actor)} order by k.at desc, k.id desc limit ${take}`
}

const seenSql = (actor: Actor) => Prisma.sql`exists (
  select from certificate_counted x join certificate q on q.id = x.certificate_id join archive_item i on i.id = q.item_id
  where x.count_id = k.id and ${visibleCertificatesSql(actor)})`

export type CountRecord = CountRow & {
  counted: { number: string; expected: number; counted: number; why: string | null }[]
}

/** ARC-02: its lines within this reader's reach; what was written of one that is not known stays away. */
export async function countFor(actor: Actor, id: string): Promise<CountRecord> {
  if (!/^\d{1,18}$/.test(id)) throw new NotFound()
  const [found] = await ask<CountRow>`${selected} where k.id = ${BigInt(id)} and ${seenSql(actor)}`
  if (!found) throw new NotFound()
  const counted = await ask<CountRecord['counted'][number]>`
    select q.number, x.expected, x.counted, case when ${knownSql(actor, now())} then x.why end as why
    from certificate_counted x join certificate q on q.id = x.certificate_id join archive_item i on i.id = q.item_id
    where x.count_id = ${found.id} and ${visibleCertificatesSql(actor)} order by q.id`
  return { ...found, counted }
}
