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
export let db: Db

/**
 * Rows by hand-written SQL, without the client's layers between (0.4 ms a query): for what every page asks. Values travel
 * as parameters; bigints come as bigints.
 */
export async function ask<T>(strings: TemplateStringsArray, ...parts: unknown[]): Promise<T[]> {
  const { text, values } = Prisma.sql(strings, ...parts)
  const { rows } = await pool.query({ text, values, types: { getTypeParser } })
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
  pool = new pg.Pool({ max: 10, connectionTimeoutMillis: 10_000, idleTimeoutMillis: 60_000, ...settings })
  // A connection that the server ends while idle must not end the process.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  writer = new PrismaClient({ adapter: new PrismaPg(pool) })
  db = writer
  await db.$queryRaw`select 1`
}

export async function disconnect(): Promise<void> {
  await writer?.$disconnect()
  await pool?.end()
}
