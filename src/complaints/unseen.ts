import { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import { ask } from '../db.ts'

type Reader = Pick<Actor, 'id'>

/** As the trail calls what a person is not to know of, and by which numbers. */
export type Unseen = { subjects: string[]; numbers: Set<string> }

/** CMP-03: the complaints about oneself, with their measures, as trail, clocks and requests call them. */
export const unseenSql = ({ id }: Reader): Prisma.Sql => Prisma.sql`
  with about as (select id, number from complaint where accused <> '{}' and accused @> array[${id}]::bigint[])
  select 'complaint:' || id as subject, number from about
  union all select 'measure:' || m.id, about.number from about join corrective_action m on m.complaint_id = about.id`

/** The same for a list: also for who otherwise reads everything. */
export async function unseenBy(reader: Reader): Promise<Unseen> {
  const rows = await ask<{ subject: string; number: string }>`${unseenSql(reader)}`
  return { subjects: rows.map(({ subject }) => subject), numbers: new Set(rows.map(({ number }) => number)) }
}

/** T2026000001 where somebody is not to read it: ＊. */
export const withoutUnseen = ({ numbers }: Pick<Unseen, 'numbers'>, text: string): string =>
  numbers.size === 0
    ? text
    : text.replace(/T\d{10,}(?:-\d{1,5})?/g, (one) => (numbers.has(one.split('-')[0]!) ? '＊' : one))
