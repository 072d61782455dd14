import type { Readable } from 'node:stream'
import pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'

/** What does not come back: whoever was signed in signs in anew, and counted tries and used forms were of that time. */
export const leftOut = ['_prisma_migrations', 'user_sessions', 'sign_in_limit', 'form_token']

export type Table = { name: string; columns: string[]; order: string }

/** The same text for the same rows, on whatever server; and no row is held back by a policy. */
const plain = `set local timezone = 'UTC'; set local datestyle = 'ISO, YMD'; set local intervalstyle = 'postgres';
  set local bytea_output = 'hex'; set local extra_float_digits = 1; set local row_security = off;
  set local statement_timeout = 0; set local lock_timeout = '15min'; set local idle_in_transaction_session_timeout = 0`

export async function speakPlainly(client: pg.Client): Promise<void> {
  await client.query(plain)
}

/** The tables that are copied, with the columns that hold something of their own and the order of their rows. */
export async function tablesOf(client: pg.Client): Promise<Table[]> {
  const { rows } = await client.query<Table>(
    `select c.relname::text as name,
       array(select a.attname::text from pg_attribute a
         where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum) as columns,
       coalesce((select string_agg(quote_ident(a.attname) || case when a.attcollation <> 0 then ' collate "C"' else '' end,
           ', ' order by k.place)
         from pg_index i cross join unnest(i.indkey::int2[]) with ordinality as k(number, place)
         join pg_attribute a on a.attrelid = c.oid and a.attnum = k.number
         where i.indrelid = c.oid and i.indisprimary), quote_ident(c.relname) || '::text collate "C"') as order
     from pg_class c
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> all($1::text[])
       and not exists (select from pg_depend d
         where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
     order by 1`,
    [leftOut],
  )
  return rows
}

const quoted = (name: string) => pg.escapeIdentifier(name)
const listed = (names: string[]) => names.map(quoted).join(', ')

export const named = (tables: Table[]) => tables.map(({ name }) => `public.${quoted(name)}`).join(', ')

/** The rows of a table as text, in the order of its key. */
export function rowsOf(client: pg.Client, { name, columns, order }: Table): Readable {
  return client.query(
    copyTo(`copy (select ${listed(columns)} from public.${quoted(name)} order by ${order}) to stdout`),
  ) as Readable
}

export function intoTable(client: pg.Client, { name, columns }: Table) {
  return client.query(copyFrom(`copy public.${quoted(name)} (${listed(columns)}) from stdin`))
}

/** The first table that holds something; undefined when there is nothing at all. */
export async function firstFilled(client: pg.Client, tables: Table[]): Promise<string | undefined> {
  for (const { name } of tables) {
    const { rowCount } = await client.query(`select from public.${quoted(name)} limit 1`)
    if (rowCount) return name
  }
  return undefined
}

export type Sequence = { name: string; value: string; called: boolean }

/** They stand outside of transactions: read after the rows, they are never behind them. */
export async function sequencesOf(client: pg.Client): Promise<Sequence[]> {
  const { rows: names } = await client.query<{ name: string }>(
    `select c.relname::text as name from pg_class c
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'S' order by 1`,
  )
  const found: Sequence[] = []
  for (const { name } of names) {
    const { rows } = await client.query<Omit<Sequence, 'name'>>(
      `select last_value::text as value, is_called as called from public.${quoted(name)}`,
    )
    found.push({ name, ...rows[0]! })
  }
  return found
}

export async function setSequences(client: pg.Client, sequences: Sequence[]): Promise<void> {
  for (const { name, value, called } of sequences)
    await client.query('select setval($1::text::regclass, $2::bigint, $3)', [`public.${quoted(name)}`, value, called])
}
