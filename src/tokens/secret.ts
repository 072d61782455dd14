import { createHash, randomBytes } from 'node:crypto'

export type Secret = { secret: string; prefix: string; hash: string }

const prefixLength = 'kh_'.length + 8

/** 256 bits that nobody guesses, behind a beginning that tells tokens apart and that scanners for secrets know. */
export function newSecret(): Secret {
  const secret = `kh_${randomBytes(6).toString('base64url')}_${randomBytes(32).toString('base64url')}`
  return { secret, prefix: secret.slice(0, prefixLength), hash: hashOf(secret) }
}

/** Long and random, it needs no slow hash; nothing of it can be read from this. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex')

export const isSecret = (text: string): boolean => /^kh_[\w-]{8}_[\w-]{43}$/.test(text)
