import type { Key, Translate } from '../../i18n.ts'
import { conditionNames, indexAddress, type ConditionName, type ItemQuery } from './address.ts'
import type { Names } from './conditions.ts'

/** What a condition says, in words: 类型 合同. */
export type Chip = { name: ConditionName; label: string; word: string; remove: string }

export function chipsOf(query: ItemQuery, names: Names, t: Translate): Chip[] {
  return conditionNames
    .filter((name) => query[name] !== '')
    .map((name) => ({
      name,
      label: t(`archiveList:condition.${name}`),
      word: wordOf(name, query[name], names, t),
      remove: indexAddress(query, { [name]: '' }),
    }))
}

export function conditionWords(query: ItemQuery, names: Names, t: Translate): string[] {
  return chipsOf(query, names, t).map(({ label, word }) => `${label} ${word}`)
}

function wordOf(name: ConditionName, value: string, names: Names, t: Translate): string {
  if (name === 'state') return t(`archiveList:standing.${value}` as Key)
  if (name === 'secrecy') return t(`archive:mark.${value}` as Key)
  if (name === 'type') return t(`archive:type.${value}` as Key)
  if (name === 'medium' || name === 'retention') return t(`archiveList:${name}.${value}` as Key)
  if (name === 'room') return names.rooms.find(({ id }) => String(id) === value)?.name ?? t('archiveList:gone')
  if (name !== 'keeper') return value
  if (value === 'mine') return t('archiveList:me')
  return names.keepers.find(({ number }) => number === value)?.name ?? value
}
