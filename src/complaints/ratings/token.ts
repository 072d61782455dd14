import { createHash, randomBytes } from 'node:crypto'

/** SAT-03: 128 bits that nobody guesses, short enough for a small code on paper. */
export const newToken = (): string => randomBytes(16).toString('base64url')

export const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')

/** What is no token of ours is not even looked for. */
export const isToken = (text: string): boolean => /^[\w-]{22}$/.test(text)
