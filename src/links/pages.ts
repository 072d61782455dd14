import type { Actor } from '../access/actor.ts'
import type { Customer } from '../customers/queries.ts'
import { translate } from '../i18n.ts'
import type { LinkOf } from './queries.ts'
import { linkSides } from './rules.ts'

export function newLinkPage({ language }: Actor, customer: Customer) {
  const t = translate[language]
  return { customer, sides: linkSides.map((value) => ({ value, word: t(`links:option.${value}`) })) }
}

export function removalPage({ language }: Actor, { customer, link }: LinkOf) {
  return { customer, other: link.other, side: translate[language](`links:side.${link.side}`) }
}
