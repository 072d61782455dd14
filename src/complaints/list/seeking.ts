import { Prisma } from '../../../prisma/client/client.ts'
import type { Actor } from '../../access/actor.ts'
import { withinSql } from '../../access/policy.ts'
import { namedSql } from '../../customers/named.ts'
import { termOf, type Look } from '../../customers/search.ts'
import { cleanText } from '../../lib/text.ts'
import { productKey } from '../taking.ts'

const nowhere = { owner: Prisma.sql`null::bigint` }
const received = {
  ...nowhere,
  department: Prisma.sql`receiving_department_id`,
  region: Prisma.sql`region_id`,
}

/** Each word typed, in the ways in which it can be meant, over the columns of `complaint`; one of them must hold. */
export function waysOfWords(actor: Actor, typed: string): Prisma.Sql[][] {
  const text = cleanText(typed)
  const number = /^t(\d{1,4})-?(\d{0,7})$/iu.exec(text)
  const byNumber = number ? [Prisma.sql`number like ${`T${number[1]}${number[2]}%`}`] : []
  const { words } = termOf(typed)
  const ways = words.map((looks) => looks.flatMap((look) => lookedSql(actor, look)))
  return ways.map((some) => (words.length === 1 ? [...byNumber, ...productWays(text), ...some] : some))
}

/** A plate or product number as it is typed, with its dots and dashes or without. */
function productWays(text: string): Prisma.Sql[] {
  const key = productKey(text)
  return key && key.length >= 4 && /\d/.test(key) ? [Prisma.sql`product_key = ${key}`] : []
}

/** CUS-14; PRV-02: by its telephone a complaint is found by those only who may see the number. */
function lookedSql(actor: Actor, look: Look): Prisma.Sql[] {
  if (look.in === 'phones') {
    const unmasked = Prisma.sql`(${withinSql(actor, 'complaints.unmask')} or ${withinSql(actor, 'complaints.unmask', received)})`
    return [Prisma.sql`(phone_digits like ${look.like} and ${unmasked})`]
  }
  if (look.in === 'numbers') return [ofCustomers(Prisma.sql`number like ${look.like}`)]
  if (look.in === 'codes') return []
  const grams = Prisma.sql`grams @> ${look.grams}::text[]`
  const found = look.like === null ? grams : Prisma.sql`(${grams} and search_text like ${look.like})`
  return [found, namedSql(look, Prisma.sql`complaint.customer_id`)]
}

const ofCustomers = (found: Prisma.Sql) => Prisma.sql`customer_id in (select id from customer where ${found})`
