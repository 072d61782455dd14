import type pg from 'pg'

/** The role the pages run as. It owns nothing; what it may do is decided here and nowhere else. */
export const appRole = 'kehu_app'

/** Tables the application may only add to (AUD-02). */
const appendOnly = ['audit_entry', 'trail_seal']
const closed = ['_prisma_migrations']

/** What running jobs needs of graphile-worker's tables; it also guards them row by row, against everyone but their owner. */
const ofJobs: Record<string, string[]> = {
  _private_jobs: ['DELETE', 'INSERT', 'SELECT', 'UPDATE'],
  _private_job_queues: ['DELETE', 'INSERT', 'SELECT', 'UPDATE'],
  _private_known_crontabs: ['INSERT', 'SELECT', 'UPDATE'],
  _private_tasks: ['INSERT', 'SELECT'],
  migrations: ['SELECT'],
}

type Relation = { schema: string; name: string; sequence: boolean; held: string[]; guarded: boolean; open: boolean }

/** Runs after every migration and at every start, so that later tables and a changed list take effect. */
export async function grantToApp(client: pg.Client): Promise<void> {
  const { rows } = await client.query<Relation>(
    `select n.nspname as schema, c.relname as name, c.relkind = 'S' as sequence, c.relrowsecurity as guarded,
       exists (select from pg_policy p where p.polrelid = c.oid and p.polname = $1) as open,
       array(select privilege_type from aclexplode(c.relacl) where grantee = $1::regrole order by 1) as held
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname in ('public', 'graphile_worker') and c.relkind in ('r', 'p', 'v', 'm', 'S') and not exists
       (select from pg_depend d where d.objid = c.oid and d.classid = 'pg_class'::regclass and d.deptype = 'e')`,
    [appRole],
  )
  for (const schema of new Set(['public', ...rows.map((relation) => relation.schema)]))
    await client.query(`grant usage on schema ${schema} to ${appRole}`)
  for (const relation of rows) await grant(client, relation)
}

async function grant(client: pg.Client, relation: Relation): Promise<void> {
  const { schema, name, sequence, held, guarded, open } = relation
  const wanted = wantedFor(relation)
  if (guarded && !open && wanted.length > 0)
    await client.query(`create policy ${appRole} on ${schema}."${name}" to ${appRole} using (true) with check (true)`)
  if (wanted.join() === held.join()) return
  const subject = `${sequence ? 'sequence' : 'table'} ${schema}."${name}"`
  await client.query(`revoke all on ${subject} from ${appRole}`)
  if (wanted.length > 0) await client.query(`grant ${wanted.join(', ')} on ${subject} to ${appRole}`)
}

function wantedFor({ schema, name, sequence }: Relation): string[] {
  if (schema === 'graphile_worker') return ofJobs[name] ?? []
  if (closed.includes(name)) return []
  if (sequence) return ['SELECT', 'USAGE']
  return appendOnly.includes(name) ? ['INSERT', 'SELECT'] : ['DELETE', 'INSERT', 'SELECT', 'UPDATE']
}
