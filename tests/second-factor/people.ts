import { Secret, TOTP } from 'otpauth'
import type { Actor } from '../../src/access/actor.ts'
import { db } from '../../src/db.ts'
import { machineNow, moveClock, now } from '../../src/lib/clock.ts'
import { unseal } from '../../src/second-factor/cipher.ts'
import { beginSetUp, confirmSetUp } from '../../src/second-factor/commands.ts'
import type { Person } from '../support/cast.ts'
import { visitor, type Browser, type Page } from '../support/browser.ts'
import { actorOf, make, password } from '../support/make.ts'

export const minute = 60_000
export const day = 24 * 60 * minute

/** Lets time stand at so many milliseconds after a beginning that no code of ours lies on. */
export const start = Math.floor(Date.now() / 30_000) * 30_000 + 5000
export const stand = (at: number) => moveClock(() => new Date(start + at))

/** What the authenticator shows `steps` of half a minute from now. */
export function codeOf(secret: string, steps = 0): string {
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({
    timestamp: machineNow().getTime() + steps * 30_000,
  })
}

/** A six-digit code that the authenticator does not show now. */
export function wrongCode(secret: string): string {
  const shown = [-1, 0, 1].map((steps) => codeOf(secret, steps))
  return ['000000', '111111', '222222', '333333'].find((code) => !shown.includes(code))!
}

export async function secretOf({ id }: { id: bigint }): Promise<string> {
  const { totpNext, totpSecret } = await db.staff.findUniqueOrThrow({ where: { id } })
  return unseal(totpNext ?? totpSecret!, id)!
}

export type Guarded = Person & { actor: Actor; secret: string; codes: string[] }

/** Somebody with a second factor; the code of this half minute is used up by setting it up. */
export async function guarded(roles: { role: string }[] = []): Promise<Guarded> {
  const person = await make.staff(roles)
  const actor = await actorOf(person)
  await beginSetUp(actor)
  const secret = await secretOf(person)
  const codes = await confirmSetUp(actor, codeOf(secret), now())
  return { ...person, actor, secret, codes }
}

/** The password is proven, nothing more. */
export async function halfIn(person: { number: string }): Promise<{ browser: Browser; page: Page }> {
  const browser = visitor()
  const page = await browser.submit('/sign-in', { account: person.number, password })
  return { browser, page }
}

/** Signed in with both factors, half a minute after the last code. */
export async function allIn(person: Guarded): Promise<Browser> {
  const { browser } = await halfIn(person)
  const page = await browser.submit('/second-factor', { code: codeOf(person.secret, 1) })
  if (page.url !== '/') throw new Error(`not let in: ${page.url} ${page.$('.error').text()}`)
  return browser
}
