import { pool } from '../../src/db.ts'

// What may change though a request is refused: the refusal's own line, the session's time, counted tries, and the alert
// that there were so many (AUD-04), which some are told of.
const restless = ['audit_entry', 'user_sessions', 'sign_in_limit', 'rule_event', 'alert', '_prisma_migrations']
const settled = (name: string) => (name === 'notice' ? ` where t.kind not like 'alert.%'` : '')

/** One fingerprint of everything in the database, to compare before and after a refusal. */
export async function fingerprint(): Promise<Record<string, string>> {
  const { rows: tables } = await pool.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public' and not tablename = any($1)`,
    [restless],
  )
  const one = ({ name }: { name: string }) =>
    `select '${name}' as name, md5(coalesce(string_agg(md5(t::text), '' order by md5(t::text)), '')) as sum from "${name}" t${settled(name)}`
  const { rows } = await pool.query<{ name: string; sum: string }>(tables.map(one).join(' union all '))
  return Object.fromEntries(rows.map(({ name, sum }) => [name, sum]))
}
