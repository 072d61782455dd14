import type { Key, Translate } from '../../i18n.ts'
import { conditionNames, listAddress, type ConditionName, type ListQuery } from './address.ts'
import type { Names } from './conditions.ts'

/** What a condition says, in words: 来源 活动. */
export type Chip = { name: ConditionName; label: string; word: string; remove: string }

export function chipsOf(query: ListQuery, names: Names, t: Translate): Chip[] {
  return conditionNames
    .filter((name) => query[name] !== '')
    .map((name) => ({
      name,
      label: t(`lists:condition.${name}`),
      word: wordOf(name, query[name], names, t),
      remove: listAddress(query, { [name]: '' }),
    }))
}

export function conditionWords(query: ListQuery, names: Names, t: Translate): string[] {
  return chipsOf(query, names, t).map(({ label, word }) => `${label} ${word}`)
}

const chosen: ReadonlySet<ConditionName> = new Set(['kind', 'relation', 'life', 'standing', 'source'])

function wordOf(name: ConditionName, value: string, names: Names, t: Translate): string {
  if (name === 'verify') return t(`verifications:condition.${value as 'due'}`)
  if (chosen.has(name)) return t(`customers:${name}.${value}` as Key)
  if (name === 'owner') return ownerWord(value, names, t)
  if (name === 'department' || name === 'region') {
    const found = names[`${name}s`].find(({ id }) => String(id) === value)
    return found ? t('lists:withBelow', { name: found.name }) : t('lists:gone')
  }
  return value
}

function ownerWord(value: string, { people }: Names, t: Translate): string {
  if (value === 'mine') return t('lists:me')
  if (value === 'none') return t('lists:nobody')
  return people.find(({ number }) => number === value)?.name ?? value
}
