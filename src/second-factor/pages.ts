import { toString } from 'qrcode'
import type { Actor } from '../access/actor.ts'
import { translate } from '../i18n.ts'
import { dateTimeText } from '../lib/dates.ts'
import { factorOf, nextSecret, stillPending } from './queries.ts'
import { addressOf, inFours } from './totp.ts'

/** At sign-in: the code, or how to get a factor first; `over` when there is nobody to ask. */
export async function gatePage(actor: Actor, now: Date, byRecovery: boolean) {
  const person = actor.pending ? await stillPending(actor.pending) : null
  if (!person) return { asks: 'over' as const, company: null }
  const company = person.companyName
  const factor = await factorOf(person.id, now)
  if (factor.confirmedAt) return { asks: 'code' as const, company, byRecovery }
  const secret = factor.settingUp ? await secretOf({ ...actor, ...person }) : null
  return secret ? { asks: 'first' as const, company, secret } : { asks: 'begin' as const, company }
}

export async function ownFactorPage(actor: Actor, now: Date) {
  const t = translate[actor.language]
  const { confirmedAt, required, codesLeft, settingUp } = await factorOf(actor.id, now)
  return {
    on: confirmedAt !== null,
    required,
    settingUp,
    few: codesLeft <= 3,
    facts: confirmedAt
      ? [
          { label: t('second-factor:own.since'), value: dateTimeText(confirmedAt) },
          { label: t('second-factor:own.codesLeft'), value: String(codesLeft) },
        ]
      : [],
  }
}

export async function setUpPage(actor: Actor) {
  return { secret: await secretOf(actor) }
}

/** The picture holds no style and no script, and comes with the page: the secret has no address of its own. */
async function secretOf(actor: Actor) {
  const secret = await nextSecret(actor.id)
  if (secret === null) return null
  const issuer = actor.companyName ?? translate[actor.language]('web:product')
  const svg = await toString(addressOf(secret, { issuer, label: actor.number }), { type: 'svg', margin: 1 })
  return {
    text: inFours(secret),
    plain: secret,
    picture: `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`,
  }
}

type Shown = { codes: readonly string[]; renewed: boolean; to: string }

export const codesModel = (shown: Shown, { name, number }: { name: string; number: string }) => ({
  ...shown,
  of: `${name} ${number}`,
})
