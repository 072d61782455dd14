import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { vi } from 'vitest'

// Imported first: what it writes into the environment the configuration reads. The provider is a real one, from npm.
for (const level of ['info', 'warn'] as const) vi.spyOn(console, level).mockImplementation(() => {})
const { Provider } = await import('oidc-provider')

type Claims = { email?: string; email_verified?: boolean }
export const accounts = new Map<string, Claims>()
/** Who sits at the provider's sign-in page; nobody: the person cancels. */
let seated: string | null = null
export const seat = (account: string | null) => {
  seated = account
}

/** How the provider fails from now on. */
export const spoil = { down: false, slow: false }

const server = createServer((req, res) => void answer(req, res))
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
export const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
export const publicUrl = 'http://kehu.test'

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: 'kehu',
      client_secret: 'nine quiet herons by the lake',
      redirect_uris: [`${publicUrl}/sso/callback`],
    },
  ],
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
  findAccount: (_context: unknown, id: string) => ({ accountId: id, claims: () => ({ sub: id, ...accounts.get(id) }) }),
  interactions: { url: (_context: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
  features: { devInteractions: { enabled: false } },
  pkce: { required: () => true },
  cookies: { keys: ['only for the tests'] },
})
const serve = provider.callback()

async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
  if (spoil.slow) return
  if (spoil.down) return void res.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad Gateway</h1>')
  if (req.url!.startsWith('/interaction/')) return signInThere(req, res)
  return serve(req, res)
}

async function signInThere(req: IncomingMessage, res: ServerResponse): Promise<void> {
  const { params } = await provider.interactionDetails(req, res)
  if (seated === null) return provider.interactionFinished(req, res, { error: 'access_denied' })
  const grant = new provider.Grant({ accountId: seated, clientId: params.client_id })
  grant.addOIDCScope('openid email profile')
  const consent = { grantId: await grant.save() }
  return provider.interactionFinished(req, res, { login: { accountId: seated }, consent })
}

export const stop = () => {
  server.closeAllConnections()
  server.close()
}

/** Goes where the product sends the person, as a browser that keeps the provider's cookies; answers with the way back. */
export async function throughProvider(address: string): Promise<URL> {
  const cookies = new Map<string, string>()
  for (let to = new URL(address); ;) {
    if (to.origin === publicUrl) return to
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(to, { redirect: 'manual', headers: { cookie } })
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!
      if (value) cookies.set(name!, value)
      else cookies.delete(name!)
    }
    const next = response.headers.get('location')
    if (!next) throw new Error(`the provider stops at ${to.pathname} (${response.status}): ${await response.text()}`)
    to = new URL(next, to)
  }
}

process.env['OIDC_ISSUER'] = issuer
process.env['OIDC_CLIENT_ID'] = 'kehu'
process.env['OIDC_CLIENT_SECRET'] = 'nine quiet herons by the lake'
process.env['OIDC_NAME'] = '九色鹿账户'
process.env['PUBLIC_URL'] = publicUrl
