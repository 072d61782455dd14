import { Prisma } from '../../prisma/client/client.ts'
import type { Look } from './search.ts'

/**
 * CUS-14: by the customer's name alone, over the columns of what keeps the pieces of it in `customer_grams`: what is stored
 * of a customer for searching holds its people and places, too.
 */
export function namedSql({ grams, like }: Extract<Look, { in: 'names' }>, customerId: Prisma.Sql): Prisma.Sql {
  const pieces = Prisma.sql`customer_grams @> ${grams}::text[]`
  if (like === null) return pieces
  return Prisma.sql`(${pieces} and exists (select from customer k where k.id = ${customerId}
    and k.search_text like ${like} and (k.name ilike ${like} or k.initials like ${like} or k.pinyin like ${like})))`
}
