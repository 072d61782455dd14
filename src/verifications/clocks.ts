import type { Tx } from '../db.ts'
import { cancelDeadlines, meetDeadlines, startDeadlines } from '../deadlines/commands.ts'

const kind = 'customer.verification'
type Found = { id: bigint; oldest: Date; wanted: boolean; startedAt: Date | null }

/**
 * CUS-07: brings the clock of these customers in line with what was verified when: it runs from the oldest of the three
 * parts of the record, so it is met, and begins anew, once all three have been verified since. What was recorded with
 * the customer counts from that day. Customers lost, void or withdrawn have none. One or thousands, in four statements.
 */
export async function verificationStart(tx: Tx, ids: bigint[], at: Date): Promise<void> {
  if (ids.length === 0) return
  const found = await oldestOf(tx, ids)
  const gone = found.filter(({ wanted, startedAt }) => !wanted && startedAt !== null)
  const anew = found.filter(({ wanted, startedAt, oldest }) => wanted && startedAt !== null && startedAt < oldest)
  const without = found.filter(({ wanted, startedAt }) => wanted && startedAt === null)
  if (gone.length > 0) await cancelDeadlines(tx, kind, gone.map(subjectOf), at)
  if (anew.length > 0) await meetDeadlines(tx, kind, anew.map(subjectOf), at)
  const subjects = [...anew, ...without].map((one) => ({
    subject: subjectOf(one),
    customerId: one.id,
    startedAt: one.oldest,
  }))
  await startDeadlines(tx, kind, subjects, at)
}

const subjectOf = ({ id }: { id: bigint }) => `customer:${id}`

function oldestOf(tx: Tx, ids: bigint[]): Promise<Found[]> {
  return tx.$queryRaw<Found[]>`
    select c.id, c.withdrawn_at is null and c.life not in ('lost', 'void') as wanted,
      (select started_at from deadline d
        where d.customer_id = c.id and d.kind = ${kind} and d.met_at is null and d.cancelled_at is null) as "startedAt",
      least(coalesce(v.identity, c.created_at), coalesce(v.reach, c.created_at),
        coalesce(v.background, c.created_at)) as oldest
    from customer c left join lateral (
      select max(at) filter (where part = 'identity') as identity, max(at) filter (where part = 'reach') as reach,
        max(at) filter (where part = 'background') as background
      from verification where customer_id = c.id) v on true
    where c.id = any(${ids}::bigint[]) order by c.id`
}
