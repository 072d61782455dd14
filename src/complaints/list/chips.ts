import type { Key, Translate } from '../../i18n.ts'
import { conditionNames, listAddress, valueOf, type ComplaintListQuery, type ConditionName } from './address.ts'
import { personNames, type Names } from './names.ts'

/** What a condition says, in words: 级别 重大. */
export type Chip = { name: ConditionName; label: string; word: string; remove: string }

export function chipsOf(query: ComplaintListQuery, names: Names, t: Translate): Chip[] {
  return conditionNames
    .filter((name) => valueOf(query, name) !== '')
    .map((name) => ({
      name,
      label: t(`complaintList:condition.${name}`),
      word: wordOf(name, query, names, t),
      remove: listAddress(query, { [name]: '' }),
    }))
}

export function conditionWords(query: ComplaintListQuery, names: Names, t: Translate): string[] {
  const scope = query.scope ? [t(`complaintList:tab.${query.scope}`)] : []
  return [...scope, ...chipsOf(query, names, t).map(({ label, word }) => `${label} ${word}`)]
}

const ofComplaints: ReadonlySet<string> = new Set(['kind', 'level', 'channel', 'cause', 'outcome'])
const ofTheList: ReadonlySet<string> = new Set([
  'founded',
  'due',
  'breached',
  'escalated',
  'reopened',
  'paused',
  'satisfaction',
  'reach',
])
const none: ReadonlySet<string> = new Set(['cause', 'customer', 'unit', 'compensation'])

function wordOf(name: ConditionName, query: ComplaintListQuery, names: Names, t: Translate): string {
  const value = valueOf(query, name)
  if (name === 'state') return stateWord(query.state, t)
  if (value === 'none' && none.has(name)) return t(`complaintList:choice.${name}.none` as Key)
  if (ofComplaints.has(name)) return t(`complaints:${name}.${value}` as Key)
  if (ofTheList.has(name)) return t(`complaintList:choice.${name}.${value}` as Key)
  if (name === 'compensation') return amountWord(value, t)
  if ((personNames as readonly string[]).includes(name)) return personWord(value, names, t)
  if (name === 'group') return names.groups.find(({ id }) => String(id) === value)?.matter ?? t('complaintList:gone')
  return name === 'department' || name === 'unit' ? departmentWord(name, value, names, t) : value
}

function stateWord(state: ComplaintListQuery['state'], t: Translate): string {
  if (state === '') return t('complaintList:states.open')
  if (state === 'valid' || state === 'all') return t(`complaintList:states.${state}`)
  return state.map((one) => t(`complaints:state.${one}`)).join(t('web:comma'))
}

const amountWord = (value: string, t: Translate) =>
  value === 'some'
    ? t('complaintList:choice.compensation.some')
    : t('complaintList:choice.compensation.least', { amount: value })

function personWord(value: string, { people }: Names, t: Translate): string {
  if (value === 'mine') return t('complaintList:me')
  if (value === 'none') return t('complaintList:nobody')
  return people.find(({ number }) => number === value)?.name ?? value
}

function departmentWord(name: 'department' | 'unit', value: string, { departments }: Names, t: Translate): string {
  const found = departments.find(({ id }) => String(id) === value)
  if (!found) return t('complaintList:gone')
  return name === 'unit' ? found.name : t('complaintList:withBelow', { name: found.name })
}
