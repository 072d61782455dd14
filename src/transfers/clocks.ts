import { calendarAt } from '../calendar/queries.ts'
import type { Tx } from '../db.ts'
import { cancelDeadlines, meetDeadlines, startDeadlines } from '../deadlines/commands.ts'
import { dayStart } from '../lib/dates.ts'
import { regulationAt } from '../regulations/in-force.ts'
import { partOf, type Transfer } from './queries.ts'
import { limitOf } from './rules.ts'

type Clocked = Pick<Transfer, 'id' | 'customerId' | 'endedOn'>

/** ARC-03: A's three working days count from the day the project ended, whenever the list is begun. */
export async function startHandOver(tx: Tx, transfer: Clocked & { officerId: bigint }, from: Date): Promise<void> {
  const { customerId, officerId: ownerId } = transfer
  await startDeadlines(tx, 'transfer.hand_over', [{ subject: partOf(transfer), customerId, ownerId }], from)
}

export const projectEnd = ({ endedOn }: Pick<Transfer, 'endedOn'>): Date => dayStart(endedOn)

/** ARC-03: B's two more begin when it came into B's hands. */
export async function startCheck(tx: Tx, transfer: Clocked & { checkerId: bigint }, from: Date): Promise<void> {
  const { customerId, checkerId: ownerId } = transfer
  await startDeadlines(tx, 'transfer.check', [{ subject: partOf(transfer), customerId, ownerId }], from)
}

export const meetHandOver = (tx: Tx, transfer: Transfer, now: Date) =>
  meetDeadlines(tx, 'transfer.hand_over', [partOf(transfer)], now)

export const meetCheck = (tx: Tx, transfer: Transfer, now: Date) =>
  meetDeadlines(tx, 'transfer.check', [partOf(transfer)], now)

export async function stopClocks(tx: Tx, transfer: Transfer, supplements: { id: bigint }[], now: Date): Promise<void> {
  await cancelDeadlines(tx, 'transfer.hand_over', [partOf(transfer)], now)
  await cancelDeadlines(tx, 'transfer.check', [partOf(transfer)], now)
  await cancelDeadlines(
    tx,
    'transfer.supplement',
    supplements.map(({ id }) => `supplement:${id}`),
    now,
  )
}

/** The end of both periods together, by the figures in force when the project ended. */
export async function limitFor({ endedOn }: Pick<Transfer, 'endedOn'>): Promise<Date> {
  const from = dayStart(endedOn)
  const [regulation, calendar] = await Promise.all([regulationAt(from), calendarAt(from)])
  const days = { handOver: regulation.value('archive.hand_over_days'), check: regulation.value('archive.check_days') }
  return limitOf(calendar, endedOn, days)
}
