import type { Actor } from '../access/actor.ts'
import { asOutcomes } from '../customers/list/outcomes.ts'
import type { PickedCustomers } from '../customers/list/picked.ts'
import { mostPicked } from '../customers/list/picks.ts'
import { translate } from '../i18n.ts'
import type { Outcome } from './queries.ts'

export function manyPage(actor: Actor, { rows, tooMany }: PickedCustomers) {
  const t = translate[actor.language]
  return {
    rows: rows.filter(({ standing }) => standing === 'provisional'),
    confirmed: rows.filter(({ standing }) => standing === 'confirmed').length,
    nothing: {
      heading: t(tooMany ? 'confirmations:tooMany' : 'confirmations:chosenNone', { most: mostPicked }),
      hint: t(tooMany ? 'confirmations:tooManyHint' : 'confirmations:chosenNoneHint', { most: mostPicked }),
      next: { href: '/customers?standing=provisional', word: t('confirmations:toList') },
    },
  }
}

export function outcomesPage(actor: Actor, outcomes: Outcome[], names: Map<string, string>) {
  const t = translate[actor.language]
  const left = outcomes.filter(({ reason }) => reason).length
  const words = { done: t('confirmations:outcome.done'), left: t('confirmations:outcome.left') }
  return {
    rows: asOutcomes(actor, outcomes, names, words),
    lede: t('confirmations:resultLede', { done: outcomes.length - left, left }),
  }
}
