import { ask } from '../db.ts'
import { digestSql } from './digest.ts'
import { idsShown, type Finding } from './findings.ts'
import { floorSql } from './sealing.ts'
import type { Signed } from './seals.ts'

export type CheckedSeal = Signed & { found: number; same: boolean }

/**
 * The next seals, each compared with its lines where they lie; their contents never leave the database. (Offset 0: a join
 * would read the whole trail for every seal.)
 */
export function nextSeals(after: bigint, most: number): Promise<CheckedSeal[]> {
  return ask<CheckedSeal>`
    select s.n::text, s.form, s.entries, s.total::text, s.high_id::text as "highId", s.ids::text,
      encode(sha256(s.digests), 'hex') as content, s.horizon::text, s.settled::text,
      to_char(s.sealed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "sealedAt",
      s.previous, s.hash, s.key, s.signature, e.found, e.same
    from (select * from trail_seal where n > ${after}::bigint order by n limit ${most}::int) s
    cross join lateral (
      select count(*)::int as found, coalesce(string_agg(${digestSql}, ''::bytea order by e.id), ''::bytea) = s.digests as same
      from unnest(s.ids) r
      cross join lateral (
        select i.* from audit_entry i where i.id >= lower(r) and i.id < upper(r) order by i.id offset 0) e) e
    order by s.n`
}

/** Which lines of a seal are not what was sealed. Only for a seal that is itself whole. */
export async function wrongLines(seal: string): Promise<Finding[]> {
  const found = await ask<{ kind: 'altered' | 'removed'; n: number; ids: string[] }>`
    with wanted as (
      select i.id, substring(s.digests from ((row_number() over (order by i.id) - 1) * 32 + 1)::int for 32) as digest
      from trail_seal s, unnest(s.ids) r, generate_series(lower(r), upper(r) - 1) i(id) where s.n = ${BigInt(seal)}),
    wrong as (
      select w.id, case when e.id is null then 'removed' else 'altered' end as kind
      from wanted w left join audit_entry e on e.id = w.id
      where e.id is null or ${digestSql} is distinct from w.digest)
    select kind, count(*)::int as n, (array_agg(id::text order by id))[1:${idsShown}::int] as ids
    from wrong group by kind order by kind`
  return found.map((one) => ({ ...one, seal }))
}

/** Lines that no seal holds: those that came in between, and how many merely wait for the next seal. */
export async function unsealedLines(): Promise<{ inserted: Finding[]; unsealed: number }> {
  const [found] = await ask<{ inserted: number; ids: string[] | null; unsealed: number }>`
    with ${floorSql},
    line as (select coalesce((select high_id from floor), 0) as id),
    sealed as (select coalesce(range_agg(ids), '{}') as ids from trail_seal),
    loose as materialized (select e.id from audit_entry e where not e.id <@ (select ids from sealed))
    select count(*) filter (where id <= (select id from line))::int as inserted,
      count(*) filter (where id > (select id from line))::int as unsealed,
      (array_agg(id::text order by id) filter (where id <= (select id from line)))[1:${idsShown}::int] as ids
    from loose`
  const { inserted, ids, unsealed } = found!
  return { inserted: inserted > 0 ? [{ kind: 'inserted', n: inserted, ids: ids ?? [] }] : [], unsealed }
}

export async function sealedSoFar(): Promise<{ last: bigint; total: bigint }> {
  const [last] = await ask<{ n: bigint; total: bigint }>`
    select n, total from trail_seal order by n desc limit 1`
  return { last: last?.n ?? 0n, total: last?.total ?? 0n }
}
