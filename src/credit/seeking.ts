import { Prisma } from '../../prisma/client/client.ts'
import { termOf, type Look } from '../customers/search.ts'

/** The customers that what was typed calls, over the columns of `customer`; null where nothing was typed. */
export function calledSql(typed: string): Prisma.Sql | null {
  const { words } = termOf(typed)
  return words.length === 0 ? null : Prisma.join(words.map(wordSql), ' and ')
}

/** PRV-02: by telephones and codes of a customer nothing of its credit is found. */
function wordSql(looks: Look[]): Prisma.Sql {
  const ways = looks.flatMap((look): Prisma.Sql[] => {
    if (look.in === 'phones' || look.in === 'codes') return []
    if (look.in === 'numbers') return [Prisma.sql`number like ${look.like}`]
    const grams = Prisma.sql`grams @> ${look.grams}::text[]`
    return [look.like === null ? grams : Prisma.sql`(${grams} and search_text like ${look.like})`]
  })
  return ways.length > 0 ? Prisma.sql`(${Prisma.join(ways, ' or ')})` : Prisma.sql`false`
}
