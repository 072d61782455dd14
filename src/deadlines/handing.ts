import type { Tx } from '../db.ts'
import type { DeadlineKind } from './kinds.ts'

/** A running clock becomes somebody else's; when it is due does not change. */
export async function handDeadlineOn(tx: Tx, kind: DeadlineKind, subject: string, ownerId: bigint): Promise<void> {
  await tx.deadline.updateMany({ where: { kind, subject, metAt: null, cancelledAt: null }, data: { ownerId } })
}

/** The same for many at once. */
export async function handDeadlinesOn(tx: Tx, kind: DeadlineKind, subjects: string[], ownerId: bigint): Promise<void> {
  const running = { metAt: null, cancelledAt: null }
  await tx.deadline.updateMany({ where: { kind, subject: { in: subjects }, ...running }, data: { ownerId } })
}
