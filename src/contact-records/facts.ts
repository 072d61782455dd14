import { searchable } from '../customers/search.ts'
import { dateTimeText } from '../lib/dates.ts'
import { dayOf } from '../lib/days.ts'
import type { Said } from './forms.ts'

type Facts = Omit<Said, 'direction'> & ({ direction: Said['direction'] } | { incoming: boolean })

export const directionOf = (facts: Facts): Said['direction'] =>
  'direction' in facts ? facts.direction : facts.incoming ? 'in' : 'out'

/** What a record says, as its form and the trail have it. */
export function textsOf(facts: Facts, contact: string | null): Record<string, string> {
  const { way, at, content, result, nextStep, nextOn, formal } = facts
  const { views, business, needs, letting } = formal ? facts : blank
  return {
    way,
    direction: directionOf(facts),
    at: dateTimeText(at),
    person: [contact, facts.person].filter(Boolean).join('、'),
    content,
    result,
    nextStep: nextStep ?? '',
    nextOn: nextOn ?? '',
    formal: formal ? 'on' : '',
    views: views ?? '',
    business: business ?? '',
    needs: needs ?? '',
    letting: letting ?? '',
  }
}

const blank = { views: null, business: null, needs: null, letting: null }

/** CUS-14: what is stored of a record so that two characters, or the initials of who was spoken to, find it. */
function searchOf(said: Said, contact: string | null) {
  const { content, result, nextStep, formal, person } = said
  const { views, business, needs, letting } = formal ? said : blank
  const words = [content, result, nextStep, views, business, needs, letting].filter((one) => one !== null)
  const { grams, text } = searchable([
    ...[contact, person].filter((one) => one !== null).map((one) => ({ text: one, as: 'person' as const })),
    ...words.map((one) => ({ text: one, as: 'plain' as const })),
  ])
  return { grams, searchText: text }
}

/** What is stored of it; beside a contact somebody else may have been there. Only a formal contact has its parts. */
export function columnsOf(said: Said, contact: string | null) {
  const { way, direction, at, contactId, person, content, result, nextStep, nextOn, formal } = said
  const { views, business, needs, letting } = formal ? said : blank
  return {
    ...searchOf(said, contact),
    way,
    at,
    contactId,
    person,
    content,
    result,
    nextStep,
    formal,
    views,
    business,
    needs,
    letting,
    incoming: direction === 'in',
    nextOn: nextOn === null ? null : dayOf(nextOn),
  }
}

export function differences(known: Record<string, string>, next: Record<string, string>) {
  const changed = Object.keys(next).filter((name) => next[name] !== known[name])
  const pick = (from: Record<string, string>) => Object.fromEntries(changed.map((name) => [name, from[name] ?? '']))
  return { before: pick(known), after: pick(next) }
}
