import { z } from 'zod'
import { Prisma } from '../../../prisma/client/client.ts'
import type { Actor } from '../../access/actor.ts'
import { db, type Tx } from '../../db.ts'
import { visibleCustomersSql } from '../policy.ts'
import { readSearch, type ListQuery } from './address.ts'
import { conditionsSql, namesIn } from './conditions.ts'
import { countedTo, everyCustomer, type CustomerRow } from './queries.ts'

/** Customers ticked in the list, by number, or all that a list holds. */
export type Picked = { numbers: string[]; all: ListQuery | null }

const isNumber = (name: string) => /^K\d{10}$/.test(name)

/** `?K2026000123=on&K2026000124=on`, or `?all=on` and a list's own address. */
export const pickedQuery = z.record(z.string(), z.string()).transform((values, context): Picked => {
  const { all, ...rest } = values
  const numbers = Object.keys(rest).filter(isNumber)
  const others = Object.entries(rest).filter(([name]) => !isNumber(name))
  const query = all === 'on' ? readSearch(new URLSearchParams(others).toString()) : null
  if (all !== 'on' || query) return { numbers, all: query }
  context.addIssue({ code: 'custom', message: 'web:field.malformed' })
  return z.NEVER
})

export type PickedCustomers = { rows: CustomerRow[]; tooMany: boolean }

/** What was picked, as far as the person sees it, at most a thousand. */
export async function pickedCustomers(actor: Actor, { numbers, all }: Picked): Promise<PickedCustomers> {
  const query = all ?? readSearch('')!
  const where = all
    ? conditionsSql(actor, all, await namesIn([all]))
    : Prisma.sql`${visibleCustomersSql(actor)} and number = any(${numbers}::text[])`
  const rows: CustomerRow[] = []
  for await (const row of everyCustomer(where, query, countedTo + 1)) {
    if (rows.length === countedTo) return { rows: [], tooMany: true }
    rows.push(row)
  }
  return { rows, tooMany: false }
}

/** A ticked box says by its value which version of the customer was seen. */
export type Ticked = { number: string; version: number }

/** For a form of many customers: their boxes become `picked`, the rest stays as it is. */
export function gatherTicked(raw: unknown): unknown {
  const entries = Object.entries((raw ?? {}) as Record<string, unknown>)
  const picked = entries.filter(([name]) => isNumber(name)).map(([number, version]) => ({ number, version }))
  return { ...Object.fromEntries(entries.filter(([name]) => !isNumber(name))), picked }
}

export const ticked = () =>
  z
    .array(
      z.strictObject({
        number: z.string(),
        version: z
          .string()
          .regex(/^\d{1,9}$/)
          .transform(Number),
      }),
    )
    .min(1, { error: 'web:field.required' })
    .max(countedTo, { error: 'web:field.tooLong' })

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
