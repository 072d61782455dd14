import type { Act } from '../access/table.ts'
import type { Actor } from '../access/actor.ts'
import { isAtStake, staleSince, type Current } from '../audit/stale.ts'
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

/**
 * For a form that took long to write: the conflict screen where what it holds was written by another since, or where
 * nothing can be saved any more. Another act on the complaint alone is no conflict.
 */
export async function refuseIfWritten(
  tx: Tx,
  complaint: Complaint,
  { opened, over, ...form }: LongForm,
): Promise<void> {
  const { fields, typed } = form
  const href = `/complaints/${complaint.number}`
  const end = over ? { over: { refusal: over, href } } : {}
  const stale = await staleSince(tx, subjectOf(complaint), opened, { ...form, ...end })
  const { before } = stale.conflict
  const written = Object.keys(fields).some((name) => typed[name] !== before[name] && typed[name] !== fields[name])
  if (over) throw written ? stale : new Refused([over])
  if (isAtStake(stale, typed)) throw stale
}
