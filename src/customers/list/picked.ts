import { Prisma } from '../../../prisma/client/client.ts'
import type { Actor } from '../../access/actor.ts'
import { db, type Tx } from '../../db.ts'
import { visibleCustomersSql } from '../policy.ts'
import { readSearch } from './address.ts'
import { conditionsSql, namesIn } from './conditions.ts'
import { mostPicked, type Picked } from './picks.ts'
import { everyCustomer, type CustomerRow } from './queries.ts'

export type PickedCustomers = { rows: CustomerRow[]; tooMany: boolean }

/** What was picked, as far as the person sees it, at most a thousand. */
export async function pickedCustomers(actor: Actor, { numbers, all }: Picked): Promise<PickedCustomers> {
  const query = all ?? readSearch('')!
  const where = all
    ? conditionsSql(actor, all, await namesIn([all]))
    : Prisma.sql`${visibleCustomersSql(actor)} and number = any(${numbers}::text[])`
  const rows: CustomerRow[] = []
  for await (const row of everyCustomer(where, query, mostPicked + 1)) {
    if (rows.length === mostPicked) return { rows: [], tooMany: true }
    rows.push(row)
  }
  return { rows, tooMany: false }
}

/** Holds the rows until the transaction ends, in the one order in which everybody takes them. */
export async function lockPicked(tx: Tx, actor: Actor, numbers: string[]): Promise<Map<string, bigint>> {
  const rows = await tx.$queryRaw<{ id: bigint; number: string }[]>`
    select id, number from customer where number = any(${numbers}::text[]) and ${visibleCustomersSql(actor)}
    order by id for update`
  return new Map(rows.map(({ id, number }) => [number, id]))
}

/** How those customers are called that a person may still see. */
export async function customerNames(actor: Actor, numbers: string[]): Promise<Map<string, string>> {
  const rows = await db.$queryRaw<{ number: string; name: string }[]>`
    select number, name from customer where number = any(${numbers}::text[]) and ${visibleCustomersSql(actor)}`
  return new Map(rows.map(({ number, name }) => [number, name]))
}
