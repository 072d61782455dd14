import bcrypt from 'bcrypt'
import { randomBytes } from 'node:crypto'
import { config } from '../config.ts'

/** ACC-01: about a quarter of a second for each guess; the tests, which sign in all the time, need not wait. */
const cost = config.env === 'test' ? 4 : 12

export function hashPassword(plain: string): Promise<string> {
  return bcrypt.hash(plain, cost)
}

/** Without a hash the comparison is made all the same and fails: how long an answer takes tells nothing. */
export async function verifyPassword(plain: string, hash: string | null): Promise<boolean> {
  const matches = await bcrypt.compare(plain, hash ?? (await nobodys))
  return hash !== null && matches
}

const nobodys = hashPassword(randomBytes(18).toString('base64'))
