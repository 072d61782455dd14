import * as oidc from 'openid-client'
import { config } from '../config.ts'
import { machineNow } from '../lib/clock.ts'

/** A provider that does not answer is given up after so many seconds; what it told of itself is believed for an hour. */
const patience = 5
const known = 3_600_000
let cache: { at: number; found: Promise<oidc.Configuration> } | null = null

export const redirectUri = () => `${config.publicUrl}/sso/callback`

/** What the provider tells of itself; asked again when it could not be reached. */
export function provider(): Promise<oidc.Configuration> {
  const at = machineNow().getTime()
  if (cache && at - cache.at < known) return cache.found
  const found = discover()
  cache = { at, found }
  found.catch(() => {
    cache = null
  })
  return found
}

function discover(): Promise<oidc.Configuration> {
  const { issuer, clientId, clientSecret } = config.sso!
  // The settings take plain http for this very machine alone, and never in production.
  const execute = issuer.startsWith('http:') ? [oidc.allowInsecureRequests] : []
  return oidc.discovery(new URL(issuer), clientId, undefined, authOf(clientSecret), { execute, timeout: patience })
}

/** The way of naming ourselves that the provider knows; where it tells none, the one that all must know. */
function authOf(secret: string | undefined): oidc.ClientAuth {
  if (secret === undefined) return oidc.None()
  const [basic, post] = [oidc.ClientSecretBasic(secret), oidc.ClientSecretPost(secret)]
  return (server, client, body, headers) => {
    const ways = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
    return (ways.includes('client_secret_basic') ? basic : post)(server, client, body, headers)
  }
}
