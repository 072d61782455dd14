import type { Actor } from '../access/actor.ts'
import type { Audit } from '../audit/change.ts'
import type { Tx } from '../db.ts'
import type { Ending, Request, Said } from './contract.ts'
import { endWithout } from './ending.ts'
import { handlers } from './handlers.ts'

/** Ends a request other than by approving it, with what follows from that for its kind. */
export async function endRequest(
  tx: Tx,
  audit: Audit,
  by: Actor,
  request: Request,
  how: Said & { ending: Ending },
  now: Date,
): Promise<void> {
  await endWithout(tx, audit, by, request, how, now)
  await handlers[request.kind].ended?.(tx, audit, by, request, how.ending, now, how)
}
