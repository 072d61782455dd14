import type pg from 'pg'
import { actorFor } from '../../src/access/queries.ts'
import type { Actor } from '../../src/access/actor.ts'
import { inboxCounts, inboxFor } from '../../src/approvals/inbox.ts'
import { filedBy, registerOf } from '../../src/approvals/lists.ts'
import { stepsOf } from '../../src/approvals/reading.ts'
import { customersFor } from '../../src/customers/list/queries.ts'
import { listQuery } from '../../src/customers/list/forms.ts'
import { connect, db, disconnect } from '../../src/db.ts'
import type { Cast, Person } from '../support/cast.ts'

const closed = 1_000_000
const open = 5000

/** APR-03: an inbox of 5,000 over a million closed approvals, beside the customer list in the same process. */
export async function benchApprovals(client: pg.Client, app: pg.PoolConfig, cast: Cast): Promise<void> {
  const now = new Date('2026-11-25T02:00:00Z')
  await fill(client, now, cast)
  await connect(app)
  try {
    const [director, head, auditor] = await Promise.all(
      [cast.sales_director, cast.dept_head, cast.auditor].map(actorOf),
    )
    const list = listQuery.parse({})
    await print('customer list', () => customersFor(director!, list))
    await print('inbox of 5,000, first page', () => inboxFor(director!, {}, now))
    const deep = await deepIn(director!, now)
    await print('inbox, deep by keyset', () => inboxFor(director!, { after: deep }, now))
    await print('inbox, one kind', () => inboxFor(director!, { kind: 'customer.key_fields' }, now))
    await print('inbox counts by kind', () => inboxCounts(director!, now))
    await print('inbox of few among them', () => inboxFor(head!, {}, now))
    await print('counts of few among them', () => inboxCounts(head!, now))
    const { rows } = await inboxFor(director!, {}, now)
    await print('signatures of one request', () => stepsOf(rows[0]!.id))
    await print('what I asked for', () => filedBy(head!, {}))
    await print('register, refused only', () => registerOf(auditor!, { state: 'refused' }))
    await print('register, one kind', () => registerOf(auditor!, { kind: 'customer.key_fields' }))
  } finally {
    await disconnect()
  }
}

async function actorOf({ id }: Person): Promise<Actor> {
  const { epoch } = await db.staff.findUniqueOrThrow({ where: { id } })
  return (await actorFor(String(id), epoch, { ip: null, requestId: null }))!
}

async function deepIn(actor: Actor, now: Date): Promise<string> {
  let after = (await inboxFor(actor, {}, now)).rows.at(-1)!.number
  for (let page = 0; page < 100; page++) after = (await inboxFor(actor, { after }, now)).rows.at(-1)!.number
  return after
}

async function print(word: string, work: () => Promise<unknown>): Promise<void> {
  const spent: number[] = []
  for (let at = -10; at < 60; at++) {
    const began = performance.now()
    await work()
    if (at >= 0) spent.push(performance.now() - began)
  }
  spent.sort((one, other) => one - other)
  console.log(`${word.padEnd(33)}${spent[30]!.toFixed(2)} ms (p95 ${spent[57]!.toFixed(2)} ms)`)
}

/** Once for a folder of data: a million that ended years ago, a few of them refused, and what waits now. */
async function fill(client: pg.Client, now: Date, cast: Cast): Promise<void> {
  const { rows } = await client.query<{ n: number }>(
    `select count(*)::int as n from (select 1 from approval_request limit $1) as found`,
    [closed],
  )
  if (rows[0]!.n < closed) await insert(client, now, cast)
  // The sweep before has cleared all clocks away.
  await client.query(
    `insert into deadline (kind, subject, rule, amount, unit, started_at, soon_at, due_at)
     select 'approval.step', 'approval_step:' || id, 'APR-05', 1, 'working_day', opened_at, opened_at + interval '20 hours',
       opened_at + interval '31 hours' from approval_step where state = 'open'`,
  )
  await client.query('vacuum (analyze) deadline')
}

async function insert(client: pg.Client, now: Date, cast: Cast): Promise<void> {
  const began = performance.now()
  const { rows } = await client.query<{ department: string }>(
    `select array(select id::text from department order by id)::text as department`,
  )
  await client.query('begin')
  await client.query(
    `insert into approval_request (number, kind, subject, customer_id, department_id, state, asked, payload, basis,
       filed_by_id, filed_at, ended_at, version)
     select 'S2020' || lpad(n::text, 7, '0'), k.kind, 'customer:' || c.id, c.id, (d.ids)[1 + n % array_length(d.ids, 1)],
       (case when n > $1::int then 'waiting' when n % 1000 = 0 then 'refused' else 'approved' end)::approval_state, $6::jsonb, $7::jsonb, '1',
       p.ids[1 + n % array_length(p.ids, 1)],
       $3::timestamptz - (interval '2 minutes' * ($1::int + $2::int - n)), case when n <= $1::int then $3::timestamptz end, 1
     from generate_series(1, $1::int + $2::int) as n
       cross join (select array_agg(id) as ids from customer) customers,
       lateral (select customers.ids[1 + n % array_length(customers.ids, 1)] as id) c,
       lateral (select (array['customer.key_fields', 'customer.confirmation'])[1 + n % 2] as kind) k,
       (select $4::bigint[] as ids) d, (select $5::bigint[] as ids) p`,
    [
      closed,
      open,
      now,
      rows[0]!.department,
      [cast.sales.id, cast.front_desk.id, cast.cs_manager.id, cast.archivist.id],
      JSON.stringify([{ field: 'name', before: '北溟旧号茶行', after: '北溟新号茶行' }]),
      JSON.stringify({ way: 'document', wayNote: null, distinction: null, facts: { name: '北溟新号茶行' } }),
    ],
  )
  await client.query(
    `insert into approval_step (request_id, n, kind, role, department_id, filed_by_id, excluded, state, opened_at, decided_at,
       decided_by_id, reason)
     select id, 1, kind, (case when id % 20 = 0 then 'dept_head' else 'sales_director' end)::role, department_id, filed_by_id,
       array[filed_by_id], (case when state = 'waiting' then 'open' else state::text end)::step_state, filed_at,
       case when state <> 'waiting' then filed_at end, case when state <> 'waiting' then $1::bigint end,
       case when state = 'refused' then '不必' end
     from approval_request where number like 'S2020%'`,
    [cast.general_manager.id],
  )
  await client.query('commit')
  await client.query('vacuum (analyze) approval_request')
  await client.query('vacuum (analyze) approval_step')
  console.log(`a million approvals made in       ${Math.round(performance.now() - began)} ms`)
}
