import type { Tx } from '../db.ts'

/** Signs the person out everywhere: sessions of an older epoch are nobody's (ACC-01). */
export async function endSessions(tx: Tx, id: bigint): Promise<void> {
  await tx.staff.update({ where: { id }, data: { epoch: { increment: 1 } }, select: { id: true } })
  await tx.$executeRaw`delete from user_sessions where sess ->> 'staffId' = ${String(id)}`
}
