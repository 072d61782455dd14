import { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import { countedTo, countsByAddress } from '../access/counted.ts'
import { listAddress } from './address.ts'
import { placesSql, spanSql, waysOf, type Known } from './conditions.ts'
import { spans, type CoverageQuery, type Span } from './forms.ts'
import { coverageRules, type CoverageRule } from './rules.ts'

export { countedTo }

/** Each rule of the same span and each span of the same rule, each to 1,000. */
export async function countsOf(actor: Actor, query: CoverageQuery, known: Known, now: Date) {
  const ofRules = coverageRules.map((rule) => ({ ...query, rule }))
  const ofSpans = spans.map((span) => ({ ...query, span }))
  const all = [...ofRules, ...ofSpans].map((one) => [listAddress(one), rowsSql(actor, one, known, now)] as const)
  const of = await countsByAddress(actor, new Map(all), now)
  const rules = Object.fromEntries(ofRules.map((one) => [one.rule, of(listAddress(one))])) as Record<
    CoverageRule,
    number
  >
  const bySpan = Object.fromEntries(ofSpans.map((one) => [one.span, of(listAddress(one))])) as Record<Span, number>
  return { count: bySpan[query.span], rules, spans: bySpan }
}

/** Each way reads its index alone. */
function rowsSql(actor: Actor, query: CoverageQuery, known: Known, now: Date): Prisma.Sql {
  const each = waysOf(query.rule, known.figures).flatMap((way) =>
    placesSql(actor, query, known).map(
      (place) => Prisma.sql`(select 1 from customer
        where ${way.where} and ${place} and ${spanSql(way, query, known.figures, now)} limit ${countedTo + 1})`,
    ),
  )
  return Prisma.sql`select 1 from (${Prisma.join(each, ' union all ')}) as w limit ${countedTo + 1}`
}
