import { Prisma } from '../../../prisma/client/client.ts'
import { acrossSql, beyondSql, classesOf, classSql, keySql, withinSql, type Mark, type Order } from './order.ts'

/** Counting stops here: an exact count of a million rows would cost more than the page (performance.md, trap 4). */
export const countedTo = 1000

/** What the list holds: `ways` by which complaints come in, and conditions that each must meet; `sought` are ways of a lone word. */
export type Held = { ways: Prisma.Sql[]; conditions: Prisma.Sql[]; sought: Prisma.Sql[][] }

const all = (parts: Prisma.Sql[]) => (parts.length > 0 ? Prisma.join(parts, ' and ') : Prisma.sql`true`)
const any = (parts: Prisma.Sql[]) => Prisma.sql`(${Prisma.join(parts, ' or ')})`
const together = (parts: Prisma.Sql[]) => Prisma.join(parts, ' union ')

/** What matches, to a thousand and one: each way by its own index, also each way in which a lone word can be meant. */
export function hitsSql({ ways, conditions, sought }: Held): Prisma.Sql {
  const alone = sought.length === 1 ? sought[0]! : [all(sought.map(any))]
  const each = ways.flatMap((way) =>
    alone.map((word) => {
      const where = all([way, word, ...conditions])
      return Prisma.sql`(select id from complaint where ${where} limit ${countedTo + 1})`
    }),
  )
  return Prisma.sql`select id from (${together(each)}) as found limit ${countedTo + 1}`
}

/** Of few that match, all are sorted: those beyond the mark. */
export function fewSql(order: Order, mark: Mark | null, take: number): Prisma.Sql {
  const classes = classesOf(order)
  const at = Prisma.join(
    classes.map((one, n) => Prisma.sql`when ${classSql(order, one)} then ${number(n)}`),
    ' ',
  )
  const beyond = any(classes.map((one) => all([classSql(order, one), beyondSql(order, one, mark)])))
  return Prisma.sql`
    select id, row_number() over (order by ${acrossSql(order)}) as at from (
      select id, case ${at} end as c, ${keySql(order)} as k from hits join complaint using (id)
      where (select n from n) <= ${countedTo} and ${beyond}) as few
    order by at limit ${take}`
}

/**
 * Of many, each way is walked in the list's order, class by class, no further than one page needs: a class is looked at
 * only where those before it did not fill the page.
 */
export function manySql(held: Held, order: Order, mark: Mark | null, take: number): Prisma.Sql {
  const classes = classesOf(order)
  const walked = classes.map((_, n) => classWalkSql(held, order, mark, take, n))
  const rows = classes.map((_, n) => Prisma.sql`select id, ${number(n)} as c, k from ${named(n)}`)
  return Prisma.sql`
    with ${Prisma.join(walked)}
    select id, row_number() over (order by ${acrossSql(order)}) as at from (${Prisma.join(rows, ' union all ')}) as many
    order by at limit ${take}`
}

const number = (n: number) => Prisma.sql`${n}::int`
const names = [Prisma.sql`class0`, Prisma.sql`class1`, Prisma.sql`class2`, Prisma.sql`class3`]
const named = (n: number) => names[n]!

function classWalkSql(held: Held, order: Order, mark: Mark | null, take: number, n: number): Prisma.Sql {
  const one = classesOf(order)[n]!
  const full = n === 0 ? [] : [Prisma.sql`(${countedSql(n)}) < ${take}`]
  const sought = held.sought.map(any)
  const each = held.ways.map((way) => {
    const where = all([...full, way, classSql(order, one), beyondSql(order, one, mark), ...held.conditions, ...sought])
    return Prisma.sql`(select id, ${keySql(order)} as k from complaint where ${where}
      order by ${withinSql(order)} limit ${take})`
  })
  return Prisma.sql`${named(n)} as materialized (${together(each)})`
}

const countedSql = (n: number) =>
  Prisma.join(
    Array.from({ length: n }, (_, before) => Prisma.sql`(select count(*) from ${named(before)})`),
    ' + ',
    'select ',
  )
