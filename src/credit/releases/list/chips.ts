import type { Key, Translate } from '../../../i18n.ts'
import { conditionNames, listAddress, valueOf, type ConditionName, type ReleaseListQuery } from './address.ts'
import type { Names } from './names.ts'

/** What a condition says, in words: 原因 超出可用额. */
type Chip = { name: ConditionName; label: string; word: string; remove: string }

export function chipsOf(query: ReleaseListQuery, names: Names, t: Translate): Chip[] {
  return conditionNames
    .filter((name) => valueOf(query, name) !== '')
    .map((name) => ({
      name,
      label: t(`releaseList:condition.${name}`),
      word: wordOf(name, valueOf(query, name), names, t),
      remove: listAddress(query, { [name]: '' }),
    }))
}

export function conditionWords(query: ReleaseListQuery, names: Names, t: Translate): string[] {
  const state = query.state ? [t(`credit:state.${query.state}`)] : []
  return [...state, ...chipsOf(query, names, t).map(({ label, word }) => `${label} ${word}`)]
}

function wordOf(name: ConditionName, value: string, names: Names, t: Translate): string {
  if (name === 'whose') return t(`releaseList:choice.whose.${value}` as Key)
  if (name === 'hold') return t(`credit:hold.${value}` as Key)
  if (name === 'waits') return t('releaseList:choice.waits', { n: value })
  if (name === 'owner') return personWord(value, names, t)
  if (name === 'department' || name === 'region') return unitWord(name, value, names, t)
  return value
}

const personWord = (value: string, { people }: Names, t: Translate): string =>
  value === 'mine' ? t('releaseList:me') : (people.find(({ number }) => number === value)?.name ?? value)

function unitWord(name: 'department' | 'region', value: string, names: Names, t: Translate): string {
  const found = (name === 'region' ? names.regions : names.departments).find(({ id }) => String(id) === value)
  return found ? t('releaseList:withBelow', { name: found.name }) : t('releaseList:gone')
}
