import { Prisma } from '../../../prisma/client/client.ts'
import { system } from '../../access/actor.ts'
import { change } from '../../audit/change.ts'
import { ask } from '../../db.ts'
import { reportClocks, startReports } from '../clocks.ts'

/** So many clocks at once. */
const rowsInBatch = 2000

/** Another process was faster: thrown so that the empty transaction leaves no trace. */
class Nothing extends Error {}

/**
 * VIS-06: the clocks of reports whose visit is over by its plan, whether anybody pressed “arrived” or not. Only what waits
 * for a report is read, by the index `visit_unreported`, however many visits there are.
 */
export async function startDueReports(now: Date, stopped: () => boolean = () => false): Promise<{ started: number }> {
  let started = 0
  for (let n = rowsInBatch; n === rowsInBatch && !stopped(); started += n) n = await startBatch(now)
  return { started }
}

/** Of visits not reported yet, those without a running clock: one that was taken back with an arrival begins anew. */
const overSql = (now: Date) => Prisma.sql`state in ('approved', 'done')
  and starts_at + make_interval(mins => minutes) <= ${now}::timestamptz
  and not exists (select from deadline d where d.subject = 'visit:' || visit.id
    and d.kind = any(${[...reportClocks]}::text[]) and d.met_at is null and d.cancelled_at is null)`

type Over = { id: bigint; customerId: bigint | null; ownerId: bigint; startsAt: Date; minutes: number }

async function startBatch(now: Date): Promise<number> {
  const [any] = await ask`select 1 from visit where ${overSql(now)} limit 1`
  if (!any) return 0
  try {
    return await change(system, async (tx, audit) => {
      const over = await tx.$queryRaw<Over[]>`
        select id, customer_id as "customerId", owner_id as "ownerId", starts_at as "startsAt", minutes from visit
        where ${overSql(now)} order by id limit ${rowsInBatch} for update skip locked`
      if (over.length === 0) throw new Nothing()
      await startReports(tx, over, now)
      await audit('visit.reports_started', 'deadlines:visit.report', { after: { started: over.length } })
      return over.length
    })
  } catch (error) {
    if (error instanceof Nothing) return 0
    throw error
  }
}
