import type pg from 'pg'
import { connect, disconnect } from '../../src/db.ts'
import { startMissing } from '../../src/deadlines/missing.ts'
import { sweep } from '../../src/deadlines/jobs.ts'

const owners = 500

/**
 * CAL-02: 100,000 open deadlines, half of them due soon and a third overdue, swept at once; then again, when nothing is
 * due. Once all alike, as after an import, and once each with moments of its own, of two kinds and 500 owners, after a
 * standstill of weeks. Before any server runs, whose own jobs would sweep along.
 */
export async function benchSweep(client: pg.Client, app: pg.PoolConfig): Promise<void> {
  await connect(app)
  try {
    const now = new Date('2026-11-25T02:00:00Z')
    await clear(client)
    await print('clocks for customers without', () => startMissing(now))
    for (const [word, spread] of [
      ['alike', alike],
      ['each its own', scattered],
    ] as const) {
      await clear(client)
      await spread(client, now)
      await meetOthers(client, now)
      await print(`sweep of 100,000, ${word}`, () => sweep(now))
      await print('sweep with nothing due', () => sweep(now))
    }
    await clear(client)
  } finally {
    await disconnect()
  }
}

/** Beside the time on the clock, that of this process alone: on a busy machine it says more. */
async function print(word: string, work: () => Promise<unknown>): Promise<void> {
  const [began, used] = [performance.now(), process.cpuUsage()]
  const result = await work()
  const { user, system } = process.cpuUsage(used)
  const [ms, own] = [Math.round(performance.now() - began), Math.round((user + system) / 1000)]
  console.log(`${word.padEnd(33)}${ms} ms (node ${own} ms)   ${JSON.stringify(result)}`)
}

async function clear(client: pg.Client): Promise<void> {
  await client.query('truncate deadline, deadline_event, deadline_pause, notice')
}

/** Of a hundred: fifty due soon, thirty-three overdue, the rest on time. */
async function alike(client: pg.Client, now: Date): Promise<void> {
  await client.query(
    `insert into deadline (kind, subject, customer_id, rule, amount, unit, started_at, soon_at, due_at)
     select 'customer.confirmation', 'customer:' || id, id, 'CUS-05', 1, 'working_day', $1::timestamptz - interval '20 days',
       case when n % 100 < 83 then $1::timestamptz - interval '10 days' else $1::timestamptz + interval '5 days' end,
       case when n % 100 < 33 then $1::timestamptz - interval '2 hours' else $1::timestamptz + interval '8 days' end
     from (select id, row_number() over (order by id) as n from customer limit 100000) as c`,
    [now],
  )
}

async function scattered(client: pg.Client, now: Date): Promise<void> {
  await client.query(
    `insert into staff (number, name, pinyin, password_hash, must_change_password)
     select 'W' || n, '梦泽' || n, 'mengze', 'x', false from generate_series(1, $1::int) as n on conflict do nothing`,
    [owners],
  )
  await client.query(
    `insert into deadline (kind, subject, customer_id, owner_id, rule, amount, unit, started_at, soon_at, due_at)
     select case when n % 2 = 0 then 'customer.confirmation' else 'customer.verification' end, 'customer:' || id, id,
       (select min(id) from staff where number like 'W%') + n / 2 % $2::int,
       case when n % 2 = 0 then 'CUS-05' else 'CUS-07' end, case when n % 2 = 0 then 1 else 12 end,
       (case when n % 2 = 0 then 'working_day' else 'month' end)::deadline_unit,
       $1::timestamptz - interval '400 days' + n * interval '173 seconds 7 milliseconds',
       case when n % 100 < 83 then $1::timestamptz - interval '160 days' + n * interval '100 seconds 3 milliseconds'
         else $1::timestamptz + interval '5 days' end,
       case when n % 100 < 33 then $1::timestamptz - interval '40 days' + n * interval '30 seconds 1 millisecond'
         else $1::timestamptz + interval '8 days' + n * interval '11 seconds 3 milliseconds' end
     from (select id, row_number() over (order by id) as n from customer limit 100000) as c`,
    [now, owners],
  )
}

/** The other clock of these customers has been met: nothing is missing. */
async function meetOthers(client: pg.Client, now: Date): Promise<void> {
  await client.query(
    `insert into deadline (kind, subject, customer_id, rule, amount, unit, started_at, soon_at, due_at, met_at)
     select case when kind = 'customer.confirmation' then 'customer.verification' else 'customer.confirmation' end, subject,
       customer_id, 'CUS-07', 12, 'month', $1, $1, $1, $1 from deadline`,
    [now],
  )
  await client.query('vacuum (analyze) deadline')
}
