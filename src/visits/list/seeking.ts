import { Prisma } from '../../../prisma/client/client.ts'
import { termOf, type Look } from '../../customers/search.ts'
import { cleanText } from '../../lib/text.ts'

/** Each word typed, over the columns of `visit`: its number, who is visited, agenda, place. */
export function soughtSql(typed: string): Prisma.Sql[] {
  const number = /^bf(\d{1,4})-?(\d{0,7})$/iu.exec(cleanText(typed))
  if (number) return [Prisma.sql`number like ${`BF${number[1]}${number[2]}%`}`]
  return termOf(typed).words.map((looks) => {
    const ways = looks.flatMap(lookedSql)
    return ways.length > 0 ? Prisma.sql`(${Prisma.join(ways, ' or ')})` : Prisma.sql`false`
  })
}

/** PRV-02: by telephones and codes of a customer no visit is found. */
function lookedSql(look: Look): Prisma.Sql[] {
  if (look.in === 'phones' || look.in === 'codes') return []
  if (look.in === 'numbers')
    return [Prisma.sql`customer_id in (select id from customer where number like ${look.like})`]
  const grams = Prisma.sql`grams @> ${look.grams}::text[]`
  return [look.like === null ? grams : Prisma.sql`(${grams} and search_text like ${look.like})`]
}
