import { Prisma } from '../../../../prisma/client/client.ts'
import { escapeLike, termOf, type Look } from '../../../customers/search.ts'
import { cleanText } from '../../../lib/text.ts'

/** What was typed, over the columns of `release`: its number, its customer. */
export function soughtSql(typed: string): Prisma.Sql[] {
  const number = /^fx(\d{1,4})-?(\d{0,7})$/iu.exec(cleanText(typed))
  if (number) return [Prisma.sql`number like ${`FX${number[1]}${number[2]}%`}`]
  return termOf(typed).words.map((looks) => {
    const ways = looks.flatMap(lookedSql)
    return ways.length > 0 ? Prisma.sql`(${Prisma.join(ways, ' or ')})` : Prisma.sql`false`
  })
}

/** PRV-02: by telephones and codes of a customer no release is found. */
function lookedSql(look: Look): Prisma.Sql[] {
  if (look.in === 'phones' || look.in === 'codes') return []
  if (look.in === 'numbers')
    return [Prisma.sql`customer_id in (select id from customer where number like ${look.like})`]
  return [
    Prisma.sql`customer_id in (select k.id from customer k where k.grams @> ${look.grams}::text[] and ${named(look)})`,
  ]
}

/** By its name alone: what is stored of a customer for searching holds its people and places, too. */
function named({ grams, like }: Extract<Look, { in: 'names' }>): Prisma.Sql {
  const longest = grams.toSorted((a, b) => b.length - a.length)[0] ?? ''
  const typed = like ?? `%${escapeLike(longest.replace("'", ''))}%`
  return Prisma.sql`(k.name ilike ${typed} or k.initials like ${typed} or k.pinyin like ${typed})`
}
