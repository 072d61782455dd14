import type { Tx } from '../../db.ts'
import type { Params } from '../../lib/refused.ts'
import { notify } from '../../notices/commands.ts'
import { subjectOf } from './queries.ts'

type About = { month: string; to: readonly bigint[]; params?: Params }

/** CMP-19: tells people of a month, with the way to its figures. */
export async function tellOfMonth(
  tx: Tx,
  kind: 'complaint.month_due' | 'complaint.month_reported',
  { month, to, params }: About,
  now: Date,
): Promise<void> {
  const href = `/complaints/month?month=${month}`
  const notice = { kind, subject: subjectOf(month), href, rule: 'CMP-19', params: { ...params, month } }
  await notify(
    tx,
    to.map((one) => ({ ...notice, to: one })),
    now,
  )
}
