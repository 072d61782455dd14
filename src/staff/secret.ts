import { randomInt } from 'node:crypto'

// Read aloud and copied by hand: no 0 O o, 1 I l, and nothing that sounds like another in a hurry.
const characters = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789'

/** ACC-01: a password for one use, 12 characters, about 69 bits. */
export function oneTimePassword(): string {
  return Array.from({ length: 12 }, () => characters[randomInt(characters.length)]).join('')
}
