import { dateTimeText } from '../lib/dates.ts'
import { directionOf, textsOf } from './facts.ts'
import type { Said } from './forms.ts'

type Facts = Omit<Said, 'direction'> & ({ direction: Said['direction'] } | { incoming: boolean })

/** A record field by field, as its form sends it. */
export function formFields(facts: Facts): Record<string, string> {
  const { person: _person, ...texts } = textsOf(facts, null)
  return {
    ...texts,
    direction: directionOf(facts),
    at: dateTimeText(facts.at).replace(' ', 'T'),
    contactId: facts.contactId === null ? '' : String(facts.contactId),
    person: facts.person ?? '',
  }
}
