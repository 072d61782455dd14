import type { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import type { ListQuery } from '../customers/list/address.ts'
import { conditionsSql, namesIn } from '../customers/list/conditions.ts'
import { countedTo } from '../customers/list/queries.ts'
import { db } from '../db.ts'

/** What a person may take out of what the list holds: as far as the export right reaches. */
export async function exportable(actor: Actor, query: ListQuery): Promise<Prisma.Sql> {
  return conditionsSql(actor, query, await namesIn([query]), 'customers.export')
}

/** How many that is, to 1,000. */
export async function countExportable(where: Prisma.Sql): Promise<number> {
  const [row] = await db.$queryRaw<{ n: number }[]>`
    select count(*)::int as n from (select 1 from customer where ${where} limit ${countedTo + 1}) as found`
  return row!.n
}
