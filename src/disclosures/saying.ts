import { markOf } from '../archive/marks.ts'
import type { Translate } from '../i18n.ts'
import { dayText } from '../lib/days.ts'
import type { Values } from './grounds.ts'
import type { SeenItem } from './queries.ts'
import { disclosable, isDisclosable, type Disclosable } from './rules.ts'

export const fieldWord = (t: Translate, name: Disclosable) => t(`customers:field.${name}`)

/** In the order of the package; a field of an older release by its bare name. */
export const fieldWords = (t: Translate, fields: readonly string[]): string[] =>
  fields.map((name) => (isDisclosable(name) ? fieldWord(t, name) : name))

export const itemText = (t: Translate, { number, title, secrecy }: SeenItem) =>
  [number, title, markOf(t, secrecy)].filter(Boolean).join(' · ')

export const periodText = (t: Translate, { fromOn, untilOn }: { fromOn: Date; untilOn: Date }) =>
  t('disclosures:period', { from: dayText(fromOn), until: dayText(untilOn) })

const worded = { kind: 'kind', relation: 'relation', cooperation: 'cooperation', source: 'source', purpose: 'purpose' }

/** Exactly the approved fields and what they hold, in the reader's words. */
export function valueLines(t: Translate, values: Values): { label: string; value: string }[] {
  return disclosable
    .filter((name) => name in values)
    .map((name) => {
      const value = values[name]
      const word = name in worded && value ? t(`customers:${name}.${String(value)}` as 'customers:kind.person') : null
      return { label: fieldWord(t, name), value: word ?? (value ? String(value) : t('disclosures:emptyField')) }
    })
}
