import pg from 'pg'
import { PrismaPg } from '@prisma/adapter-pg'
import { Prisma, PrismaClient } from '../prisma/client/client.ts'

type WriteMethod =
  | 'create'
  | 'createMany'
  | 'createManyAndReturn'
  | 'update'
  | 'updateMany'
  | 'updateManyAndReturn'
  | 'upsert'
  | 'delete'
  | 'deleteMany'
type Control =
  `$${'connect' | 'disconnect' | 'on' | 'use' | 'extends' | 'transaction' | 'executeRaw' | 'executeRawUnsafe' | 'queryRawUnsafe'}`
type ReadOnly<C> = {
  readonly [M in Exclude<keyof C, Control>]: C[M] extends { findMany: unknown } ? Omit<C[M], WriteMethod> : C[M]
}

/** Reads only: writing needs the `tx` that `change()` hands out. */
export type Db = ReadOnly<PrismaClient>
export type Tx = Omit<Prisma.TransactionClient, '$executeRawUnsafe' | '$queryRawUnsafe'>

export let pool: pg.Pool
let aside: pg.Pool
export let db: Db

/**
 * Rows by hand-written SQL, without the client's layers between (0.4 ms a query): for what every page asks. Values travel
 * as parameters; bigints come as bigints.
 */
export function ask<T>(strings: TemplateStringsArray, ...parts: unknown[]): Promise<T[]> {
  return askOf(pool, Prisma.sql(strings, ...parts))
}

/** For queries that are asked inside a transaction, too: here beside one, at the price of `ask`. */
export const reads = { $queryRaw: ask } as unknown as Pick<Tx, '$queryRaw'>

/**
 * The same by a connection kept for it: for what is remembered by everybody and may be asked for in the middle of a
 * transaction. Were every connection in one that waits for this answer, nobody would ever get it.
 */
export function askAside<T>(strings: TemplateStringsArray, ...parts: unknown[]): Promise<T[]> {
  return askOf(aside, Prisma.sql(strings, ...parts))
}

async function askOf<T>(from: pg.Pool, { text, values }: Prisma.Sql): Promise<T[]> {
  const { rows } = await from.query({ text, values, types: { getTypeParser } })
  return rows as T[]
}

function getTypeParser(type: number, format?: string) {
  return type === pg.types.builtins.INT8
    ? BigInt
    : (pg.types.getTypeParser(type, format as 'text') as (text: string) => unknown)
}

/** For `audit/` alone, which opens the transactions; `tests/house` holds everyone else off. */
export let writer: PrismaClient

/** Opens the pool that pages, sessions, limits and jobs share, and warms the client (its first query costs 0.3 s). */
export async function connect(settings: pg.PoolConfig): Promise<void> {
  pool = poolOf({ max: 10, ...settings })
  aside = poolOf({ ...settings, max: 1 })
  writer = new PrismaClient({ adapter: new PrismaPg(pool) })
  db = writer
  await db.$queryRaw`select 1`
}

function poolOf(settings: pg.PoolConfig): pg.Pool {
  const made = new pg.Pool({ connectionTimeoutMillis: 10_000, idleTimeoutMillis: 60_000, ...settings })
  // A connection that the server ends while idle must not end the process.
  made.on('error', () => {})
  made.on('connect', (client) => client.on('error', () => {}))
  return made
}

export async function disconnect(): Promise<void> {
  await writer?.$disconnect()
  await aside?.end()
  await pool?.end()
}
