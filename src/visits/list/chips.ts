import type { Key, Translate } from '../../i18n.ts'
import { conditionNames, listAddress, valueOf, type ConditionName, type VisitListQuery } from './address.ts'
import type { Names } from './names.ts'

/** What a condition says, in words: 状态 已拜访. */
export type Chip = { name: ConditionName; label: string; word: string; remove: string }

export function chipsOf(query: VisitListQuery, names: Names, t: Translate): Chip[] {
  return conditionNames
    .filter((name) => valueOf(query, name) !== '')
    .map((name) => ({
      name,
      label: t(`visitList:condition.${name}`),
      word: wordOf(name, query, names, t),
      remove: listAddress(query, { [name]: '' }),
    }))
}

export function conditionWords(query: VisitListQuery, names: Names, t: Translate): string[] {
  const scope = query.scope ? [t(`visitList:tab.${query.scope}`)] : []
  return [...scope, ...chipsOf(query, names, t).map(({ label, word }) => `${label} ${word}`)]
}

const ofVisits: ReadonlySet<string> = new Set(['target', 'purpose', 'reached'])
const ofTheList: ReadonlySet<string> = new Set([
  'standing',
  'report',
  'unplanned',
  'confirmed',
  'costs',
  'gift',
  'reach',
])

function wordOf(name: ConditionName, query: VisitListQuery, names: Names, t: Translate): string {
  const value = valueOf(query, name)
  if (name === 'state')
    return value
      .split('.')
      .map((one) => t(`visits:state.${one}` as Key))
      .join(t('web:comma'))
  if (ofVisits.has(name)) return t(`visits:${name}.${value}` as Key)
  if (ofTheList.has(name)) return t(`visitList:choice.${name}.${value}` as Key)
  if (name === 'owner') return personWord(value, names, t)
  if (name === 'customer' && value === 'none') return t('visitList:choice.customer.none')
  return name === 'department' || name === 'unit' || name === 'region' ? unitWord(name, value, names, t) : value
}

const personWord = (value: string, { people }: Names, t: Translate): string =>
  value === 'mine' ? t('visitList:me') : (people.find(({ number }) => number === value)?.name ?? value)

function unitWord(name: 'department' | 'unit' | 'region', value: string, names: Names, t: Translate): string {
  if (value === 'none') return t('visitList:choice.unit.none')
  const units = name === 'region' ? names.regions : names.departments
  const found = units.find(({ id }) => String(id) === value)
  if (!found) return t('visitList:gone')
  return name === 'unit' ? found.name : t('visitList:withBelow', { name: found.name })
}
