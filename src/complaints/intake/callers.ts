import { Prisma } from '../../../prisma/client/client.ts'
import type { CustomerGrade, CustomerLife, CustomerStanding } from '../../../prisma/client/enums.ts'
import type { Actor } from '../../access/actor.ts'
import { plateOf } from '../../customers/facts.ts'
import { normaliseName } from '../../customers/names.ts'
import { judgePhone } from '../../customers/phones.ts'
import { visibleCustomersSql } from '../../customers/policy.ts'
import { searchable, termOf } from '../../customers/search.ts'
import type { Tx } from '../../db.ts'
import { cleanText } from '../../lib/text.ts'
import type { Values } from './forms.ts'

/** How a customer was found by what the caller said: by what identifies him, or by something like his name. */
export type FoundBy = 'number' | 'phone' | 'plate' | 'name' | 'like'

/** A customer that may be calling. `seen`: this person may see him; of others only that they exist, and whose they are. */
export type Caller = {
  id: bigint
  number: string
  name: string
  kind: 'organisation' | 'person'
  grade: CustomerGrade | null
  life: CustomerLife
  standing: CustomerStanding
  owner: string | null
  ownerId: bigint | null
  departmentId: bigint | null
  regionId: bigint | null
  phone: string | null
  morePhones: string[]
  place: string
  plates: string[]
  contact: { name: string; post: string | null; phones: string[] } | null
  seen: boolean
  by: FoundBy
}

const mostFound = 6
const rank: FoundBy[] = ['number', 'phone', 'plate', 'name', 'like']

/**
 * CMP-01: whoever is meant by a phone, a plate, a name or a number, in whichever of these fields it was typed, with
 * system scope; by something like a name only among those the person sees.
 */
export async function callersFor(from: Pick<Tx, '$queryRaw'>, actor: Actor, values: Values): Promise<Caller[]> {
  const ways = waysOf(actor, values)
  if (ways.length === 0) return []
  const found = await from.$queryRaw<Caller[]>`
    with ways as (${Prisma.join(ways, ' union all ')}),
      hits as (select id, min(way) as way from ways group by id order by 2, 1 limit ${mostFound}),
      seen as (select id from customer where id in (select id from hits) and ${visibleCustomersSql(actor)})
    select c.id, c.number, c.name, c.kind::text, c.grade::text, c.life::text, c.standing::text, s.name as owner,
      c.owner_id as "ownerId", c.department_id as "departmentId", c.region_id as "regionId", c.phone,
      c.more_phones as "morePhones", concat_ws('', c.province, c.city, c.district, c.address) as place, c.plates,
      (select json_build_object('name', k.name, 'post', k.post, 'phones', k.phones) from contact k
        where k.customer_id = c.id and k.removed_at is null order by k.main desc, k.id limit 1) as contact,
      exists (select from seen where seen.id = c.id) as seen,
      (array['number', 'phone', 'plate', 'name', 'like'])[hits.way] as by
    from hits join customer c using (id) left join staff s on s.id = c.owner_id
    where c.withdrawn_at is null order by hits.way, c.id`
  // Who is identified needs no others of a similar name beside him.
  return found.some(isSure) ? found.filter(({ by }) => by !== 'like') : found
}

const isSure = ({ by }: Pick<Caller, 'by'>) => by === 'number' || by === 'phone' || by === 'plate'

const wayOf = (by: FoundBy) => Prisma.sql`${rank.indexOf(by) + 1}::int as way`

function waysOf(actor: Actor, values: Values): Prisma.Sql[] {
  const texts = [values['phone'], values['complainant'], values['product']].map((text) => cleanText(text ?? ''))
  const typed = [...new Set(texts)].filter(Boolean)
  const phone = judgePhone(texts[0]!).phone?.digits
  const numbers = [values['customer'], ...typed].flatMap((text) => /^k\d{10}$/iu.exec(text?.trim() ?? '')?.[0] ?? [])
  return [
    ...byNumber(numbers),
    ...(phone
      ? [
          Prisma.sql`select id, ${wayOf('phone')} from customer
            where string_to_array(phone_digits, ' ') @> array[${phone}]::text[]`,
        ]
      : []),
    ...typed.filter((text) => text !== texts[0] || !phone).flatMap((text) => byText(actor, text)),
  ]
}

const byNumber = (numbers: string[]) =>
  numbers.length === 0
    ? []
    : [
        Prisma.sql`select id, ${wayOf('number')} from customer
          where number = any(${numbers.map((number) => number.toUpperCase())}::text[])`,
      ]

/** A plate, a whole name, or a piece of one. */
function byText(actor: Actor, text: string): Prisma.Sql[] {
  if (Array.from(text).length < 2) return []
  const plate = plateOf(text)
  const { grams } = searchable([{ text: plate, as: 'plain' }])
  const pieces = grams.filter((gram) => Array.from(gram).length === 2)
  const { core } = normaliseName(text, 'organisation')
  return [
    Prisma.sql`select id, ${wayOf('plate')} from customer
      where grams @> ${pieces}::text[] and plates @> array[${plate}]::text[]`,
    Prisma.sql`select id, ${wayOf('name')} from customer where core = ${core} and core <> ''`,
    ...likeNamed(actor, text),
  ]
}

function likeNamed(actor: Actor, text: string): Prisma.Sql[] {
  const { words } = termOf(text)
  const named = words.map((looks) => looks.flatMap((look) => (look.in === 'names' ? [look] : [])))
  if (named.length === 0 || named.some((looks) => looks.length === 0)) return []
  const all = named.map((looks) =>
    Prisma.join(
      looks.map(({ grams, like }) =>
        like === null
          ? Prisma.sql`grams @> ${grams}::text[]`
          : Prisma.sql`(grams @> ${grams}::text[] and search_text like ${like})`,
      ),
      ' or ',
    ),
  )
  const where = Prisma.join(
    all.map((one) => Prisma.sql`(${one})`),
    ' and ',
  )
  return [
    Prisma.sql`select * from (select id, ${wayOf('like')} from customer
      where ${where} and ${visibleCustomersSql(actor)} order by id desc limit ${mostFound}) as named`,
  ]
}

/** Whom a complaint is taken for where nobody chose: the only one whom phone, plate or number identify. */
export function meant(callers: readonly Caller[]): Caller | null {
  const sure = callers.filter(isSure)
  const [first] = sure
  const alike = sure.filter(({ by }) => by === first?.by)
  return first && alike.length === 1 ? first : null
}
