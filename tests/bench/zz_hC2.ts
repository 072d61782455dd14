import pg from 'pg'
import { openDatabase } from '../../src/launch/database.ts'
const quiet = { info() {}, error: console.error }
const database = await openDatabase({ dataDir: '/tmp/hC/bench', databaseUrl: undefined, databaseOwnerUrl: undefined }, quiet)
const client = new pg.Client(database.owner)
await client.connect()
const now = new Date('2026-11-25T02:00:00Z')
  await client.query('truncate deadline, deadline_event, deadline_pause, notice')
  await client.query(
    `insert into deadline (kind, subject, customer_id, rule, amount, unit, started_at, soon_at, due_at)
     select 'customer.confirmation', 'customer:' || id, id, 'CUS-05', 1, 'working_day', $1::timestamptz - interval '20 days',
       case when n % 100 < 83 then $1::timestamptz - interval '10 days' else $1::timestamptz + interval '5 days' end,
       case when n % 100 < 33 then $1::timestamptz - interval '2 hours' else $1::timestamptz + interval '8 days' end
     from (select id, row_number() over (order by id) as n from customer limit 100000) as c`, [now])
  await client.query('vacuum (analyze) deadline')
await client.query('begin')
const q = async (sql: string, v: unknown[] = []) => { const { rows } = await client.query('explain (analyze, buffers) ' + sql, v); console.log(rows.map((r) => r['QUERY PLAN']).join('\n'), '\n') }
await q(`with held as materialized (
      select d.id from deadline d where d.met_at is null and d.cancelled_at is null and d.paused_at is null and d.overdue_noted_at is null and d.due_at < $1 order by d.due_at limit 5000 for update skip locked)
    select d.id, d.kind, d.subject, coalesce(c.number, t.number, '') as number, d.started_at as "startedAt",
      d.due_at as "dueAt", d.climbed, d.breached_at is not null as missed,
      coalesce(d.owner_id, c.owner_id, c.created_by_id) as "ownerId",
      case when c.id is null then s.department_id else c.department_id end as "departmentId", c.region_id as "regionId"
    from held join deadline d using (id) left join customer c on c.id = d.customer_id
      left join staff s on s.id = d.owner_id
      left join task t on t.id = case when d.subject ~ '^task:[0-9]+$' then substr(d.subject, 6)::bigint end`, [now])
const { rows } = await client.query('select id from deadline order by due_at limit 5000')
await q(`update deadline d set overdue_noted_at = $2,
        soon_noted_at = coalesce(d.soon_noted_at, $2), breached_at = coalesce(d.breached_at, d.due_at),
        climbed = v.climbed, next_step_at = v.next
      from json_to_recordset($1::json) as v(id bigint, climbed int, next timestamptz) where d.id = v.id`, [JSON.stringify(rows.map(({ id }) => ({ id, climbed: 1, next: now }))), now])
await client.query('rollback')
await client.end()
await database.stop()
process.exit(0)
