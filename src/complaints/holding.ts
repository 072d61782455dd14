import type { Act } from '../access/table.ts'
import type { Actor } from '../access/actor.ts'
import { refuseIfWritten as refuseWritten, type Current } from '../audit/stale.ts'
import type { Tx } from '../db.ts'
import { Forbidden, Refused, type Refusal } from '../lib/refused.ts'
import { mayWith } from './policy.ts'
import { lockComplaint, subjectOf, type Complaint } from './queries.ts'

/** What the form of an act was opened on (none where many are done at once), and the rule that is named. */
type Opened = { version?: number | undefined; rule?: string }

/**
 * How every act on a complaint begins: it is locked, whether this person may do it is asked again of what it is now
 * (PPL-01, CMP-03), and with `opened` the act is refused to whoever saw another complaint.
 */
export async function holdFor(tx: Tx, actor: Actor, id: bigint, act: Act, opened?: Opened): Promise<Complaint> {
  const complaint = await lockComplaint(tx, id)
  if (!mayWith(actor, act, complaint)) throw new Forbidden(act)
  if (opened?.version !== undefined) refuseIfChanged(complaint, opened.version, opened.rule)
  return complaint
}

/** Whoever opened the form saw another complaint than it is now. */
export function refuseIfChanged({ version }: Complaint, opened: number, rule = 'CMP-07'): void {
  if (version !== opened) throw new Refused([{ rule, reason: 'complaints:refused.changedMeanwhile' }])
}

type LongForm = Omit<Current, 'over' | 'typed'> & {
  opened: number
  typed: Record<string, string>
  /** Why it cannot be saved any more, whatever is chosen. */
  over?: Refusal
}

/** For a form that took long to write (audit/stale.ts). */
export async function refuseIfWritten(
  tx: Tx,
  complaint: Complaint,
  { opened, over, ...form }: LongForm,
): Promise<void> {
  const end = over ? { over: { refusal: over, href: `/complaints/${complaint.number}` } } : {}
  await refuseWritten(tx, subjectOf(complaint), opened, { ...form, ...end })
}
