import { randomBytes, randomInt, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { config } from '../config.ts'

const derive = promisify(scrypt) as (text: string, salt: Buffer, length: number, cost: object) => Promise<Buffer>
// As of passwords: the tests need not wait.
const cost = config.env === 'test' ? { N: 16 } : { N: 16_384 }

// Copied by hand: no 0 O, 1 I L.
const characters = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'
export const codesGiven = 10

/** Twelve characters, 59 bits: AB3D-9KQR-WX2Z. */
export function newCodes(): string[] {
  return Array.from({ length: codesGiven }, () =>
    Array.from({ length: 12 }, () => characters[randomInt(characters.length)])
      .join('')
      .replace(/(.{4})(?=.)/g, '$1-'),
  )
}

/** How it is written does not matter; null: six digits, or anything else that is no such code. */
export function asRecoveryCode(typed: string): string | null {
  const plain = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
  return plain.length === 12 ? plain : null
}

/** Codes made together have one salt, so that a guess at any of them costs one derivation, and no less. */
export async function hashCodes(codes: readonly string[]): Promise<string[]> {
  const salt = randomBytes(16)
  return Promise.all(codes.map((code) => hashWith(asRecoveryCode(code)!, salt)))
}

async function hashWith(plain: string, salt: Buffer): Promise<string> {
  return `${salt.toString('base64url')}.${(await derive(plain, salt, 32, cost)).toString('base64url')}`
}

/** Which of these hashes the code is of. */
export async function matching(plain: string, hashes: readonly string[]): Promise<string | null> {
  const salts = new Set(hashes.map((hash) => hash.split('.')[0]!))
  const wanted = await Promise.all([...salts].map((salt) => hashWith(plain, Buffer.from(salt, 'base64url'))))
  return hashes.find((hash) => wanted.some((one) => alike(one, hash))) ?? null
}

function alike(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other))
}
