import { Stale } from '../lib/refused.ts'
import { mainParts } from '../verifications/parts.ts'
import { factsOf, type FactColumns, type Facts } from './facts.ts'
import { sections } from './forms.ts'
import { unveil, veilFields } from './sensitivity.ts'

export const factNames = Object.values(sections).flatMap((fields) => Object.keys(fields)) as (keyof Facts)[]

/** The sections that a form spoke of. */
export const partsOf = (typed: Partial<Facts>) =>
  mainParts.filter((part) => Object.keys(sections[part]).some((name) => name in typed))

/** The facts as texts, as a form sends them: for the trail and for comparing. */
export function shown(columns: FactColumns): Record<string, string> {
  const facts = factsOf(columns)
  const text = (value: Facts[keyof Facts]) => (value === true ? 'on' : value === false ? '' : (value ?? ''))
  return Object.fromEntries(factNames.map((name) => [name, text(facts[name])]))
}

export const filled = (fields: Record<string, string>) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''))

/** What was typed, with the values themselves where the form was opened with their masks. */
export function unveiled(typed: Partial<Facts>, known: Record<string, string>): Partial<Facts> {
  return Object.fromEntries(
    Object.entries(typed).map(([name, value]) => [
      name,
      typeof value === 'string' ? unveil(name, value, known[name] || null) : value,
    ]),
  )
}

export function differences(known: Record<string, string>, next: Record<string, string>) {
  const changed = factNames.filter((name) => known[name] !== next[name])
  return {
    changed,
    before: Object.fromEntries(changed.map((name) => [name, known[name]!])),
    after: Object.fromEntries(changed.map((name) => [name, next[name]!])),
  }
}

export function veiledConflict({ conflict }: Stale): Stale {
  return new Stale({ ...conflict, before: veilFields(conflict.before), theirs: veilFields(conflict.theirs) })
}
