import type { Actor } from '../../../access/actor.ts'
import { translate, type Translate } from '../../../i18n.ts'
import { asOptions, type Unit } from '../../../organisation/tree.ts'
import { fieldsOf, listAddress, valueOf, type ConditionName, type ReleaseListQuery } from './address.ts'
import { holds, waits, whoses } from './forms.ts'

/** Fields of the form, each of what kind. */
const formFields = [
  ['whose', 'select'],
  ['owner', 'select'],
  ['hold', 'select'],
  ['waits', 'select'],
  ['from', 'date'],
  ['to', 'date'],
  ['department', 'select'],
  ['region', 'select'],
  ['customer', 'text'],
] as const satisfies readonly (readonly [ConditionName, string])[]
type FieldName = (typeof formFields)[number][0]

/** What an address may hold and the form does not ask for is kept as it is. */
const formed: ReadonlySet<string> = new Set(['q', ...formFields.map(([name]) => name)])

type Choices = { departments: Unit[]; regions: Unit[]; owners: { number: string; name: string }[] }

/** /releases/conditions: every condition of the list in one form, as they are now. */
export function conditionsPage(actor: Actor, query: ReleaseListQuery, choices: Choices) {
  const t = translate[actor.language]
  return {
    query,
    kept: Object.fromEntries(Object.entries(fieldsOf(query)).filter(([name]) => !formed.has(name))),
    back: listAddress(query),
    fields: formFields.map(([name, kind]) => ({
      name,
      kind,
      label: t(`releaseList:condition.${name}`),
      value: valueOf(query, name),
      options: optionsOf(name, valueOf(query, name), choices, t),
      hint: name === 'customer' ? t('releaseList:conditions.customerHint') : null,
    })),
  }
}

function optionsOf(name: FieldName, value: string, { departments, regions, owners }: Choices, t: Translate) {
  if (name === 'department') return asOptions(departments)
  if (name === 'region') return asOptions(regions)
  if (name === 'owner') return ownerOptions(value, owners, t)
  if (name === 'whose') return whoses.map((one) => ({ value: one, word: t(`releaseList:choice.whose.${one}`) }))
  if (name === 'hold') return holds.map((one) => ({ value: one, word: t(`credit:hold.${one}`) }))
  return name === 'waits' ? waits.map((n) => ({ value: n, word: t('releaseList:choice.waits', { n }) })) : null
}

/** Somebody who has no customers any more may still stand in an address. */
function ownerOptions(value: string, owners: Choices['owners'], t: Translate) {
  const known = ['', 'mine', ...owners.map(({ number }) => number)]
  return [
    { value: 'mine', word: t('releaseList:me') },
    ...owners.map(({ number, name }) => ({ value: number, word: `${name} ${number}` })),
    ...(known.includes(value) ? [] : [{ value, word: value }]),
  ]
}
