import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'

/** Rows into a table by COPY. */
export async function put(client: pg.Client, table: string, columns: string, rows: unknown[][]): Promise<void> {
  const lines = rows.map((row) => `${row.map(asText).join('\t')}\n`)
  await pipeline(Readable.from(lines), client.query(copyFrom(`copy ${table} (${columns}) from stdin`)))
}

/** The cells of one row, told in groups. */
export const cells = (...groups: unknown[][]): unknown[] => groups.flat()

function asText(value: unknown): string {
  if (value === null || value === undefined) return '\\N'
  if (Array.isArray(value))
    return escaped(`{${value.map((one) => `"${String(one).replace(/["\\]/g, '\\$&')}"`).join(',')}}`)
  if (value instanceof Date) return value.toISOString()
  return escaped(typeof value === 'object' ? JSON.stringify(value) : String(value as string))
}

const escaped = (text: string) =>
  text.replace(/[\\\t\n\r]/g, (character) => ({ '\t': '\\t', '\n': '\\n', '\r': '\\r' })[character] ?? '\\\\')

/** So many ids of a table, and the first of them. */
export async function reserve(client: pg.Client, table: string, count: number): Promise<number> {
  const { rows } = await client.query<{ last: string }>(
    `select setval(pg_get_serial_sequence($1, 'id'), nextval(pg_get_serial_sequence($1, 'id')) + $2) as last`,
    [table, count],
  )
  return Number(rows[0]!.last) - count
}

/** So many serial numbers of a kind and year, and the first of them. */
export async function takeNumbers(client: pg.Client, kind: string, year: number, count: number): Promise<number> {
  const { rows } = await client.query<{ last: number }>(
    `insert into number_counter (kind, year, last) values ($1, $2, $3)
     on conflict (kind, year) do update set last = number_counter.last + $3 returning last`,
    [kind, year, count],
  )
  return rows[0]!.last - count + 1
}

/** Takes the GIN indexes of tables away while much is written; answers with what makes them again. */
export async function dropSearchIndexes(client: pg.Client, tables: string[]): Promise<string[]> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `select indexname as name, indexdef as definition from pg_indexes
     where schemaname = 'public' and tablename = any($1) and indexdef like '%USING gin%'`,
    [tables],
  )
  for (const { name } of rows) await client.query(`drop index "${name}"`)
  await client.query(`set local maintenance_work_mem = '256MB'`)
  return rows.map(({ definition }) => definition)
}
