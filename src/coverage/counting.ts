import { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import { ask } from '../db.ts'
import { conditionsSql, spanSql, waysOf, type Known, type Way } from './conditions.ts'
import { spans, type CoverageQuery, type Span } from './forms.ts'
import { coverageRules, type CoverageRule } from './rules.ts'

/** Counting stops here, as on lists. */
export const countedTo = 1000

/** Each rule of the same span and each span of the same rule, each to 1,000. */
export async function countsOf(actor: Actor, query: CoverageQuery, known: Known, now: Date) {
  const where = conditionsSql(actor, query, known, 'coverage.view')
  const one = (rule: CoverageRule, span: Span) => countSql({ ...query, rule, span }, known, where, now)
  const [row] = await ask<{ rules: number[]; spans: number[] }>`
    select array[${Prisma.join(coverageRules.map((rule) => one(rule, query.span)))}] as rules,
      array[${Prisma.join(spans.map((span) => one(query.rule, span)))}] as spans`
  const rules = Object.fromEntries(coverageRules.map((rule, at) => [rule, row!.rules[at]!])) as Record<
    CoverageRule,
    number
  >
  const bySpan = Object.fromEntries(spans.map((span, at) => [span, row!.spans[at]!])) as Record<Span, number>
  return { count: bySpan[query.span], rules, spans: bySpan }
}

function countSql(query: CoverageQuery, { figures }: Known, where: Prisma.Sql, now: Date): Prisma.Sql {
  const each = (way: Way) => Prisma.sql`(select 1 from customer
    where ${way.where} and ${where} and ${spanSql(way, query, figures, now)} limit ${countedTo + 1})`
  const ways = Prisma.join(waysOf(query.rule, figures).map(each), ' union all ')
  return Prisma.sql`(select count(*)::int from (select 1 from (${ways}) as w limit ${countedTo + 1}) as n)`
}
