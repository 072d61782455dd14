import type { Prisma } from '../../prisma/client/client.ts'
import type { ApiScope } from '../../prisma/client/enums.ts'
import type { Actor } from '../access/actor.ts'
import { ask, db } from '../db.ts'
import { NotFound } from '../lib/refused.ts'
import type { EveryQuery } from './forms.ts'

export const pageSize = 50

/** Never the hash: nothing needs it but the door. */
const columns = {
  id: true,
  name: true,
  prefix: true,
  scopes: true,
  staffId: true,
  staff: { select: { name: true, number: true, state: true } },
  createdAt: true,
  expiresAt: true,
  revokedAt: true,
  lastUsedAt: true,
} satisfies Prisma.ApiTokenSelect
export type Token = Prisma.ApiTokenGetPayload<{ select: typeof columns }>

export const ownTokens = (actor: Actor): Promise<Token[]> =>
  db.apiToken.findMany({ where: { staffId: actor.id }, select: columns, orderBy: { id: 'desc' }, take: 200 })

export async function everyToken({ state, before }: EveryQuery, now: Date): Promise<{ rows: Token[]; more: boolean }> {
  const over = { OR: [{ revokedAt: { not: null } }, { expiresAt: { lte: now } }] }
  const where: Prisma.ApiTokenWhereInput = {
    ...(before ? { id: { lt: BigInt(before) } } : {}),
    ...(state === 'active' ? { revokedAt: null, expiresAt: { gt: now } } : state === 'ended' ? over : {}),
  }
  const rows = await db.apiToken.findMany({ where, select: columns, orderBy: { id: 'desc' }, take: pageSize + 1 })
  return { rows: rows.slice(0, pageSize), more: rows.length > pageSize }
}

/** Another's is not there, as far as this person can tell. */
export async function ownToken(actor: Actor, id: string): Promise<Token> {
  const token = await tokenWith(id)
  if (token.staffId !== actor.id) throw new NotFound()
  return token
}

export const anyToken = (_actor: Actor, id: string): Promise<Token> => tokenWith(id)

async function tokenWith(id: string): Promise<Token> {
  const found = /^\d{1,18}$/.test(id)
    ? await db.apiToken.findUnique({ where: { id: BigInt(id) }, select: columns })
    : null
  if (!found) throw new NotFound()
  return found
}

export type Known = {
  id: bigint
  name: string
  prefix: string
  scopes: ApiScope[]
  staffId: bigint
  epoch: number
  lastUsedAt: Date | null
}

/** The token behind this hash, with whose it is, while it is in force. */
export async function tokenInForce(hash: string, now: Date): Promise<Known | undefined> {
  const [found] = await ask<Known>`
    select k.id, k.name, k.prefix, array_to_json(k.scopes) as scopes, k.staff_id as "staffId", s.epoch, k.last_used_at as "lastUsedAt"
    from api_token k join staff s on s.id = k.staff_id
    where k.hash = ${hash} and k.revoked_at is null and k.expires_at > ${now}::timestamptz`
  return found
}
