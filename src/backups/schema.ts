import pg from 'pg'

// The owner of the tables may do all of this on any server; switching foreign keys off would take a superuser. Put back,
// PostgreSQL itself proves every one of them.

type Part = { name: string; table: string; definition: string; mode: string }
export type TakenOff = { keys: Part[]; indexes: Part[]; triggers: Part[] }

const quoted = (name: string) => pg.escapeIdentifier(name)
const tableOf = ({ table }: Part) => `public.${quoted(table)}`

/** Takes off what would slow loading down or ask for rows that are still to come. */
export async function takeOff(client: pg.Client): Promise<TakenOff> {
  const parts = { keys: await keysOf(client), indexes: await indexesOf(client), triggers: await triggersOf(client) }
  for (const key of parts.keys) await client.query(`alter table ${tableOf(key)} drop constraint ${quoted(key.name)}`)
  for (const { name } of parts.indexes) await client.query(`drop index public.${quoted(name)}`)
  for (const one of parts.triggers)
    await client.query(`alter table ${tableOf(one)} disable trigger ${quoted(one.name)}`)
  return parts
}

export async function putBack(client: pg.Client, { keys, indexes, triggers }: TakenOff): Promise<void> {
  for (const { definition } of indexes) await client.query(definition)
  for (const key of keys)
    await client.query(`alter table ${tableOf(key)} add constraint ${quoted(key.name)} ${key.definition}`)
  for (const one of triggers)
    await client.query(`alter table ${tableOf(one)} enable ${one.mode} trigger ${quoted(one.name)}`)
}

async function keysOf(client: pg.Client): Promise<Part[]> {
  return partsOf(
    client,
    `select k.conname as name, c.relname as table, pg_get_constraintdef(k.oid) as definition, '' as mode
     from pg_constraint k join pg_class c on c.oid = k.conrelid
     where k.contype = 'f' and k.conparentid = 0 and c.relnamespace = 'public'::regnamespace order by 2, 1`,
  )
}

/** Those that belong to no constraint. */
async function indexesOf(client: pg.Client): Promise<Part[]> {
  return partsOf(
    client,
    `select i.relname as name, c.relname as table, pg_get_indexdef(i.oid) as definition, '' as mode
     from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class c on c.oid = x.indrelid
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and not i.relispartition
       and not exists (select from pg_constraint k where k.conindid = i.oid and k.contype in ('p', 'u', 'x'))
     order by 2, 1`,
  )
}

async function triggersOf(client: pg.Client): Promise<Part[]> {
  return partsOf(
    client,
    `select t.tgname as name, c.relname as table, '' as definition,
       case t.tgenabled when 'A' then 'always' when 'R' then 'replica' else '' end as mode
     from pg_trigger t join pg_class c on c.oid = t.tgrelid
     where not t.tgisinternal and t.tgenabled <> 'D' and c.relnamespace = 'public'::regnamespace order by 2, 1`,
  )
}

async function partsOf(client: pg.Client, query: string): Promise<Part[]> {
  return (await client.query<Part>(query)).rows
}
