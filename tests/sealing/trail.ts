import pg from 'pg'
import { ownDatabase } from '../support/connected.ts'
import type { Logins } from '../support/database.ts'

/** A database whose trail is this file's own, and its owner, who can do what an intruder with the database can. */
export async function ownTrail(name: string, connecting?: (logins: Logins) => pg.PoolConfig) {
  const logins = await ownDatabase(name, connecting)
  const intruder = new pg.Client(logins.owner)
  await intruder.connect()
  return { ...logins, intruder }
}

/** Lines of every kind: with and without what was before, with texts that look alike when run together. */
export const writeLines = (to: { query: (sql: string, values: unknown[]) => Promise<unknown> }, lines: number) =>
  to.query(
    `insert into audit_entry (at, kind, actor_id, actor_name, action, subject, before, after, why, ip, request_id)
     select '2026-11-22T01:00:00Z'::timestamptz + g * interval '7 seconds', (array['change','read','access'])[1 + g % 3]::audit_kind,
       nullif(g % 5, 0), '云外客', 'customer.corrected', 'customer:' || g % 40,
       case when g % 3 = 0 then jsonb_build_object('version', g % 9, 'name', '海市' || g || '号灯铺') end,
       case when g % 4 > 0 then jsonb_build_object('name', '海市' || g || '号灯铺', 'phone', '138****0000') end,
       case when g % 7 = 0 then '电话核实' end, case when g % 2 = 0 then '10.0.0.' || g % 250 end, gen_random_uuid()::text
     from generate_series(1, $1::int) g`,
    [lines],
  )

/** Waits until all transactions that ran when the last seal was made have ended, those of other databases among them. */
export async function othersEnded(on: pg.Client): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    const { rows } = await on.query(
      `select 1 from trail_seal where n = (select max(n) from trail_seal) and horizon > pg_snapshot_xmin(pg_current_snapshot())`,
    )
    if (rows.length === 0) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('another transaction does not end')
}
