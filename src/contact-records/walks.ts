import { Prisma } from '../../prisma/client/client.ts'

/** Counting stops here, as on lists. */
export const countedTo = 1000

export type Mark = { at: Date; id: bigint }
export function markOf(text: string | undefined): Mark | null {
  const [at, id] = text?.split('.') ?? []
  return at && id ? { at: new Date(Number(at)), id: BigInt(id) } : null
}

/** What the list holds: `ways` by which records come in, and what each must meet. */
export type Held = { ways: Prisma.Sql[]; where: Prisma.Sql }
export type Place = { mark: Mark | null; back: boolean; take: number }

export function orderSql({ back }: Place): Prisma.Sql {
  return back ? Prisma.sql`at asc, id asc` : Prisma.sql`at desc, id desc`
}

export function beyondSql({ mark, back }: Place): Prisma.Sql {
  const than = back ? Prisma.sql`>` : Prisma.sql`<`
  return mark ? Prisma.sql`(at, id) ${than} (${mark.at}::timestamptz, ${mark.id})` : Prisma.sql`true`
}

/** What matches, to a thousand and one: each way by its own index, which nothing but its order makes the planner take. */
export function hitsSql({ ways, where }: Held): Prisma.Sql {
  const order = where.sql === 'true' ? Prisma.sql`order by at desc, id desc` : Prisma.empty
  const each = ways.map(
    (way) => Prisma.sql`(select id from contact_record where ${way} and ${where} ${order} limit ${countedTo + 1})`,
  )
  return Prisma.sql`select id from (${Prisma.join(each, ' union ')}) as w limit ${countedTo + 1}`
}

/** Of many, each way is walked in the list's order, no further than one page needs. */
export function walkSql({ ways, where }: Held, place: Place): Prisma.Sql {
  const each = ways.map(
    (way) => Prisma.sql`(select id, at from contact_record where ${way} and ${where} and ${beyondSql(place)}
      order by ${orderSql(place)} limit ${place.take})`,
  )
  return Prisma.sql`select id from (${Prisma.join(each, ' union ')}) as w order by ${orderSql(place)} limit ${place.take}`
}
