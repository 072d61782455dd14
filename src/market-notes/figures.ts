import { Prisma } from '../../prisma/client/client.ts'
import type { MarketNoteKind } from '../../prisma/client/enums.ts'
import type { Actor } from '../access/actor.ts'
import { ask } from '../db.ts'
import { aboutKeySql, conditionsSql } from './conditions.ts'
import { noteQuery, type QuarterQuery } from './forms.ts'
import { placesOf, rowSql, type NotePlaces, type NoteRow } from './queries.ts'
import { quarterAfter, quarterOf } from './quarters.ts'

const mostAbouts = 15
const mostCompetitors = 8
const newestOfEach = 3

type Counts = Record<'kind' | 'department' | 'region' | 'month', Map<string, number>> & { all: number }
export type About = { key: string; about: string; n: number; before: number }
export type Quarter = {
  quarter: string
  before: string
  department: string
  now: Counts
  earlier: Counts
  abouts: About[]
  competitors: (About & { newest: NoteRow[] })[]
  places: NotePlaces
}

/** VIS-13: what was heard in a quarter, summed over the notes that this person sees. */
export async function quarterFor(actor: Actor, { q, department }: QuarterQuery, now: Date): Promise<Quarter> {
  const quarter = q || quarterOf(now)
  const before = quarterAfter(quarter, -1)
  const whereOf = (of: string) => conditionsSql(actor, noteQuery.parse({ quarter: of, department }))
  const [here, there] = [whereOf(quarter), whereOf(before)]
  const [counts, earlier, abouts, competitors, places] = await Promise.all([
    countsOf(here),
    countsOf(there),
    aboutsOf(here, there, mostAbouts),
    aboutsOf(competing(here), competing(there), mostCompetitors),
    placesOf(),
  ])
  const newest = await newestOf(actor, competing(here), competitors)
  return {
    quarter,
    before,
    department,
    now: counts,
    earlier,
    abouts,
    places,
    competitors: competitors.map((one) => ({ ...one, newest: newest.filter(({ key }) => key === one.key) })),
  }
}

const competing = (where: Prisma.Sql) => Prisma.sql`${where} and kind = 'competitor'`

type Counted = {
  kind: MarketNoteKind | null
  department: bigint | null
  region: bigint | null
  month: string | null
  by: number
  n: number
}
/** What `grouping` answers for each of them: the bits of what a row is not grouped by. */
const sets = { kind: 0b0111, department: 0b1011, region: 0b1101, month: 0b1110, all: 0b1111 } as const

async function countsOf(where: Prisma.Sql): Promise<Counts> {
  const rows = await ask<Counted>`
    with seen as (select kind::text, department_id as department, region_id as region,
      to_char(noted_on, 'YYYY-MM') as month from market_note where ${where})
    select kind, department, region, month, grouping(kind, department, region, month) as by, count(*)::int as n
    from seen group by grouping sets ((kind), (department), (region), (month), ())`
  const by = (name: Exclude<keyof typeof sets, 'all'>) =>
    new Map(
      rows
        .filter((row) => row.by === sets[name])
        .toSorted((one, other) => other.n - one.n)
        .map((row) => [String(row[name] ?? 'none'), row.n]),
    )
  return {
    kind: by('kind'),
    department: by('department'),
    region: by('region'),
    month: by('month'),
    all: rows.find((row) => row.by === sets.all)?.n ?? 0,
  }
}

const keyed = (where: Prisma.Sql) => Prisma.sql`
  (select ${aboutKeySql(Prisma.sql`about`)} as key, about from market_note where ${where} and about is not null)`

/** What was spoken of most, as it is written most often. */
const aboutsOf = (here: Prisma.Sql, there: Prisma.Sql, most: number) =>
  ask<About>`
    with counted as (
      select key, mode() within group (order by about) as about, count(*)::int as n from ${keyed(here)} k
      group by key order by n desc, key limit ${most})
    select key, about, counted.n, coalesce(past.n, 0)::int as before
    from counted left join (select key, count(*) as n from ${keyed(there)} k group by key) past using (key)
    order by counted.n desc, key`

async function newestOf(actor: Actor, where: Prisma.Sql, of: About[]): Promise<(NoteRow & { key: string })[]> {
  const keys = of.map(({ key }) => key)
  if (keys.length === 0) return []
  return ask<NoteRow & { key: string }>`
    with ranked as (
      select id, key, row_number() over (partition by key order by noted_on desc, id desc) as at
      from (select id, noted_on, ${aboutKeySql(Prisma.sql`about`)} as key from market_note
        where ${where} and about is not null) k where key = any(${keys}::text[]))
    select ranked.key, ${rowSql(actor)} from ranked join market_note n using (id) join staff o on o.id = n.owner_id
    where ranked.at <= ${newestOfEach} order by n.noted_on desc, n.id desc`
}
