import type { HistoryLine } from '../customers/history/queries.ts'
import { veilDeep } from '../customers/sensitivity.ts'
import { db } from '../db.ts'
import { partOf, type Transfer } from './queries.ts'

/** The waiting request for leave to be late. */
export function lateRequestOf(transfer: Pick<Transfer, 'id'>): Promise<{ number: string } | null> {
  const where = { kind: 'archive.transfer', subject: partOf(transfer), state: 'waiting' as const }
  return db.approvalRequest.findFirst({ where, select: { number: true } })
}

/** What happened to it: its lines stand in the trail of its customer. */
export async function historyOf({ id, customerId }: Transfer): Promise<HistoryLine[]> {
  const lines = await db.auditEntry.findMany({
    where: { subject: `customer:${customerId}`, kind: 'change', before: { path: ['part'], equals: `transfer:${id}` } },
    orderBy: { id: 'desc' },
    take: 50,
    select: { id: true, at: true, actorName: true, action: true, before: true, after: true, why: true },
  })
  const fields = (value: unknown) => veilDeep(value ?? {}) as Record<string, unknown>
  return lines.map((line) => ({ ...line, before: fields(line.before), after: fields(line.after) }))
}
