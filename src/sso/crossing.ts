import * as oidc from 'openid-client'
import { Refused } from '../lib/refused.ts'
import { log } from '../web/log.ts'
import type { Crossing } from '../web/route.ts'
import { provider, redirectUri } from './provider.ts'

/** How long one may take at the provider. */
const validFor = 10 * 60_000

export type Identity = { issuer: string; subject: string; email: string | null }

/** Why a way to the provider and back did not end well: for the trail. The person reads a sentence of `sso:refused`. */
export type Reason = 'stale' | 'mismatch' | 'cancelled' | 'down' | 'unknown' | 'too_many'

export function refusal(reason: Reason): Refused {
  return new Refused([{ rule: 'ACC-01', reason: `sso:refused.${reason}` }])
}

/** Where to send the person, and what must come back with them; nobody else can know it. */
async function setOut(next: string, now: Date, linking?: bigint): Promise<{ to: string; crossing: Crossing }> {
  const [verifier, state, nonce] = [oidc.randomPKCECodeVerifier(), oidc.randomState(), oidc.randomNonce()]
  const there = await provider()
  const to = oidc.buildAuthorizationUrl(there, {
    redirect_uri: redirectUri(),
    scope: 'openid email profile',
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
    // Whose account is to be linked says so anew: another one may still be open in this browser.
    ...(linking === undefined ? {} : { prompt: 'login' }),
  })
  const crossing = { state, nonce, verifier, next, at: now.getTime(), ...(linking ? { linking: String(linking) } : {}) }
  return { to: to.href, crossing }
}

/** The same, with a sentence for whoever finds that the provider does not answer. */
export async function reach(next: string, now: Date, linking?: bigint) {
  try {
    return await setOut(next, now, linking)
  } catch (error) {
    log.warn({ err: error }, 'the company sign-in service could not be reached')
    throw refusal('down')
  }
}

/** What the provider vouches for, once everything that came back is what was sent out. */
export async function comeBack(
  crossing: Crossing | null,
  answer: Record<string, string>,
  now: Date,
): Promise<Identity> {
  if (!crossing?.state || now.getTime() - crossing.at > validFor) throw refusal('stale')
  try {
    const there = await provider()
    const url = new URL(`${redirectUri()}?${new URLSearchParams(answer)}`)
    const tokens = await oidc.authorizationCodeGrant(there, url, {
      pkceCodeVerifier: crossing.verifier,
      expectedState: crossing.state,
      expectedNonce: crossing.nonce,
      idTokenExpected: true,
    })
    const { iss, sub, ...claims } = tokens.claims()!
    const told = claims['email'] === undefined && there.serverMetadata().userinfo_endpoint !== undefined
    const about = told ? await oidc.fetchUserInfo(there, tokens.access_token, sub) : claims
    return { issuer: iss, subject: sub, email: verifiedEmail(about) }
  } catch (error) {
    log.warn({ err: error }, 'a sign-in by the company service failed')
    throw refusal(reasonOf(error))
  }
}

/** An address that the provider has not proven to be theirs could be anybody's. */
function verifiedEmail(claims: Record<string, unknown>): string | null {
  const { email, email_verified: verified } = claims
  return verified === true && typeof email === 'string' && email !== '' ? email : null
}

/** The provider said no; would not take the code (any more); sent what was not asked for; or did not answer. */
function reasonOf(error: unknown): Reason {
  if (error instanceof oidc.AuthorizationResponseError) return error.error === 'access_denied' ? 'cancelled' : 'stale'
  if (error instanceof oidc.ResponseBodyError) return error.error === 'invalid_grant' ? 'stale' : 'down'
  const { name, code } = error as { name?: string; code?: string }
  if (name === 'TimeoutError' || name === 'AbortError' || error instanceof TypeError) return 'down'
  return code && unanswered.has(code) ? 'down' : 'mismatch'
}

const unanswered = new Set([
  'OAUTH_TIMEOUT',
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
  'OAUTH_RESPONSE_IS_NOT_JSON',
  'OAUTH_PARSE_ERROR',
])
