import { RateLimiterRes, type RateLimiterPostgres } from 'rate-limiter-flexible'
import type { Actor } from '../access/actor.ts'
import { actorFor } from '../access/queries.ts'
import { pool } from '../db.ts'
import { regulationAt } from '../regulations/in-force.ts'
import { limiter } from '../session/limits.ts'
import type { Admission, Caller } from '../web/api.ts'
import { tokenInForce, type Known } from './queries.ts'
import { hashOf, isSecret } from './secret.ts'

const minute = 60_000
/** One address may try so many tokens that are nobody's in a quarter of an hour; a good one is let in all the same. */
export const triesOfAddress = 60

/**
 * CRD-18: whom a token lets in. It does what its person may do at this very moment, as far as it was given to it: whoever
 * is suspended or has left does nothing by it either. How often is counted in the database, for all processes together.
 */
export async function admitToken(bearer: string | null, origin: Actor['origin'], now: Date): Promise<Admission> {
  const token = bearer && isSecret(bearer) ? await tokenInForce(hashOf(bearer), now) : undefined
  const actor = token ? await actorFor(String(token.staffId), token.epoch, origin) : null
  if (!token || !actor) return refusedAt(limiter('api-address', triesOfAddress, 15), origin.ip ?? 'none', 'unknown')
  const { value } = await regulationAt(now)
  const often = await refusedAt(limiter('api', value('credit.api_minute'), 1, 0), String(token.id), null)
  if (often) return often
  await noteUse(token, now)
  return { caller: callerOf(token, actor) }
}

/** The trail names the person and, beside, the token (AUD-01). */
const callerOf = ({ id, name, prefix, scopes }: Known, actor: Actor): Caller => ({
  actor: { ...actor, name: `${actor.name} · ${name} ${prefix}` },
  scopes,
  tokenId: id,
})

type Refused = Extract<Admission, { refused: string }>
function refusedAt(limits: RateLimiterPostgres, key: string, otherwise: 'unknown'): Promise<Refused>
function refusedAt(limits: RateLimiterPostgres, key: string, otherwise: null): Promise<Refused | null>
async function refusedAt(limits: RateLimiterPostgres, key: string, otherwise: 'unknown' | null) {
  try {
    await limits.consume(key)
    return otherwise && { refused: otherwise, seconds: 0 }
  } catch (over) {
    if (!(over instanceof RateLimiterRes)) throw over
    return { refused: 'often', seconds: Math.max(1, Math.ceil(over.msBeforeNext / 1000)) }
  }
}

/** To the minute: a program that asks all day writes no row with every question. */
async function noteUse({ id, lastUsedAt }: Known, now: Date): Promise<void> {
  if (lastUsedAt && now.getTime() - lastUsedAt.getTime() < minute) return
  await pool.query('update api_token set last_used_at = $2 where id = $1', [id, now])
}
