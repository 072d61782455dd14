import { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import { withinSql } from '../access/policy.ts'
import { ask } from '../db.ts'
import { regulationAt } from '../regulations/in-force.ts'
import { spanSql, waysOf } from './conditions.ts'
import type { CoverageQuery } from './forms.ts'
import { figuresOf, type CoverageRule } from './rules.ts'

/** How many of a person's or a department's customers are covered; `number`/`id` null where there is none. */
export type Share = { key: string | null; name: string | null; all: number; over: number }

export async function sharesFor(
  actor: Actor,
  rule: CoverageRule,
  now: Date,
): Promise<{ people: Share[]; departments: Share[] }> {
  const figures = figuresOf(await regulationAt(now))
  const ways = waysOf(rule, figures).map(
    (
      way,
    ) => Prisma.sql`select owner_id, department_id, not (${spanSql(way, { rule, span: 'covered' } as CoverageQuery, figures, now)}) as over
      from customer where ${way.where} and ${withinSql(actor, 'coverage.view')}`,
  )
  const rows = await ask<Share & { person: boolean }>`
    with seen as materialized (
      select owner_id, department_id, count(*)::int as n, (count(*) filter (where over))::int as over
      from (${Prisma.join(ways, ' union all ')}) as asked group by owner_id, department_id)
    (select true as person, s.number as key, s.name, sum(n)::int as all, sum(over)::int as over
      from seen left join staff s on s.id = seen.owner_id group by s.id, s.number, s.name
      order by sum(over) desc, sum(n) desc, s.pinyin limit 300)
    union all
    (select false, d.id::text, d.name, sum(n)::int, sum(over)::int
      from seen left join department d on d.id = seen.department_id group by d.id, d.name
      order by sum(over) desc, sum(n) desc, d.name limit 300)`
  const of = (person: boolean) =>
    rows.filter((row) => row.person === person).map(({ key, name, all, over }) => ({ key, name, all, over }))
  return { people: of(true), departments: of(false) }
}
