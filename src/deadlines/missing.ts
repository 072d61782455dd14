import { Prisma } from '../../prisma/client/client.ts'
import { ask } from '../db.ts'
import { startDeadlines, type ClockSubject } from './commands.ts'
import { unlessNothing } from './sweeping/batches.ts'

const rowsInBatch = 5000

type Missing = { id: bigint; createdAt: Date; imported: boolean }

/** CUS-05: starts the clock of customers who were recorded before there were clocks, from the day they were recorded. */
export async function startMissing(now: Date, stopped: () => boolean = () => false): Promise<number> {
  let started = 0
  for (let n = rowsInBatch; n === rowsInBatch && !stopped(); started += n) n = await startBatch(now)
  return started
}

async function startBatch(now: Date): Promise<number> {
  // Asked outside first: at every sweep but the first there is nothing.
  const [any] = await ask`select 1 from customer c where ${without} limit 1`
  if (!any) return 0
  return unlessNothing('deadline.missing_started', async (tx) => {
    // Held, so that nobody confirms one meanwhile; whoever holds one already starts or ends its clock.
    const missing = await tx.$queryRaw<Missing[]>`
      select c.id, c.created_at as "createdAt", c.import_id is not null as imported from customer c
      where ${without} order by c.id limit ${rowsInBatch} for update of c skip locked`
    const subjects = (imported: boolean) => missing.filter((one) => one.imported === imported).map(subjectOf)
    const kind = 'customer.confirmation'
    await startDeadlines(tx, kind, subjects(false), now)
    await startDeadlines(tx, kind, subjects(true), now, { parameter: 'customers.confirm_imported_days' })
    return { n: missing.length, after: { started: missing.length } }
  })
}

// By a look into the index for each, as in verifications/missing.ts.
const without = Prisma.sql`c.standing = 'provisional' and c.withdrawn_at is null and (
  select d.id from deadline d where d.customer_id = c.id and d.kind = 'customer.confirmation' limit 1) is null`

function subjectOf({ id, createdAt }: Missing): ClockSubject {
  return { subject: `customer:${id}`, customerId: id, startedAt: createdAt }
}
