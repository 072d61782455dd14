import type pg from 'pg'
import { connect, disconnect } from '../../src/db.ts'
import { startMissing } from '../../src/deadlines/missing.ts'
import { sweep } from '../../src/deadlines/jobs.ts'

/**
 * CAL-02: 100,000 open deadlines, half of them due soon and a third overdue, swept at once; then again, when nothing is
 * due. Before any server runs, whose own jobs would sweep along.
 */
export async function benchSweep(client: pg.Client, app: pg.PoolConfig): Promise<void> {
  await connect(app)
  try {
    const now = new Date('2026-11-25T02:00:00Z')
    await clear(client)
    const started = await timed(() => startMissing(now))
    console.log(`clocks for customers without      ${started.ms} ms for ${started.result}`)
    await spread(client, now)
    const first = await timed(() => sweep(now))
    console.log(`sweep of 100,000 open deadlines  ${first.ms} ms   ${JSON.stringify(first.result)}`)
    const again = await timed(() => sweep(now))
    console.log(`sweep with nothing due           ${again.ms} ms`)
    await clear(client)
  } finally {
    await disconnect()
  }
}

async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; result: T }> {
  const began = performance.now()
  const result = await work()
  return { ms: Math.round(performance.now() - began), result }
}

async function clear(client: pg.Client): Promise<void> {
  await client.query('truncate deadline, deadline_event, deadline_pause, notice')
}

/** Of a hundred: fifty due soon, thirty-three overdue, the rest on time. */
async function spread(client: pg.Client, now: Date): Promise<void> {
  await clear(client)
  await client.query(
    `insert into deadline (kind, subject, customer_id, rule, amount, unit, started_at, soon_at, due_at)
     select 'customer.confirmation', 'customer:' || id, id, 'CUS-05', 1, 'working_day', $1::timestamptz - interval '20 days',
       case when n % 100 < 83 then $1::timestamptz - interval '10 days' else $1::timestamptz + interval '5 days' end,
       case when n % 100 < 33 then $1::timestamptz - interval '2 hours' else $1::timestamptz + interval '8 days' end
     from (select id, row_number() over (order by id) as n from customer limit 100000) as c`,
    [now],
  )
  // The other clock of these customers has been met: nothing is missing.
  await client.query(
    `insert into deadline (kind, subject, customer_id, rule, amount, unit, started_at, soon_at, due_at, met_at)
     select 'customer.verification', subject, customer_id, 'CUS-07', 12, 'month', $1, $1, $1, $1 from deadline`,
    [now],
  )
  await client.query('vacuum (analyze) deadline')
}
