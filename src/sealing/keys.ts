import { createHmac, timingSafeEqual } from 'node:crypto'
import { config } from '../config.ts'

type Key = { name: string; secret: Buffer }

// The secret itself signs nothing: what else is made of it is of no use here, and the other way round.
const keys: Key[] = config.auditSecrets.map((secret) => {
  const own = createHmac('sha256', secret).update('kehu: audit trail').digest()
  return { secret: own, name: createHmac('sha256', own).update('name').digest('hex').slice(0, 16) }
})

/** Whoever can write into the database alone can compute every hash anew, but not this. */
export function sign(text: string): { key: string; signature: string } {
  const { name, secret } = keys[0]!
  return { key: name, signature: signatureOf(secret, text) }
}

/** Null: signed with a key that this installation does not have. */
export function isSigned(text: string, { key, signature }: { key: string; signature: string }): boolean | null {
  const known = keys.find(({ name }) => name === key)
  if (!known) return null
  const [own, given] = [Buffer.from(signatureOf(known.secret, text)), Buffer.from(signature)]
  return own.length === given.length && timingSafeEqual(own, given)
}

const signatureOf = (secret: Buffer, text: string) => createHmac('sha256', secret).update(text).digest('hex')
