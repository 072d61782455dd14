import type pg from 'pg'
import { actorFor } from '../../src/access/queries.ts'
import { change } from '../../src/audit/change.ts'
import { figureFor } from '../../src/credit/figure.ts'
import { requestRelease } from '../../src/credit/releasing.ts'
import { connect, disconnect, reads } from '../../src/db.ts'
import { now } from '../../src/lib/clock.ts'
import type { Person } from '../support/cast.ts'

/** The figure of a customer, and the whole decision of a release: account held, weighed, written, told. */
export async function benchFigure(client: pg.Client, app: pg.ClientConfig, sales: Person): Promise<void> {
  await connect(app)
  const { rows: people } = await client.query<{ epoch: number }>('select epoch from staff where id = $1', [sales.id])
  const actor = (await actorFor(String(sales.id), people[0]!.epoch, { ip: null, requestId: null }))!
  const { rows } = await client.query<{ id: string }>(
    'select id from (select id from customer order by id desc limit 90000) c order by id % 9973 limit 400',
  )
  const ids = rows.map(({ id }) => BigInt(id))
  const figures = await timed(ids, (id) => figureFor(reads, id, now()))
  const decisions = await timed(ids.slice(0, 200), (customerId) =>
    change(actor, (tx, audit) =>
      requestRelease(tx, audit, actor, { customerId, amount: '10.00', goods: '冷库门', note: null }, now()),
    ),
  )
  print('figure', figures)
  print('release decision', decisions)
  await disconnect()
}

async function timed(ids: readonly bigint[], work: (id: bigint) => Promise<unknown>): Promise<number[]> {
  for (const id of ids.slice(0, 20)) await work(id)
  const times: number[] = []
  for (const id of ids.slice(20)) {
    const began = performance.now()
    await work(id)
    times.push(performance.now() - began)
  }
  return times.toSorted((a, b) => a - b)
}

const print = (job: string, times: readonly number[]) => {
  const at = (part: number) => times[Math.floor(times.length * part)]!.toFixed(2).padStart(9)
  console.log(`${job.padEnd(26)}${at(0.5)}${at(0.95)}`)
}
