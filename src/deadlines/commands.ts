import type { Tx } from '../db.ts'
import { idText } from '../lib/ids.ts'
import { ruleEventsIn } from '../regulations/events.ts'
import { regulationAt } from '../regulations/in-force.ts'
import { groundsOf, lockClocks } from './clocks.ts'
import { kindOf, type AmountParameter, type DeadlineKind } from './kinds.ts'
import { endPause } from './pausing.ts'
import { dueOf, soonOf } from './rules.ts'

export { carryPauses, pausesOf } from './carrying.ts'
export { pauseDeadline, resumeDeadline } from './pausing.ts'
export { moveDeadline, recomputeDeadlines } from './recomputing.ts'

/**
 * Whose clock: `ownerId` where it is not the customer's owner; `dueAt` where the moment is given, `amount` where the case
 * itself says how much time there is.
 */
export type ClockSubject = {
  subject: string
  customerId?: bigint
  ownerId?: bigint
  dueAt?: Date
  amount?: number
  startedAt?: Date
}

/**
 * Starts a clock for each subject, in one statement for one and for thousands. Where one of the kind runs already, it
 * runs on as it is. `options.parameter`: another figure of the regulation than the kind's own.
 */
export async function startDeadlines(
  tx: Tx,
  kind: DeadlineKind,
  subjects: ClockSubject[],
  startedAt: Date,
  options: { parameter?: AmountParameter } = {},
): Promise<number> {
  if (subjects.length === 0) return 0
  // The rows of an import begin together: reckoned once.
  const reckoned = new Map<string, Promise<Reckoned>>()
  const rows = []
  for (const { subject, customerId, ownerId, dueAt, amount, startedAt: own = startedAt } of subjects) {
    const key = `${own.getTime()} ${dueAt?.getTime()} ${amount}`
    const moments = reckoned.get(key) ?? reckonedFor(kind, own, { dueAt, amount, other: options.parameter })
    reckoned.set(key, moments)
    rows.push({ subject, customer: idText(customerId), owner: idText(ownerId), ...(await moments) })
  }
  return tx.$executeRaw`
    insert into deadline (kind, subject, customer_id, owner_id, rule, regulation_version_id, amount, unit, started_at,
      due_at, soon_at)
    select ${kind}, subject, customer, owner, ${kindOf(kind).rule}, version, amount, ${kindOf(kind).unit}::deadline_unit,
      started, due, soon
    from json_to_recordset(${JSON.stringify(rows)}::json) as v(subject text, customer bigint, owner bigint,
      version bigint, amount int, started timestamptz, due timestamptz, soon timestamptz)
    on conflict (subject, kind) where met_at is null and cancelled_at is null do nothing`
}

/**
 * The act that was waited for is done. Late is late: the missed moment is recorded here, when no sweep came by before.
 * Subjects without a running clock are passed over, so that an act may simply say that it was done.
 */
export async function meetDeadlines(tx: Tx, kind: DeadlineKind, subjects: string[], now: Date): Promise<void> {
  const clocks = await lockClocks(tx, kind, subjects)
  if (clocks.length === 0) return
  for (const clock of clocks) if (clock.pausedAt) await endPause(tx, clock, now)
  const [{ breached }] = await tx.$queryRaw<[{ breached: number }]>`
    with ended as (
      update deadline d set met_at = ${now}::timestamptz, paused_at = null,
        breached_at = coalesce(d.breached_at, case when ${now}::timestamptz > d.due_at then d.due_at end)
      from deadline before
      where before.id = d.id and d.id = any(${clocks.map(({ id }) => id)}::bigint[])
      returning d.id, d.due_at, d.met_at > d.due_at as late, before.breached_at is null and d.breached_at is not null as missed),
    told as (
      insert into deadline_event (deadline_id, at, kind, detail)
      select id, ${now}::timestamptz, 'met', jsonb_build_object('due', due_at, 'late', late) from ended)
    select count(*) filter (where missed)::int as breached from ended`
  await countBreaches(tx, kind, breached, now)
}

/** What was waited for is not wanted any more: withdrawn, void. A breach before stays recorded, also without a sweep. */
export async function cancelDeadlines(tx: Tx, kind: DeadlineKind, subjects: string[], now: Date): Promise<void> {
  if (subjects.length === 0) return
  const [{ breached }] = await tx.$queryRaw<[{ breached: number }]>`
    with ended as (
      update deadline d set cancelled_at = ${now}::timestamptz, paused_at = null,
        breached_at = coalesce(d.breached_at, case when coalesce(d.paused_at, ${now}::timestamptz) > d.due_at then d.due_at end)
      from deadline before
      where before.id = d.id and d.kind = ${kind} and d.subject = any(${subjects}::text[]) and d.met_at is null
        and d.cancelled_at is null
      returning d.id, d.due_at, before.breached_at is null and d.breached_at is not null as missed),
    resumed as (
      update deadline_pause set until_at = ${now}::timestamptz
      where until_at is null and deadline_id in (select id from ended)),
    told as (
      insert into deadline_event (deadline_id, at, kind, detail)
      select id, ${now}::timestamptz, 'cancelled', jsonb_build_object('due', due_at) from ended)
    select count(*) filter (where missed)::int as breached from ended`
  await countBreaches(tx, kind, breached, now)
}

async function countBreaches(tx: Tx, kind: DeadlineKind, n: number, now: Date): Promise<void> {
  if (n > 0) await ruleEventsIn(tx, [{ rule: kindOf(kind).rule, effect: 'breached', place: kind, n }], now)
}

/** When a clock of this kind that began at this moment would be due. */
export const dueFrom = async (kind: DeadlineKind, startedAt: Date): Promise<Date> =>
  (await reckonedFor(kind, startedAt, {})).due

type Reckoned = { version: string | null; amount: number; started: Date; due: Date; soon: Date }

async function reckonedFor(
  kind: DeadlineKind,
  startedAt: Date,
  {
    dueAt,
    amount: own,
    other,
  }: { dueAt?: Date | undefined; amount?: number | undefined; other?: AmountParameter | undefined },
): Promise<Reckoned> {
  const { rule, unit, parameter } = kindOf(kind)
  const regulation = await regulationAt(startedAt)
  const name = other ?? parameter
  const amount = own ?? (name && !dueAt ? regulation.value(name) : 0)
  const { calendar, share } = await groundsOf(startedAt)
  const due = dueOf(calendar, { amount, unit }, startedAt, [], dueAt)
  // What was due before it was even asked for has had no time at all.
  const started = due < startedAt ? due : startedAt
  const soon = soonOf(calendar, unit, { startedAt: started, dueAt: due }, share)
  return { version: idText(regulation.versionOf(rule)?.id), amount, started, due, soon }
}
