import { Secret, TOTP } from 'otpauth'

const period = 30

/** RFC 4226 asks for 160 bits. */
export function newSecret(): string {
  return new Secret({ size: 20 }).base32
}

/**
 * RFC 6238: which time step this code is of, null when it is none of now, the one before or the one after. `after`: the
 * step of the last code taken: that one and all before it are used up.
 */
export function stepOf(secret: string, code: string, at: Date, after: bigint | null): bigint | null {
  const totp = new TOTP({ secret: Secret.fromBase32(secret), period })
  const delta = totp.validate({ token: code, timestamp: at.getTime(), window: 1 })
  if (delta === null) return null
  const step = BigInt(Math.floor(at.getTime() / 1000 / period) + delta)
  return after !== null && step <= after ? null : step
}

/** What the picture says to an authenticator: whose account, and where. */
export function addressOf(secret: string, { issuer, label }: { issuer: string; label: string }): string {
  return new TOTP({ issuer, label, secret: Secret.fromBase32(secret), period }).toString()
}

/** As people copy it: in fours. */
export const inFours = (text: string) => text.replace(/(.{4})(?=.)/g, '$1 ')
