import { decideRequest, type Decided, type Verdict } from '../../src/approvals/deciding.ts'
import type { ApprovalKind } from '../../src/approvals/kinds.ts'
import { db } from '../../src/db.ts'
import { now } from '../../src/lib/clock.ts'
import { actorOf } from './make.ts'

/** The newest request of a kind about an object. */
export function requestAbout(kind: ApprovalKind, subject: string) {
  return db.approvalRequest.findFirstOrThrow({ where: { kind, subject }, orderBy: { id: 'desc' } })
}

type Said = { verdict: Verdict; note?: string | undefined }

/** As the inbox does for a person who has just opened the request. */
export async function decideAs(
  person: Parameters<typeof actorOf>[0],
  { id, version }: { id: bigint; version: number },
  { verdict, note }: Said,
): Promise<Decided> {
  return decideRequest(await actorOf(person), id, { verdict, reason: note ?? null, version }, now())
}

/** For what others than the approval itself are tested with: approved as it stands. */
export async function approveChange(number: string, by: Parameters<typeof actorOf>[0]): Promise<void> {
  const { id } = await db.regulationChange.findUniqueOrThrow({ where: { number } })
  await decideAs(by, await requestAbout('regulation.change', `regulation_change:${id}`), { verdict: 'approve' })
}
