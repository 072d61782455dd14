import { endRequest } from '../../approvals/closing.ts'
import { lockRequest } from '../../approvals/queries.ts'
import type { Audit } from '../../audit/change.ts'
import type { Tx } from '../../db.ts'
import type { Work } from '../kinds.ts'

/**
 * What the leaver asked for and nobody has decided is withdrawn: who asked stays who asked (APR-01), and nobody else
 * could answer for it. Whoever still wants it files it anew.
 */
export async function withdrawRequests(tx: Tx, audit: Audit, { actor, ids, from, why, now }: Work): Promise<bigint[]> {
  const ended: bigint[] = []
  for (const id of ids) {
    const request = await lockRequest(tx, id)
    if (request.state !== 'waiting' || request.filedById !== from.id) continue
    await endRequest(tx, audit, actor, request, { ending: 'withdrawn', reason: why }, now)
    ended.push(id)
  }
  return ended
}
