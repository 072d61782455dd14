import type { Actor } from '../access/actor.ts'
import { mayEver } from '../access/policy.ts'
import { translate, type Translate } from '../i18n.ts'
import { dateText, dateTimeText } from '../lib/dates.ts'
import type { EveryQuery } from './forms.ts'
import type { Token } from './queries.ts'
import { scopesOf, stateOf } from './rules.ts'

const tones = { active: 'go', expired: 'warn', revoked: 'bad' } as const
const day = 86_400_000

const lineOf = (t: Translate, token: Token, now: Date) => {
  const state = stateOf(token, now)
  return {
    name: token.name,
    prefix: `${token.prefix}…`,
    scopes: token.scopes.map((scope) => t(`tokens:scope.${scope}`)).join(t('web:comma')),
    made: dateText(token.createdAt),
    // The moment itself is the first of the next day.
    until: dateText(new Date(token.expiresAt.getTime() - 1)),
    used: token.lastUsedAt ? dateTimeText(token.lastUsedAt) : t('tokens:never'),
    state: { tone: tones[state], word: t(`tokens:state.${state}`) },
    active: state === 'active',
  }
}

/** /tokens */
export function ownPage(actor: Actor, tokens: readonly Token[], now: Date) {
  const t = translate[actor.language]
  return {
    rows: tokens.map((token) => {
      const line = lineOf(t, token, now)
      return { ...line, person: null, revoke: line.active ? `/tokens/${token.id}/revocation` : null }
    }),
    pager: null,
    filters: null,
    mayGive: scopesOf(actor).length > 0,
    every: mayEver(actor, 'tokens.manage'),
    nothing: { heading: t('tokens:none'), hint: t('tokens:noneHint') },
  }
}

/** /tokens/all */
export function everyPage(actor: Actor, query: EveryQuery, found: { rows: Token[]; more: boolean }, now: Date) {
  const t = translate[actor.language]
  const address = (more: Record<string, string> = {}) =>
    `/tokens/all?${new URLSearchParams({ ...(query.state ? { state: query.state } : {}), ...more })}`
  return {
    rows: found.rows.map((token) => {
      const line = lineOf(t, token, now)
      const { name, number, state } = token.staff
      const person = { name, number, gone: state !== 'active' ? t('tokens:gone') : null }
      return { ...line, person, revoke: line.active ? `/tokens/all/${token.id}/revocation` : null }
    }),
    filters: {
      action: '/tokens/all',
      choices: [
        {
          name: 'state',
          label: t('tokens:filter.state'),
          value: query.state,
          options: (['active', 'ended'] as const).map((value) => ({ value, word: t(`tokens:filter.${value}`) })),
        },
      ],
      ...(query.state ? { clear: '/tokens/all' } : {}),
    },
    pager: {
      words: t('tokens:pageWords', { n: found.rows.length }),
      ...(query.before ? { previous: address() } : {}),
      ...(found.more ? { next: address({ before: String(found.rows.at(-1)!.id) }) } : {}),
    },
    own: mayEver(actor, 'tokens.use'),
    nothing: { heading: t('tokens:noneLike'), hint: '' },
  }
}

/** /tokens/new: what of this person's rights a token can be given, and until when. */
export function newPage(actor: Actor, most: number, now: Date) {
  const t = translate[actor.language]
  const last = dateText(new Date(now.getTime() + most * day))
  return {
    scopes: scopesOf(actor).map((scope) => ({ name: scope, word: t(`tokens:scope.${scope}`) })),
    least: dateText(now),
    last,
    until: last,
    untilHint: t('tokens:hint.until', { most, last }),
  }
}

/** The answer to the form itself: the one time that the secret is seen. */
export const madePage = (name: string, secret: string) => ({ name, secret })
