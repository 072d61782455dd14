import {
  ComplaintCause,
  ComplaintChannel,
  ComplaintKind,
  ComplaintLevel,
  ComplaintOutcome,
  ComplaintState,
} from '../../../prisma/client/enums.ts'
import type { Actor } from '../../access/actor.ts'
import { translate, type Key, type Translate } from '../../i18n.ts'
import { asOptions, type Unit } from '../../organisation/tree.ts'
import { fieldsOf, listAddress, valueOf, type ComplaintListQuery, type ConditionName } from './address.ts'
import { breaches, satisfactions } from './forms.ts'

const ofComplaints = {
  kind: ComplaintKind,
  level: ComplaintLevel,
  channel: ComplaintChannel,
  cause: ComplaintCause,
  outcome: ComplaintOutcome,
} as const
const ofTheList = {
  founded: ['yes', 'no', 'none'],
  due: ['overdue', 'today'],
  breached: breaches,
  escalated: ['yes', 'no', 'unrecorded'],
  reopened: ['yes', 'no'],
  paused: ['now', 'ever', 'never'],
  satisfaction: satisfactions,
} as const

/** Fields of the form, each of what kind. */
export const formFields = [
  ['level', 'select'],
  ['kind', 'select'],
  ['department', 'select'],
  ['owner', 'select'],
  ['channel', 'select'],
  ['cause', 'select'],
  ['outcome', 'select'],
  ['founded', 'select'],
  ['due', 'select'],
  ['breached', 'select'],
  ['from', 'date'],
  ['to', 'date'],
  ['closedFrom', 'date'],
  ['closedTo', 'date'],
  ['escalated', 'select'],
  ['reopened', 'select'],
  ['paused', 'select'],
  ['satisfaction', 'select'],
  ['compensation', 'text'],
  ['customer', 'text'],
  ['group', 'text'],
] as const satisfies readonly (readonly [ConditionName, string])[]
type FieldName = (typeof formFields)[number][0]

/** What an address may hold and the form does not ask for is kept as it is. */
const formed: ReadonlySet<string> = new Set(['q', 'state', ...formFields.map(([name]) => name)])

type Choices = { departments: Unit[]; owners: { number: string; name: string }[] }

/** /complaints/conditions: every condition of the list in one form, as they are now. */
export function conditionsPage(actor: Actor, query: ComplaintListQuery, choices: Choices) {
  const t = translate[actor.language]
  const kept = Object.entries(fieldsOf(query)).filter(([name]) => !formed.has(name))
  return {
    query,
    kept: Object.fromEntries(kept),
    back: listAddress(query),
    states: Object.values(ComplaintState).map((name) => ({
      name: `state-${name}`,
      word: t(`complaints:state.${name}`),
      value: query.state === 'all' || (query.state === 'valid' && name !== 'void') || query.state.includes(name),
    })),
    fields: formFields.map(([name, kind]) => ({
      name,
      kind,
      label: t(`complaintList:condition.${name}`),
      value: valueOf(query, name),
      options: optionsOf(name, valueOf(query, name), choices, t),
      hint: hintOf(name, t),
    })),
  }
}

function optionsOf(name: FieldName, value: string, { departments, owners }: Choices, t: Translate) {
  if (name === 'department') return asOptions(departments)
  if (name === 'owner') return ownerOptions(value, owners, t)
  if (name in ofComplaints) {
    const values = Object.values(ofComplaints[name as keyof typeof ofComplaints])
    const options = values.map((value) => ({ value, word: t(`complaints:${name}.${value}` as Key) }))
    return name === 'cause' ? [...options, { value: 'none', word: t('complaintList:choice.cause.none') }] : options
  }
  if (!(name in ofTheList)) return null
  return ofTheList[name as keyof typeof ofTheList].map((value: string) => ({
    value,
    word: t(`complaintList:choice.${name}.${value}` as Key),
  }))
}

function ownerOptions(value: string, owners: Choices['owners'], t: Translate) {
  const known = ['', 'mine', 'none', ...owners.map(({ number }) => number)]
  return [
    { value: 'mine', word: t('complaintList:me') },
    { value: 'none', word: t('complaintList:nobody') },
    ...owners.map(({ number, name }) => ({ value: number, word: `${name} ${number}` })),
    // Somebody who handles none any more may still stand in an address.
    ...(known.includes(value) ? [] : [{ value, word: value }]),
  ]
}

function hintOf(name: FieldName, t: Translate): string | null {
  const hinted = ['department', 'customer', 'group', 'compensation'] as const
  const found = hinted.find((one) => one === name)
  return found ? t(`complaintList:conditions.hint.${found}`) : null
}
