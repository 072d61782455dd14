import { Prisma } from '../../prisma/client/client.ts'
import { ask } from '../db.ts'
import { unlessNothing } from '../deadlines/sweeping/batches.ts'
import { askConfirmations, type Recorded } from './asking.ts'

const rowsInBatch = 5000

/**
 * CUS-05: files the requests of provisional customers who were recorded before there were any, for those who recorded
 * them. One that was decided against, or taken back, is for people to file again.
 */
export async function fileMissing(now: Date, stopped: () => boolean = () => false): Promise<number> {
  let filed = 0
  for (let n = rowsInBatch; n === rowsInBatch && !stopped(); filed += n) n = await fileBatch(now)
  return filed
}

async function fileBatch(now: Date): Promise<number> {
  // Asked outside first: at every sweep but the first there is nothing.
  const [any] = await ask`select 1 from customer c where ${without} limit 1`
  if (!any) return 0
  return unlessNothing('approval.missing_filed', async (tx) => {
    // Held, so that nobody confirms or corrects one meanwhile; whoever holds one is let finish, and comes with the next.
    const missing = await tx.$queryRaw<Recorded[]>`
      select c.id, c.version, c.created_by_id as "createdById", c.department_id as "departmentId",
        c.region_id as "regionId"
      from customer c where ${without} order by c.id limit ${rowsInBatch} for update of c skip locked`
    await askConfirmations(tx, missing, now)
    return { n: missing.length, after: { filed: missing.length } }
  })
}

// By a look into the index for each, as in verifications/missing.ts.
const without = Prisma.sql`c.standing = 'provisional' and c.withdrawn_at is null and (select r.id from approval_request r
  where r.customer_id = c.id and r.kind = 'customer.confirmation' and r.state <> 'void' limit 1) is null`
