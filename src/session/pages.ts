import type { Actor } from '../access/actor.ts'
import { mayEver } from '../access/policy.ts'
import { translate, type Key } from '../i18n.ts'
import { dateTimeText } from '../lib/dates.ts'
import { deviceOf } from '../lib/devices.ts'
import { ownPath } from '../lib/own-path.ts'
import type { Model } from '../web/route.ts'
import type { OwnSession } from './queries.ts'
import { isAged, type PasswordNeeds, type Strictness } from './strictness.ts'

type Password = { setAt: Date; issued: boolean }

/** Why it must be replaced: it was issued, or it has lasted its days. */
export function passwordPage(
  actor: Actor,
  { setAt, issued }: Password,
  strictness: Strictness,
  needs: PasswordNeeds,
  now: Date,
) {
  const aged = !issued && isAged(strictness, setAt, now)
  return {
    first: actor.mustChangePassword,
    aged: aged ? strictness.rotation : null,
    company: actor.companyName,
    account: actor.number,
    ...needs,
  }
}

/** The same page asks before a page opens and in the middle of a form (web/step-up.ts). */
export function stepUpPage(asked: Model, next = '') {
  return { ...asked, action: '/step-up', name: 'proof', back: ownPath(next), kept: { next } }
}

type Factor = { confirmedAt: Date | null; required: boolean }

export function profilePage(actor: Actor, email: string | null, sessions: OwnSession[], factor: Factor) {
  const t = translate[actor.language]
  const label = (name: string) => t(`session:profile.${name}` as Key)
  return {
    facts: [
      { label: label('number'), value: actor.number },
      { label: label('name'), value: actor.name },
      { label: label('department'), value: actor.departmentName },
      { label: label('email'), value: email },
      { label: label('language'), value: t(`session:profile.languageIs.${actor.language}`) },
      { label: label('appearance'), value: t(`session:profile.themeIs.${actor.theme}`) },
    ],
    roles: actor.grants.map(({ role, scope }) => ({
      word: t(`access:role.${role}`),
      scope: t(`session:profile.scope.${scope}`),
    })),
    tokens: mayEver(actor, 'tokens.use'),
    shortcuts: actor.shortcuts,
    factor: { on: factor.confirmedAt !== null, required: factor.required },
    others: sessions.some(({ key }) => key !== actor.origin.session),
    sessions: sessions.map((session) => sessionRow(actor, session)),
  }
}

function sessionRow(actor: Actor, { key, startedAt, seenAt, agent, ip, until, how }: OwnSession) {
  return {
    key,
    here: key === actor.origin.session,
    since: dateTimeText(new Date(startedAt)),
    until: dateTimeText(until),
    seen: dateTimeText(new Date(seenAt)),
    device: (agent && deviceOf(agent)) || '—',
    address: ip?.replace(/^::ffff:/, '') ?? '—',
    bySso: how === 'sso',
  }
}
