import type { Tx } from '../../db.ts'
import { cancelDeadlines, meetDeadlines, moveDeadline, startDeadlines } from '../../deadlines/commands.ts'
import { dayOf, dayText } from '../../lib/days.ts'
import { daysOfMonth, monthBounds } from '../../lib/months.ts'
import { repaymentSubject } from '../ending.ts'

type Final = { id: bigint; carried: boolean; owed: boolean; settled: boolean; validOn: string }

/**
 * CRD-08: after money or goods of a customer moved: of each final override whose goods are paid the clock has been met, in
 * time or late; where the money was taken back, a bounced draft, it runs again. The account is held.
 */
export async function meetRepayments(tx: Tx, customerId: bigint, now: Date): Promise<void> {
  const finals = await tx.$queryRaw<Final[]>`
    select o.id, r.ground = 'final_override' as carried, s.open > 0 as owed, o.settled_at is not null as settled,
      o.valid_on::text as "validOn"
    from credit_override o join release r on r.id = o.release_id join shipment s on s.release_id = r.id
    where o.customer_id = ${customerId} and o.kind = 'final' and o.state = 'approved'`
  if (finals.length === 0) return
  const those = (which: (one: Final) => boolean) => finals.filter(which).map(repaymentSubject)
  await cancelDeadlines(
    tx,
    'credit.repayment',
    those(({ carried }) => !carried),
    now,
  )
  await meetDeadlines(
    tx,
    'credit.repayment',
    those(({ carried, owed }) => carried && !owed),
    now,
  )
  const again = finals.filter(({ carried, owed, settled }) => carried && owed && !settled)
  const clocks = again.map((one) => ({ subject: repaymentSubject(one), customerId, dueAt: endOf(one.validOn) }))
  await startDeadlines(tx, 'credit.repayment', clocks, now)
}

/** CRD-08: due at the end of the month in which the goods left (2026-11), also where that is not the month of the signing. */
export async function shippedOnOverride(
  tx: Tx,
  { id, customerId }: { id: bigint; customerId: bigint },
  month: string,
  now: Date,
): Promise<void> {
  const where = { releaseId: id, kind: 'final' as const, state: 'approved' as const, settledAt: null }
  for (const final of await tx.creditOverride.findMany({ where, select: { id: true, validOn: true } }))
    await dueBy(tx, final, month, now)
  await meetRepayments(tx, customerId, now)
}

/** The due day of a final override becomes the last of this month; its clock with it. */
export async function dueBy(
  tx: Tx,
  final: { id: bigint; validOn: Date | null },
  month: string,
  now: Date,
): Promise<boolean> {
  const last = daysOfMonth(month).at(-1)!
  if (dayText(final.validOn) === last) return false
  await tx.creditOverride.update({ where: { id: final.id }, data: { validOn: dayOf(last) } })
  await moveDeadline(tx, 'credit.repayment', repaymentSubject(final), { dueAt: endOf(last) }, now)
  return true
}

/** The last moment of the month of this day. */
const endOf = (day: string): Date => new Date(monthBounds(day.slice(0, 7)).until.getTime() - 1)
