import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { config } from '../config.ts'

/** Kept with every ciphertext, so that another way of encrypting can come beside this one. */
const algorithm = 'hkdf-sha256.aes-256-gcm'
const key = Buffer.from(hkdfSync('sha256', config.sessionSecret, '', 'second factor', 32))

/** Encrypts what only `of` may have: the text taken into another person's row opens nothing there. */
export function seal(text: string, of: bigint): string {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(`staff:${of}`))
  const parts = [nonce, Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]), cipher.getAuthTag()]
  return [algorithm, ...parts.map((part) => part.toString('base64url'))].join(':')
}

/** Null: sealed with a SESSION_SECRET that is no longer ours, for somebody else, or altered. */
export function unseal(sealed: string, of: bigint): string | null {
  const [by, ...parts] = sealed.split(':')
  const [nonce, text, tag] = parts.map((part) => Buffer.from(part, 'base64url'))
  if (by !== algorithm || !nonce || !text || tag?.length !== 16) return null
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: 16 })
    decipher.setAAD(Buffer.from(`staff:${of}`)).setAuthTag(tag)
    return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8')
  } catch {
    return null
  }
}
