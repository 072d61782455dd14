import type { Actor } from '../access/actor.ts'
import { translate } from '../i18n.ts'
import { parameters } from '../regulations/parameters.ts'
import { purposes } from './rules.ts'

/** What stands over the question and over the value: whose it is, and which field. */
export type Head = {
  list: 'customers' | 'complaints'
  number: string
  whose: string
  what: string
  masked: string
}

export const askModel = ({ language }: Actor, head: Head) => ({
  ...placed(head),
  purposes: purposes.map((value) => ({ value, word: translate[language](`unmaskings:purpose.${value}`) })),
})

/** The value while its seconds run; afterwards, or when the clock was put back, what everybody may see. */
export function shownModel(
  head: Head,
  { value, until }: { value: string | null; until: Date },
  again: string,
  now: Date,
) {
  const left = Math.ceil((until.getTime() - now.getTime()) / 1000)
  const open = left > 0 && left <= parameters['privacy.shown_seconds'].max
  return { ...placed(head), value: open ? value : null, left: open ? left : 0, again }
}

const placed = (head: Head) => ({ ...head, home: `/${head.list}/${head.number}` })
