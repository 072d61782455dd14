import type pg from 'pg'

/** The role the pages run as. It owns nothing; what it may do is decided here and nowhere else. */
export const appRole = 'kehu_app'

/** Tables the application may only add to (AUD-02). */
const appendOnly = ['audit_entry']
const closed = ['_prisma_migrations']

// graphile-worker, once it is used, brings its own schema: usage on it and its functions then, nothing on its tables.

type Relation = { name: string; sequence: boolean; held: string[] }

/** Runs after every migration and at every start, so that later tables and a changed list take effect. */
export async function grantToApp(client: pg.Client): Promise<void> {
  const { rows } = await client.query<Relation>(
    `select c.relname as name, c.relkind = 'S' as sequence, array(
       select privilege_type from aclexplode(c.relacl) where grantee = $1::regrole order by 1) as held
     from pg_class c
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'S') and not exists
       (select from pg_depend d where d.objid = c.oid and d.classid = 'pg_class'::regclass and d.deptype = 'e')`,
    [appRole],
  )
  await client.query(`grant usage on schema public to ${appRole}`)
  for (const relation of rows) {
    const wanted = wantedFor(relation)
    if (wanted.join() === relation.held.join()) continue
    const subject = `${relation.sequence ? 'sequence' : 'table'} "${relation.name}"`
    await client.query(`revoke all on ${subject} from ${appRole}`)
    if (wanted.length > 0) await client.query(`grant ${wanted.join(', ')} on ${subject} to ${appRole}`)
  }
}

function wantedFor({ name, sequence }: Relation): string[] {
  if (closed.includes(name)) return []
  if (sequence) return ['SELECT', 'USAGE']
  return appendOnly.includes(name) ? ['INSERT', 'SELECT'] : ['DELETE', 'INSERT', 'SELECT', 'UPDATE']
}
