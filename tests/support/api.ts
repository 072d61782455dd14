import type { ApiScope } from '../../prisma/client/enums.ts'
import { pool } from '../../src/db.ts'
import { now } from '../../src/lib/clock.ts'
import { scopes as everyScope } from '../../src/tokens/rules.ts'
import { newSecret } from '../../src/tokens/secret.ts'
import { visitor } from './browser.ts'

type Wish = { scopes?: readonly ApiScope[]; name?: string; expiresAt?: Date }

/** A token of this person, whatever that person may give one. */
export async function aToken({ id }: { id: bigint }, { scopes = everyScope, name = '山海经纬', expiresAt }: Wish = {}) {
  const { secret, prefix, hash } = newSecret()
  const until = expiresAt ?? new Date(now().getTime() + 86_400_000)
  const { rows } = await pool.query<{ id: string }>(
    `insert into api_token (name, prefix, hash, scopes, staff_id, created_at, created_by_id, expires_at)
     values ($1, $2, $3, $4::api_scope[], $5, $6, $5, $7) returning id`,
    [name, prefix, hash, scopes, id, now(), until],
  )
  return { id: BigInt(rows[0]!.id), secret, prefix, name }
}

type Told = { rule: string | null; field: string | null; message: string }
type Taken = { number: string; document: string; amount: string; open: string; state: string; short: string }
type Body = Taken & {
  errors: Told[]
  holds: { rule: string; hold: string; message: string }[]
  released: string[]
  release: Taken
  results: { status: number; number?: string; errors?: Told[] }[]
}
/** Whatever it is, as JSON: a test reads of it what it expects there. */
export type Answer = { status: number; body: Body; headers: Record<string, string> }
type Sending = { language?: string; type?: string }

/** A program that asks with this token: no cookies, no page of ours. */
export function program(secret: string | null) {
  const { agent, host } = visitor()
  const headed = (test: ReturnType<typeof agent.get>, { language = 'zh' }: Sending = {}) => {
    void test
      .set('Host', host)
      .set('Accept-Language', language)
      .ok(() => true)
    return secret === null ? test : test.set('Authorization', `Bearer ${secret}`)
  }
  return {
    get: async (path: string, how?: Sending): Promise<Answer> => headed(agent.get(`/api/v1${path}`), how),
    post: async (path: string, body: unknown, how?: Sending): Promise<Answer> =>
      headed(agent.post(`/api/v1${path}`), how)
        .set('Content-Type', how?.type ?? 'application/json')
        .send(typeof body === 'string' ? body : JSON.stringify(body)),
    with: (method: 'put' | 'delete' | 'patch', path: string): PromiseLike<Answer> =>
      headed(agent[method](`/api/v1${path}`)),
  }
}

let serial = 0
/** A document's number as another system gives it, nobody else's. */
export const documentNumber = (prefix = 'ERP') =>
  `${prefix}-${process.env['VITEST_POOL_ID'] ?? 0}${now().getTime().toString(36)}${serial++}`
