import { Prisma } from '../../prisma/client/client.ts'
import { ask } from '../db.ts'
import { unlessNothing } from '../deadlines/sweeping/batches.ts'
import { verificationStart } from './clocks.ts'

const rowsInBatch = 5000
const hour = 60 * 60_000
let lookedAt = -Infinity

/**
 * CUS-07: starts the clock of customers who were recorded before there were clocks. Every act of today starts its own,
 * so looking through a million customers once an hour is enough.
 */
export async function startMissingVerifications(now: Date, stopped: () => boolean = () => false): Promise<number> {
  if (Math.abs(now.getTime() - lookedAt) < hour) return 0
  let started = 0
  for (let n = rowsInBatch; n === rowsInBatch && !stopped(); started += n) n = await startBatch(now)
  lookedAt = now.getTime()
  return started
}

/** For tests, whose clock goes back. */
export function forgetMissing(): void {
  lookedAt = -Infinity
}

async function startBatch(now: Date): Promise<number> {
  const [any] = await ask`select 1 from customer c where ${without} limit 1`
  if (!any) return 0
  return unlessNothing('deadline.missing_started', async (tx) => {
    const missing = await tx.$queryRaw<{ id: bigint }[]>`
      select c.id from customer c where ${without} order by c.id limit ${rowsInBatch} for update of c skip locked`
    const ids = missing.map(({ id }) => id)
    await verificationStart(tx, ids, now)
    return { n: ids.length, after: { started: ids.length } }
  })
}

// A look into the index for each: until it is analyzed again, the database takes thousands of new clocks for none, and a
// join that is planned on that takes minutes.
const without = Prisma.sql`c.withdrawn_at is null and c.life not in ('lost', 'void') and (
  select d.id from deadline d where d.customer_id = c.id and d.kind = 'customer.verification' limit 1) is null`
