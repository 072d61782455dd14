import { CustomerGrade, PurposeReached, VisitPurpose, VisitState, VisitTarget } from '../../../prisma/client/enums.ts'
import type { Actor } from '../../access/actor.ts'
import { translate, type Key, type Translate } from '../../i18n.ts'
import { monthAfter, monthOf } from '../../lib/months.ts'
import { asOptions, type Unit } from '../../organisation/tree.ts'
import { standings } from '../counting.ts'
import { fieldsOf, listAddress, valueOf, type ConditionName, type VisitListQuery } from './address.ts'
import { costs, reports } from './forms.ts'

const ofVisits = { target: VisitTarget, purpose: VisitPurpose, reached: PurposeReached } as const
const ofTheList = {
  standing: standings,
  report: reports,
  unplanned: ['yes', 'no'],
  confirmed: ['yes', 'no'],
  costs,
  gift: ['yes'],
} as const

/** Fields of the form, each of what kind. */
export const formFields = [
  ['month', 'select'],
  ['owner', 'select'],
  ['from', 'date'],
  ['to', 'date'],
  ['department', 'select'],
  ['region', 'select'],
  ['customer', 'text'],
  ['grade', 'select'],
  ['target', 'select'],
  ['purpose', 'select'],
  ['unplanned', 'select'],
  ['standing', 'select'],
  ['confirmed', 'select'],
  ['report', 'select'],
  ['reached', 'select'],
  ['costs', 'select'],
  ['gift', 'select'],
] as const satisfies readonly (readonly [ConditionName, string])[]
type FieldName = (typeof formFields)[number][0]

/** What an address may hold and the form does not ask for is kept as it is. */
const formed: ReadonlySet<string> = new Set(['q', 'state', ...formFields.map(([name]) => name)])

export type Choices = {
  departments: Unit[]
  regions: Unit[]
  owners: { number: string; name: string }[]
  now: Date
}

/** /visits/conditions: every condition of the list in one form, as they are now. */
export function conditionsPage(actor: Actor, query: VisitListQuery, choices: Choices) {
  const t = translate[actor.language]
  return {
    query,
    kept: Object.fromEntries(Object.entries(fieldsOf(query)).filter(([name]) => !formed.has(name))),
    back: listAddress(query),
    states: Object.values(VisitState).map((name) => ({
      name: `state-${name}`,
      word: t(`visits:state.${name}`),
      value: query.state.includes(name),
    })),
    fields: formFields.map(([name, kind]) => ({
      name,
      kind,
      label: t(`visitList:condition.${name}`),
      value: valueOf(query, name),
      options: optionsOf(name, valueOf(query, name), choices, t),
      hint: hintOf(name, t),
    })),
  }
}

function optionsOf(name: FieldName, value: string, { departments, regions, owners, now }: Choices, t: Translate) {
  if (name === 'department') return asOptions(departments)
  if (name === 'region') return asOptions(regions)
  if (name === 'owner') return ownerOptions(value, owners, t)
  if (name === 'month') return monthOptions(value, now)
  if (name === 'grade') return Object.values(CustomerGrade).map((one) => ({ value: one, word: one }))
  if (name in ofVisits)
    return Object.values(ofVisits[name as keyof typeof ofVisits]).map((one) => ({
      value: one,
      word: t(`visits:${name}.${one}` as Key),
    }))
  if (!(name in ofTheList)) return null
  return ofTheList[name as keyof typeof ofTheList].map((one: string) => ({
    value: one,
    word: t(`visitList:choice.${name}.${one}` as Key),
  }))
}

/** Somebody who visits nobody any more may still stand in an address; so may a month long past. */
function ownerOptions(value: string, owners: Choices['owners'], t: Translate) {
  const known = ['', 'mine', ...owners.map(({ number }) => number)]
  return [
    { value: 'mine', word: t('visitList:me') },
    ...owners.map(({ number, name }) => ({ value: number, word: `${name} ${number}` })),
    ...(known.includes(value) ? [] : [{ value, word: value }]),
  ]
}

function monthOptions(value: string, now: Date) {
  const months = Array.from({ length: 27 }, (_, back) => monthAfter(monthOf(now), 2 - back))
  const all = value === '' || months.includes(value) ? months : [value, ...months]
  return all.map((one) => ({ value: one, word: one }))
}

function hintOf(name: FieldName, t: Translate): string | null {
  const hinted = ['department', 'region', 'customer'] as const
  const found = hinted.find((one) => one === name)
  return found ? t(`visitList:conditions.hint.${found}`) : null
}
