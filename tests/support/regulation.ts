import { pool } from '../../src/db.ts'
import { forgetRegulations } from '../../src/regulations/in-force.ts'
import type { Values } from '../../src/regulations/parameters.ts'
import { parameters } from '../../src/regulations/parameters.ts'
import { theCast } from './make.ts'

/** Does it under an approved version that sets these values, and takes the version away again. */
export async function under<T>(values: Partial<Values>, work: () => Promise<T>, from = new Date('2020-01-01')) {
  const { system_admin: drafter, general_manager: approver } = await theCast()
  const [name] = Object.keys(values) as (keyof Values)[]
  const { rule } = parameters[name!]
  const { rows } = await pool.query<{ id: string }>(
    `insert into regulation_change (number, state, reason, effective_on, drafted_by_id, drafted_at, decided_by_id, decided_at)
     values ('R' || (select count(*) + 1 from regulation_change) || 'T', 'approved', '试一试', $1::timestamptz, $2, $1, $3, $1)
     returning id`,
    [from, drafter.id, approver.id],
  )
  const change = rows[0]!.id
  await pool.query(
    `insert into regulation_version (change_id, rule, n, values, replaces, in_force_at)
     values ($1, $2, (select coalesce(max(n), 1) + 1 from regulation_version where rule = $2), $3, '{}', $4)`,
    [change, rule, JSON.stringify(values), from],
  )
  forgetRegulations()
  try {
    return await work()
  } finally {
    await pool.query(
      'update deadline set regulation_version_id = null where regulation_version_id in (select id from regulation_version where change_id = $1)',
      [change],
    )
    await pool.query('delete from regulation_version where change_id = $1', [change])
    await pool.query('delete from regulation_change where id = $1', [change])
    forgetRegulations()
  }
}
