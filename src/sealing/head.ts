import { z } from 'zod'
import { ask } from '../db.ts'
import { isSigned, sign } from './keys.ts'

/** The end of the chain, to be kept outside the database: what is cut off there is missed here. */
export type Head = { n: string; hash: string; total: string; sealedAt: string }

/** As much of it as a check needs. */
export type KnownHead = Pick<Head, 'n' | 'hash'>

const product = 'kehu-trail-head'
const number = z.string().regex(/^\d{1,18}$/)
const headFile = z.object({
  product: z.literal(product),
  n: number,
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  total: number,
  sealedAt: z.string().max(40),
  exportedAt: z.string().max(40),
  key: z.string().max(64),
  signature: z.string().max(128),
})

export async function headOfTrail(): Promise<Head | null> {
  const [last] = await ask<{ n: bigint; hash: string; total: bigint; sealedAt: Date }>`
    select n, hash, total, sealed_at as "sealedAt" from trail_seal order by n desc limit 1`
  if (!last) return null
  return { n: String(last.n), hash: last.hash, total: String(last.total), sealedAt: last.sealedAt.toISOString() }
}

export function fileOf(head: Head, now: Date): string {
  const exportedAt = now.toISOString()
  return `${JSON.stringify({ product, ...head, exportedAt, ...sign(signed(head, exportedAt)) }, null, 2)}\n`
}

/** What a file says; why not, when it is none of ours as we wrote it. */
export function headIn(text: string): Head | 'unreadable' | 'altered' | 'otherKey' {
  const { data } = headFile.safeParse(jsonIn(text))
  if (!data) return 'unreadable'
  const { n, hash, total, sealedAt } = data
  const held = isSigned(signed(data, data.exportedAt), data)
  if (held === null) return 'otherKey'
  return held ? { n, hash, total, sealedAt } : 'altered'
}

const signed = ({ n, hash, total, sealedAt }: Head, exportedAt: string) =>
  JSON.stringify([product, n, hash, total, sealedAt, exportedAt])

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return null
  }
}
