import type { Actor } from '../../src/access/actor.ts'
import { decideRequest, type Verdict } from '../../src/approvals/deciding.ts'
import type { ApprovalKind } from '../../src/approvals/kinds.ts'
import { handlers } from '../../src/approvals/handlers.ts'
import { requestOf } from '../../src/approvals/queries.ts'
import { db } from '../../src/db.ts'

/** The last request of a kind about an object. */
export async function requestAbout(kind: ApprovalKind, subject: string) {
  const row = await db.approvalRequest.findFirstOrThrow({ where: { kind, subject }, orderBy: { id: 'desc' } })
  return requestOf(row)
}

/** Decides it as it is now, as the inbox would. */
export async function decide(
  by: Actor,
  kind: ApprovalKind,
  subject: string,
  verdict: Verdict,
  now: Date,
  reason: string | null = null,
) {
  const { id, version } = await requestAbout(kind, subject)
  return decideRequest(by, id, { verdict, reason, version }, now)
}

/** What somebody sees of it. */
export async function cardOf(reader: Actor, kind: ApprovalKind, subject: string, now: Date) {
  return handlers[kind].card(reader, await requestAbout(kind, subject), now)
}
